package io.kraft.engine.execution.run;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.kraft.engine.journal.Position;
import io.kraft.engine.journal.RecordedOperation;
import org.jspecify.annotations.Nullable;

/**
 * The operations that a run's journal holds and its code has not asked for yet. Each is
 * taken once, so that a run that has caught up holds nothing of its past. Thread-safe.
 */
public final class Replay {

	private final Map<Position, RecordedOperation> ahead;

	private Replay(Map<Position, RecordedOperation> ahead) {
		this.ahead = ahead;
	}

	/**
	 * Of a run that has no past.
	 */
	public static Replay nothing() {
		return new Replay(Map.of());
	}

	/**
	 * Of a run that has a past.
	 * @param operations what its journal holds; copied
	 */
	public static Replay of(Map<Position, RecordedOperation> operations) {
		return operations.isEmpty() ? nothing() : new Replay(new ConcurrentHashMap<>(operations));
	}

	/**
	 * Takes what is recorded at a position; null if nothing is.
	 */
	@Nullable RecordedOperation take(Position position) {
		return this.ahead.isEmpty() ? null : this.ahead.remove(position);
	}

	/**
	 * What is recorded at a position and was not taken yet; null if nothing is.
	 */
	public @Nullable RecordedOperation at(Position position) {
		return this.ahead.get(position);
	}

	boolean holds(Position position) {
		return this.ahead.containsKey(position);
	}

	/**
	 * The first operation that is still ahead; null if the code has asked for all.
	 */
	public @Nullable RecordedOperation first() {
		return this.ahead.entrySet().stream().min(Map.Entry.comparingByKey()).map(Map.Entry::getValue).orElse(null);
	}

	/**
	 * The first operation that is still ahead and is neither at a position nor below it;
	 * null if there is none.
	 */
	public @Nullable RecordedOperation firstOutside(Position position) {
		return this.ahead.entrySet()
			.stream()
			.filter((entry) -> !entry.getKey().isWithin(position))
			.min(Map.Entry.comparingByKey())
			.map(Map.Entry::getValue)
			.orElse(null);
	}

	/**
	 * Whether nothing is ahead.
	 */
	public boolean isOver() {
		return this.ahead.isEmpty();
	}

}
