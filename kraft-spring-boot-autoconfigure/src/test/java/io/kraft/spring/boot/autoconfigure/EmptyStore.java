package io.kraft.spring.boot.autoconfigure;

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
 * A store that forgets everything but that it was opened and closed.
 */
final class EmptyStore implements Store {

	private final List<String> events;

	private long epoch;

	EmptyStore(List<String> events) {
		this.events = events;
		events.add("store opened");
	}

	@Override
	public long epoch() {
		return this.epoch;
	}

	@Override
	public void claim(long epoch) {
		this.epoch = epoch;
	}

	@Override
	public void commit(long epoch, List<Change> changes) {
	}

	@Override
	public long highestRun() {
		return 0;
	}

	@Override
	public Instant lastRemovedCreation() {
		return Instant.MIN;
	}

	@Override
	public Optional<RunRow> run(String id) {
		return Optional.empty();
	}

	@Override
	public Optional<RunRow> run(long number) {
		return Optional.empty();
	}

	@Override
	public void journal(long run, int from, Consumer<byte[]> reader) {
	}

	@Override
	public int journalLength(long run) {
		return 0;
	}

	@Override
	public byte @Nullable [] entry(long run, int sequence) {
		return null;
	}

	@Override
	public byte[] lastEntry(long run) {
		return null;
	}

	@Override
	public RunSlice runs(RunFilter filter, long before, int limit) {
		return new RunSlice(List.of(), 0);
	}

	@Override
	public List<RunRow> pending(String workflow, RunRow after, int limit) {
		return List.of();
	}

	@Override
	public List<String> workflowsWithPending() {
		return List.of();
	}

	@Override
	public Map<String, StatusCounts> counts() {
		return Map.of();
	}

	@Override
	public List<RunRow> oldest(WorkflowStatus status, long after, int limit) {
		return List.of();
	}

	@Override
	public List<Timer> timers(Timer after, int limit) {
		return List.of();
	}

	@Override
	public List<RunRow> expired(@Nullable RunRow after, Instant now, int limit) {
		return List.of();
	}

	@Override
	public List<Message> messages(long run, long after) {
		return List.of();
	}

	@Override
	public List<Message> messagesSetAside(long run) {
		return List.of();
	}

	@Override
	public void readMessages(long run, long after, MessageVisitor visitor) {
	}

	@Override
	public @Nullable Message message(long run, long sequence) {
		return null;
	}

	@Override
	public InboxSize inboxSize(long run) {
		return new InboxSize(0, 0);
	}

	@Override
	public int knownMessages(long run, String prefix, int most) {
		return 0;
	}

	@Override
	public Map<String, Integer> publishedSizes(long run) {
		return Map.of();
	}

	@Override
	public boolean knowsMessage(long run, String id) {
		return false;
	}

	@Override
	public List<Long> runsWithMessages(long after, int limit) {
		return List.of();
	}

	@Override
	public @Nullable Payload published(long run, String key) {
		return null;
	}

	@Override
	public @Nullable Payload progress(long run, String step) {
		return null;
	}

	@Override
	public Optional<ScheduleRow> schedule(String name) {
		return Optional.empty();
	}

	@Override
	public List<String> pausedQueues() {
		return List.of();
	}

	@Override
	public List<QueueAttempt> queueAttempts(String queue) {
		return List.of();
	}

	@Override
	public Channels channels() {
		throw new UnsupportedOperationException("there are no other partitions");
	}

	@Override
	public Optional<AnsweredRequest> answeredRequest(String id) {
		return Optional.empty();
	}

	@Override
	public List<AnsweredRequest> answeredRequests(@Nullable AnsweredRequest after, Instant before, int limit) {
		return List.of();
	}

	@Override
	public CheckReport check(int keep) {
		return CheckReport.EMPTY;
	}

	@Override
	public long backup(Path target, Duration timeout) {
		return 0;
	}

	@Override
	public void close() {
		this.events.add("store closed");
	}

}
