package io.kraft.engine.testing;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

import io.kraft.client.WorkflowStatus;
import io.kraft.engine.journal.Payload;
import io.kraft.engine.store.AnsweredRequest;
import io.kraft.engine.store.Change;
import io.kraft.engine.store.Channels;
import io.kraft.engine.store.InboxSize;
import io.kraft.engine.store.Message;
import io.kraft.engine.store.MessageVisitor;
import io.kraft.engine.store.QueueAttempt;
import io.kraft.engine.store.RunFilter;
import io.kraft.engine.store.RunRow;
import io.kraft.engine.store.RunSlice;
import io.kraft.engine.store.ScheduleRow;
import io.kraft.engine.store.StatusCounts;
import io.kraft.engine.store.Store;
import io.kraft.engine.store.Timer;
import io.kraft.engine.store.check.CheckReport;
import org.jspecify.annotations.Nullable;

/**
 * A store that hands everything on; a subclass says what it does besides.
 */
public abstract class ForwardingStore implements Store {

	private final Store store;

	protected ForwardingStore(Store store) {
		this.store = store;
	}

	@Override
	public void commit(long epoch, List<Change> changes) {
		this.store.commit(epoch, changes);
	}

	@Override
	public long epoch() {
		return this.store.epoch();
	}

	@Override
	public void claim(long epoch) {
		this.store.claim(epoch);
	}

	@Override
	public long highestRun() {
		return this.store.highestRun();
	}

	@Override
	public Instant lastRemovedCreation() {
		return this.store.lastRemovedCreation();
	}

	@Override
	public Optional<RunRow> run(String id) {
		return this.store.run(id);
	}

	@Override
	public Optional<RunRow> run(long number) {
		return this.store.run(number);
	}

	@Override
	public void journal(long run, int from, Consumer<byte[]> reader) {
		this.store.journal(run, from, reader);
	}

	@Override
	public int journalLength(long run) {
		return this.store.journalLength(run);
	}

	@Override
	public byte @Nullable [] entry(long run, int sequence) {
		return this.store.entry(run, sequence);
	}

	@Override
	public byte @Nullable [] lastEntry(long run) {
		return this.store.lastEntry(run);
	}

	@Override
	public RunSlice runs(RunFilter filter, long before, int limit) {
		return this.store.runs(filter, before, limit);
	}

	@Override
	public List<RunRow> pending(String workflow, @Nullable RunRow after, int limit) {
		return this.store.pending(workflow, after, limit);
	}

	@Override
	public List<String> workflowsWithPending() {
		return this.store.workflowsWithPending();
	}

	@Override
	public Map<String, StatusCounts> counts() {
		return this.store.counts();
	}

	@Override
	public List<RunRow> oldest(WorkflowStatus status, long after, int limit) {
		return this.store.oldest(status, after, limit);
	}

	@Override
	public List<Timer> timers(@Nullable Timer after, int limit) {
		return this.store.timers(after, limit);
	}

	@Override
	public List<RunRow> expired(@Nullable RunRow after, Instant now, int limit) {
		return this.store.expired(after, now, limit);
	}

	@Override
	public List<Message> messages(long run, long after) {
		return this.store.messages(run, after);
	}

	@Override
	public void readMessages(long run, long after, MessageVisitor visitor) {
		this.store.readMessages(run, after, visitor);
	}

	@Override
	public @Nullable Message message(long run, long sequence) {
		return this.store.message(run, sequence);
	}

	@Override
	public InboxSize inboxSize(long run) {
		return this.store.inboxSize(run);
	}

	@Override
	public List<Message> messagesSetAside(long run) {
		return this.store.messagesSetAside(run);
	}

	@Override
	public int knownMessages(long run, String prefix, int most) {
		return this.store.knownMessages(run, prefix, most);
	}

	@Override
	public Map<String, Integer> publishedSizes(long run) {
		return this.store.publishedSizes(run);
	}

	@Override
	public boolean knowsMessage(long run, String id) {
		return this.store.knowsMessage(run, id);
	}

	@Override
	public List<Long> runsWithMessages(long after, int limit) {
		return this.store.runsWithMessages(after, limit);
	}

	@Override
	public @Nullable Payload published(long run, String key) {
		return this.store.published(run, key);
	}

	@Override
	public @Nullable Payload progress(long run, String step) {
		return this.store.progress(run, step);
	}

	@Override
	public Optional<ScheduleRow> schedule(String name) {
		return this.store.schedule(name);
	}

	@Override
	public List<String> pausedQueues() {
		return this.store.pausedQueues();
	}

	@Override
	public List<QueueAttempt> queueAttempts(String queue) {
		return this.store.queueAttempts(queue);
	}

	@Override
	public Channels channels() {
		return this.store.channels();
	}

	@Override
	public Optional<AnsweredRequest> answeredRequest(String id) {
		return this.store.answeredRequest(id);
	}

	@Override
	public List<AnsweredRequest> answeredRequests(@Nullable AnsweredRequest after, Instant before, int limit) {
		return this.store.answeredRequests(after, before, limit);
	}

	@Override
	public CheckReport check(int keep) {
		return this.store.check(keep);
	}

	@Override
	public long backup(Path target, Duration timeout) {
		return this.store.backup(target, timeout);
	}

	@Override
	public void close() {
		this.store.close();
	}

}
