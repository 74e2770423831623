package io.kraft.engine.lifecycle;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import io.kraft.engine.journal.JournalCodec;
import io.kraft.engine.journal.JournalEntry;
import io.kraft.engine.journal.JournalEntry.DeadlineSet;
import io.kraft.engine.journal.JournalEntry.OperationEntry;
import io.kraft.engine.journal.JournalEntry.RunRetried;
import io.kraft.engine.journal.Position;
import io.kraft.engine.journal.RecordedJournal;
import io.kraft.engine.journal.RecordedOperation;
import io.kraft.engine.store.Timer;
import org.jspecify.annotations.Nullable;

/**
 * The timers that a run has open, by its journal. Keeps what is open only, however long
 * the journal is. Not thread-safe.
 */
public final class OpenTimers {

	private final Map<Position, RecordedJournal> open = new HashMap<>();

	private @Nullable Instant deadline;

	/**
	 * Adds the next entry, as its codec wrote it.
	 */
	public void add(byte[] encoded) {
		JournalEntry entry = JournalCodec.decode(encoded);
		switch (entry) {
			case DeadlineSet set -> this.deadline = set.dueAt();
			case RunRetried retried -> {
				this.deadline = null;
				retried.forgotten().forEach(this.open::remove);
			}
			case OperationEntry operation -> add(operation.position(), encoded);
			default -> {
			}
		}
	}

	private void add(Position position, byte[] encoded) {
		RecordedJournal ofOperation = this.open.computeIfAbsent(position, (unknown) -> new RecordedJournal());
		ofOperation.add(encoded);
		if (ofOperation.inOrder().stream().anyMatch((operation) -> operation.completedBy() != null)) {
			this.open.remove(position);
		}
	}

	/**
	 * The timers of a run.
	 */
	public List<Timer> of(long run) {
		Stream<Timer> waits = this.open.values()
			.stream()
			.flatMap((journal) -> journal.inOrder().stream())
			.filter((operation) -> operation.dueAt() != null)
			.map((operation) -> timer(run, operation));
		Instant dueAt = this.deadline;
		Stream<Timer> ofDeadline = (dueAt != null) ? Stream.of(new Timer(dueAt, run, Position.ROOT)) : Stream.empty();
		return Stream.concat(waits, ofDeadline).toList();
	}

	private static Timer timer(long run, RecordedOperation operation) {
		return new Timer(Objects.requireNonNull(operation.dueAt()), run, operation.position());
	}

}
