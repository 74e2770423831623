package io.kraft.engine.store.kv;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.kraft.engine.journal.JournalCodec;
import io.kraft.engine.journal.Outcome;
import io.kraft.engine.journal.Payload;
import io.kraft.engine.store.Change;
import io.kraft.engine.store.Change.AttemptCounted;
import io.kraft.engine.store.Change.AttemptForgotten;
import io.kraft.engine.store.Change.ChannelTaken;
import io.kraft.engine.store.Change.EntryAppended;
import io.kraft.engine.store.Change.JournalCleared;
import io.kraft.engine.store.Change.MessageAdded;
import io.kraft.engine.store.Change.MessageForgotten;
import io.kraft.engine.store.Change.MessageReturned;
import io.kraft.engine.store.Change.MessageSetAside;
import io.kraft.engine.store.Change.MessageTaken;
import io.kraft.engine.store.Change.OutboxAdded;
import io.kraft.engine.store.Change.OutboxRemoved;
import io.kraft.engine.store.Change.ProgressForgotten;
import io.kraft.engine.store.Change.ProgressReported;
import io.kraft.engine.store.Change.QueuePaused;
import io.kraft.engine.store.Change.RequestAnswered;
import io.kraft.engine.store.Change.RequestForgotten;
import io.kraft.engine.store.Change.RunChanged;
import io.kraft.engine.store.Change.RunRemoved;
import io.kraft.engine.store.Change.ScheduleChanged;
import io.kraft.engine.store.Change.TimerRemoved;
import io.kraft.engine.store.Change.TimerSet;
import io.kraft.engine.store.Change.ValuePublished;
import io.kraft.engine.store.Message;
import io.kraft.engine.store.OutboxRowCodec;
import io.kraft.engine.store.StaleChangeException;

/**
 * Turns the changes of one commit into writes of keys.
 */
final class ChangeWriter {

	private static final long NO_RUN = -1;

	private final KeyReader store;

	private final TrackedBatch batch;

	private final RunIndex index;

	private final RunCounts counts;

	private final ChannelMarks channels;

	private final RequestWriter requests;

	private final MessageRemoval messages = new MessageRemoval();

	/** Of the runs that this commit has changed so far. */
	private final Map<Long, Long> revisions = new HashMap<>();

	private long highestRun;

	private boolean removes;

	private long lastRemovedCreation;

	private boolean usesChannels;

	ChangeWriter(KeyReader store, KeyBatch batch, RunCounts counts, ChannelMarks channels, long highestRun) {
		this.store = store;
		this.batch = new TrackedBatch(batch);
		this.index = new RunIndex(this.batch);
		this.counts = counts;
		this.channels = channels;
		this.requests = new RequestWriter(store, this.batch);
		this.highestRun = highestRun;
	}

	/**
	 * Adds all changes to the batch.
	 */
	void write(List<Change> changes) {
		JournalRemoval journals = new JournalRemoval(this.store, this.batch, changes);
		for (Change change : changes) {
			write(change, journals);
		}
		this.counts.write(this.batch);
		this.channels.write(this.batch);
		journals.write();
		this.messages.write(this.store, this.batch);
	}

	/**
	 * The highest run number when the changes are applied.
	 */
	long highestRun() {
		return this.highestRun;
	}

	/**
	 * The keys that the changes put, in keyspaces that are walked in order.
	 */
	List<EmptyRanges.Put> puts() {
		return this.batch.puts();
	}

	/**
	 * Whether a run is removed, so that the highest run may no longer exist to give its
	 * number.
	 */
	boolean removes() {
		return this.removes;
	}

	/**
	 * The latest creation of a run that is removed, in milliseconds; 0 if none is.
	 */
	long lastRemovedCreation() {
		return this.lastRemovedCreation;
	}

	/**
	 * Whether there are keys that only other partitions, or other processes, need.
	 */
	boolean usesChannels() {
		return this.usesChannels;
	}

	private void write(Change change, JournalRemoval journals) {
		switch (change) {
			case EntryAppended c -> this.batch.put(Keyspace.JOURNAL, RunKeys.entry(c.run(), c.sequence()), c.entry());
			case JournalCleared c -> {
				journals.clear(c.run(), c.entries());
				removeProgress(MessageKeys.progress(c.run()));
			}
			case RunChanged c -> {
				checkRevision(c);
				this.batch.put(Keyspace.RUNS, Keys.number(c.after().number()), RunRowCodec.encode(c.after()));
				this.index.follow(c.before(), c.after());
				this.counts.follow(c.before(), c.after());
				this.highestRun = Math.max(this.highestRun, c.after().number());
			}
			case RunRemoved c -> {
				checkRevision(c.row().number(), c.row().revision());
				this.revisions.put(c.row().number(), NO_RUN);
				this.batch.delete(Keyspace.RUNS, Keys.number(c.row().number()));
				this.index.follow(c.row(), null);
				this.counts.follow(c.row(), null);
				journals.remove(c.row().number(), c.entries());
				this.messages.add(c.row().number());
				this.removes = true;
				this.lastRemovedCreation = Math.max(this.lastRemovedCreation, c.row().createdAt().toEpochMilli());
			}
			case MessageAdded c -> {
				Message message = c.message();
				MessageCodec.Encoded encoded = MessageCodec.encode(message);
				this.batch.put(Keyspace.MESSAGES, MessageKeys.message(message.run(), message.sequence()),
						encoded.head());
				if (encoded.payload() != null) {
					this.batch.put(Keyspace.MESSAGES, MessageKeys.payload(message.run(), message.sequence()),
							encoded.payload());
				}
				if (c.id() != null) {
					this.batch.put(Keyspace.MESSAGES, MessageKeys.known(message.run(), c.id()), Keys.EMPTY);
				}
			}
			case MessageTaken c -> {
				this.batch.delete(Keyspace.MESSAGES, MessageKeys.message(c.run(), c.sequence()));
				this.batch.delete(Keyspace.MESSAGES, MessageKeys.payload(c.run(), c.sequence()));
			}
			case MessageSetAside c -> {
				Message message = c.message();
				move(MessageKeys.message(message.run(), message.sequence()),
						MessageKeys.setAside(message.run(), message.sequence()));
			}
			case MessageReturned c -> {
				Message message = c.message();
				move(MessageKeys.setAside(message.run(), message.sequence()),
						MessageKeys.message(message.run(), message.sequence()));
			}
			case MessageForgotten c -> this.batch.delete(Keyspace.MESSAGES, MessageKeys.known(c.run(), c.id()));
			case ValuePublished c ->
				this.batch.put(Keyspace.MESSAGES, MessageKeys.published(c.run(), c.key()), encoded(c.value()));
			case ProgressReported c ->
				this.batch.put(Keyspace.MESSAGES, MessageKeys.progress(c.run(), c.step()), encoded(c.progress()));
			case ProgressForgotten c -> this.batch.delete(Keyspace.MESSAGES, MessageKeys.progress(c.run(), c.step()));
			case ScheduleChanged c ->
				this.batch.put(Keyspace.META, ScheduleRowCodec.key(c.row().name()), ScheduleRowCodec.encode(c.row()));
			case QueuePaused c -> pause(c.queue(), c.paused());
			case AttemptCounted c -> this.batch.put(Keyspace.META, QueueKeys.attempt(c.attempt()), Keys.EMPTY);
			case AttemptForgotten c -> this.batch.delete(Keyspace.META, QueueKeys.attempt(c.attempt()));
			case OutboxAdded c -> {
				this.usesChannels = true;
				this.batch.put(Keyspace.META, ChannelKeys.row(c.target(), this.channels.give(c.target())),
						OutboxRowCodec.encode(c.row()));
			}
			case OutboxRemoved c -> this.channels.remove(c.target(), c.upTo(), this.batch);
			case ChannelTaken c -> {
				this.usesChannels = true;
				this.channels.take(c.source(), c.sequence());
			}
			case RequestAnswered c -> {
				this.usesChannels = true;
				this.requests.answered(c.request());
			}
			case RequestForgotten c -> this.requests.forgotten(c.request());
			case TimerSet c -> this.batch.put(Keyspace.TIMERS, RunKeys.timer(c.timer()), Keys.EMPTY);
			case TimerRemoved c -> this.batch.delete(Keyspace.TIMERS, RunKeys.timer(c.timer()));
		}
	}

	/** The commits of a batch are applied one after another, those of one run, too. */
	private void checkRevision(RunChanged change) {
		if (change.before() != null) {
			checkRevision(change.after().number(), change.before().revision());
		}
		this.revisions.put(change.after().number(), change.after().revision());
	}

	private void checkRevision(long run, long expected) {
		Long written = this.revisions.get(run);
		long found = (written != null) ? written : storedRevision(run);
		if (found != expected) {
			throw new StaleChangeException(run, expected, found);
		}
	}

	private long storedRevision(long run) {
		byte[] row = this.store.get(Keyspace.RUNS, Keys.number(run));
		return (row != null) ? RunRowCodec.revision(run, row) : NO_RUN;
	}

	private void pause(String queue, boolean paused) {
		if (paused) {
			this.batch.put(Keyspace.META, QueueKeys.paused(queue), queue.getBytes(StandardCharsets.UTF_8));
		}
		else {
			this.batch.delete(Keyspace.META, QueueKeys.paused(queue));
		}
	}

	/** The head of a message; what it carries stays. */
	private void move(byte[] from, byte[] to) {
		byte[] head = this.store.get(Keyspace.MESSAGES, from);
		if (head != null) {
			this.batch.delete(Keyspace.MESSAGES, from);
			this.batch.put(Keyspace.MESSAGES, to, head);
		}
	}

	private void removeProgress(byte[][] bounds) {
		try (KeyCursor keys = this.store.scan(Keyspace.MESSAGES, bounds[0], bounds[1])) {
			for (boolean found = keys.first(); found; found = keys.next()) {
				this.batch.delete(Keyspace.MESSAGES, keys.key());
			}
		}
	}

	private static byte[] encoded(Payload value) {
		return JournalCodec.encodeOutcome(new Outcome.Success(value));
	}

}
