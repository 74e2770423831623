package io.kraft.engine.store.encrypted;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.kraft.client.WorkflowStatus;
import io.kraft.engine.journal.BoundPayloadTransform;
import io.kraft.engine.journal.JournalCodec;
import io.kraft.engine.journal.Outcome;
import io.kraft.engine.journal.Payload;
import io.kraft.engine.journal.PayloadLocation;
import io.kraft.engine.journal.PayloadTransform;
import io.kraft.engine.journal.UnreadableEntryException;
import io.kraft.engine.store.AnsweredRequest;
import io.kraft.engine.store.Change;
import io.kraft.engine.store.Channels;
import io.kraft.engine.store.InboxSize;
import io.kraft.engine.store.Message;
import io.kraft.engine.store.MessageVisitor;
import io.kraft.engine.store.OutboxRow;
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
 * A store in which every payload is encrypted for its location: that of the entry, the
 * message, the published value or the progress that holds it. Every payload that is
 * written passes here, whatever entry it is in, and so does every one that is read.
 * <p>
 * What is read stays encrypted until it is needed, so that a payload whose key is missing
 * stops no other one. What is not where it belongs is an {@link UnreadableEntryException}
 * of the read, as a corrupt entry is.
 */
public final class EncryptedStore implements Store {

	private final Store store;

	private final LocatedPayloads payloads;

	private EncryptedStore(Store store, List<? extends BoundPayloadTransform> transforms, int partition) {
		this.store = store;
		this.payloads = new LocatedPayloads(transforms, partition);
	}

	/**
	 * A store of the only partition, as {@link #around(Supplier, List, int)}.
	 */
	public static Supplier<Store> around(Supplier<Store> store, List<? extends PayloadTransform> transforms) {
		return around(store, transforms, 0);
	}

	/**
	 * A store of that kind, if there is a transform for it; else the store itself.
	 * @param transforms of payloads, of which those that are bound to a location matter
	 * here
	 * @param partition its number, which is a part of each location: partitions number
	 * their runs alike
	 */
	public static Supplier<Store> around(Supplier<Store> store, List<? extends PayloadTransform> transforms,
			int partition) {
		List<BoundPayloadTransform> bound = transforms.stream()
			.filter(BoundPayloadTransform.class::isInstance)
			.map(BoundPayloadTransform.class::cast)
			.toList();
		return bound.isEmpty() ? store : () -> new EncryptedStore(store.get(), bound, partition);
	}

	@Override
	public void commit(long epoch, List<Change> changes) {
		this.store.commit(epoch, changes.stream().map(this::encrypted).toList());
	}

	private Change encrypted(Change change) {
		return switch (change) {
			case Change.EntryAppended appended -> new Change.EntryAppended(appended.run(), appended.sequence(),
					encrypted(appended.run(), appended.sequence(), appended.entry()));
			case Change.MessageAdded added -> new Change.MessageAdded(encrypted(added.message()), added.id());
			case Change.MessageSetAside aside -> new Change.MessageSetAside(encrypted(aside.message()));
			case Change.MessageReturned returned -> new Change.MessageReturned(encrypted(returned.message()));
			case Change.ValuePublished(long run, String key, Payload value) ->
				new Change.ValuePublished(run, key, this.payloads.to(PayloadLocation.ofPublished(run, key), value));
			case Change.ProgressReported(long run, String step, Payload progress) -> new Change.ProgressReported(run,
					step, this.payloads.to(PayloadLocation.ofProgress(run, step), progress));
			case Change.OutboxAdded(int target, OutboxRow row) ->
				new Change.OutboxAdded(target, row.withPayload((payload) -> this.payloads
					.to(PayloadLocation.ofOutbox(target, row.requestId(), row.to()), payload)));
			case Change.OutboxRemoved other -> other;
			case Change.ChannelTaken other -> other;
			case Change.RequestAnswered other -> other;
			case Change.RequestForgotten other -> other;
			case Change.JournalCleared other -> other;
			case Change.RunChanged other -> other;
			case Change.RunRemoved other -> other;
			case Change.MessageTaken other -> other;
			case Change.MessageForgotten other -> other;
			case Change.ProgressForgotten other -> other;
			case Change.ScheduleChanged other -> other;
			case Change.QueuePaused other -> other;
			case Change.AttemptCounted other -> other;
			case Change.AttemptForgotten other -> other;
			case Change.TimerSet other -> other;
			case Change.TimerRemoved other -> other;
		};
	}

	private byte[] encrypted(long run, int sequence, byte[] entry) {
		int[] index = { 0 };
		return JournalCodec.encode(JournalCodec.decode(entry),
				(payload) -> this.payloads.to(PayloadLocation.ofEntry(run, sequence, index[0]++), payload));
	}

	private Message encrypted(Message message) {
		return (message.outcome() instanceof Outcome.Success(Payload payload))
				? with(message, this.payloads.to(PayloadLocation.ofMessage(message.run(), message.sequence()), payload))
				: message;
	}

	private static Message with(Message message, Payload payload) {
		return new Message(message.run(), message.sequence(), message.kind(), message.name(),
				new Outcome.Success(payload), message.at());
	}

	@Override
	public void journal(long run, int from, Consumer<byte[]> reader) {
		int[] sequence = { from };
		this.store.journal(run, from, (entry) -> reader.accept(verified(run, sequence[0]++, entry)));
	}

	@Override
	public byte @Nullable [] entry(long run, int sequence) {
		byte[] entry = this.store.entry(run, sequence);
		return (entry != null) ? verified(run, sequence, entry) : null;
	}

	/** By its sequence, because that of the last one may change between two calls. */
	@Override
	public byte @Nullable [] lastEntry(long run) {
		int length = journalLength(run);
		while (length > 0) {
			byte[] entry = entry(run, length - 1);
			if (entry != null) {
				return entry;
			}
			length = journalLength(run);
		}
		return null;
	}

	private byte[] verified(long run, int sequence, byte[] entry) {
		int[] index = { 0 };
		JournalCodec.decode(entry,
				(payload) -> this.payloads.from(PayloadLocation.ofEntry(run, sequence, index[0]++), payload));
		return entry;
	}

	@Override
	public List<Message> messages(long run, long after) {
		return this.store.messages(run, after).stream().map(this::verified).toList();
	}

	@Override
	public void readMessages(long run, long after, MessageVisitor visitor) {
		this.store.readMessages(run, after,
				(message, isWhole, bytes) -> visitor.visit(isWhole ? verified(message) : message, isWhole, bytes));
	}

	@Override
	public @Nullable Message message(long run, long sequence) {
		Message message = this.store.message(run, sequence);
		return (message != null) ? verified(message) : null;
	}

	@Override
	public List<Message> messagesSetAside(long run) {
		// Heads, where they carry much; they are verified when they are back and read.
		return this.store.messagesSetAside(run);
	}

	private Message verified(Message message) {
		if (message.outcome() instanceof Outcome.Success(Payload payload)) {
			this.payloads.from(PayloadLocation.ofMessage(message.run(), message.sequence()), payload);
		}
		return message;
	}

	@Override
	public @Nullable Payload published(long run, String key) {
		Payload value = this.store.published(run, key);
		return (value != null) ? this.payloads.from(PayloadLocation.ofPublished(run, key), value) : null;
	}

	@Override
	public @Nullable Payload progress(long run, String step) {
		Payload progress = this.store.progress(run, step);
		return (progress != null) ? this.payloads.from(PayloadLocation.ofProgress(run, step), progress) : null;
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
	public int journalLength(long run) {
		return this.store.journalLength(run);
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
	public InboxSize inboxSize(long run) {
		return this.store.inboxSize(run);
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
		return new EncryptedChannels(this.store.channels(), this.payloads);
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
