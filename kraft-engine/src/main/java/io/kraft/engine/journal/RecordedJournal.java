package io.kraft.engine.journal;

import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

import io.kraft.engine.journal.JournalEntry.ChildrenReopened;
import io.kraft.engine.journal.JournalEntry.DeadlineSet;
import io.kraft.engine.journal.JournalEntry.FailureTraced;
import io.kraft.engine.journal.JournalEntry.OperationEntry;
import io.kraft.engine.journal.JournalEntry.RunContinued;
import io.kraft.engine.journal.JournalEntry.RunEnded;
import io.kraft.engine.journal.JournalEntry.RunRetried;
import io.kraft.engine.journal.JournalEntry.RunStarted;
import io.kraft.engine.journal.JournalEntry.TraceKept;
import io.kraft.engine.memory.ByteBudget;
import io.kraft.engine.memory.JournalShare;
import org.jspecify.annotations.Nullable;

/**
 * A journal as it was read: its start, its operations in the order of their first
 * entries, its end. Not thread-safe.
 */
public final class RecordedJournal {

	private final Map<Position, RecordedOperation> operations = new LinkedHashMap<>();

	private @Nullable RunStarted started;

	private @Nullable RunEnded ended;

	private @Nullable RunContinued continued;

	private @Nullable FailureTraced failure;

	private @Nullable DeadlineSet deadline;

	private @Nullable TraceKept trace;

	private int length;

	private @Nullable Instant lastAt;

	/**
	 * Reads the whole journal of a run, unless it is too large for that.
	 * @param id of the run, for messages
	 * @param limit most bytes that it may take in memory
	 * @param source passes all entries to the given consumer
	 * @throws JournalTooLargeException if it takes more
	 * @throws UnreadableEntryException if an entry cannot be read
	 */
	public static RecordedJournal read(String id, long limit, Consumer<Consumer<byte[]>> source) {
		JournalShare share = new JournalShare(new ByteBudget(limit));
		RecordedJournal journal = new RecordedJournal();
		source.accept((encoded) -> {
			if (share.take(encoded.length)) {
				journal.add(encoded);
			}
		});
		if (!share.fits()) {
			throw new JournalTooLargeException(id, share.size(), limit);
		}
		return journal;
	}

	/**
	 * Adds the next entry, as its codec wrote it.
	 */
	public void add(byte[] encoded) {
		int sequence = this.length++;
		JournalEntry decoded = JournalCodec.decode(encoded);
		this.lastAt = decoded.at();
		switch (decoded) {
			case RunStarted start -> this.started = start;
			case RunEnded end -> this.ended = end;
			case RunContinued continued -> this.continued = continued;
			case RunRetried retried -> {
				this.ended = null;
				this.failure = null;
				this.deadline = null;
				retried.forgotten().forEach(this.operations::remove);
			}
			case FailureTraced traced -> this.failure = traced;
			case ChildrenReopened reopened -> reopened.children().forEach(this::reopen);
			case DeadlineSet set -> this.deadline = set;
			case TraceKept kept -> this.trace = kept;
			case OperationEntry entry ->
				this.operations.computeIfAbsent(entry.position(), (position) -> new RecordedOperation(entry))
					.add(entry, sequence, JournalShare.cost(encoded.length));
		}
	}

	private void reopen(Position position) {
		RecordedOperation child = this.operations.get(position);
		if (child != null) {
			child.reopen();
		}
	}

	/**
	 * Where the failure has come from that has ended the run; null if the run has not
	 * failed, or by a version that did not note that.
	 */
	public @Nullable FailureTraced failure() {
		return this.failure;
	}

	/**
	 * How many entries it has.
	 */
	public int length() {
		return this.length;
	}

	/**
	 * The time of its last entry; null only in an empty journal.
	 */
	public @Nullable Instant lastAt() {
		return this.lastAt;
	}

	/**
	 * The start of the run; null only in a journal that is damaged or empty.
	 */
	public @Nullable RunStarted started() {
		return this.started;
	}

	/**
	 * The end of the run; null before.
	 */
	public @Nullable RunEnded ended() {
		return this.ended;
	}

	/**
	 * What it begins with; the deadline of a run that was retried no longer applies.
	 * @param id of the run, for messages
	 * @throws UnreadableEntryException if it does not begin with a start
	 */
	public Origin origin(String id) {
		if (this.started == null) {
			throw Origin.corrupt(id);
		}
		return new Origin(this.started, this.continued, this.deadline, this.trace);
	}

	/**
	 * When the run is to have ended; null if it may take any time.
	 */
	public @Nullable Instant dueAt() {
		return (this.deadline != null) ? this.deadline.dueAt() : null;
	}

	/**
	 * The operations by their position.
	 */
	public Map<Position, RecordedOperation> operations() {
		return this.operations;
	}

	/**
	 * The operations in the order of their first entries.
	 */
	public Collection<RecordedOperation> inOrder() {
		return this.operations.values();
	}

}
