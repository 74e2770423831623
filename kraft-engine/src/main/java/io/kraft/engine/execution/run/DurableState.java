package io.kraft.engine.execution.run;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

import io.kraft.engine.journal.Payload;
import org.jspecify.annotations.Nullable;

/**
 * The state of a run as of the operations that its code has asked for: the sum of the
 * changes, whether they were made just now or read from the journal. Thread-safe.
 */
public final class DurableState {

	private final Map<String, Value> values = new LinkedHashMap<>();

	/**
	 * The value of a key; null if it has none.
	 */
	public synchronized @Nullable Value get(String key) {
		return this.values.get(key);
	}

	/**
	 * A copy of the keys that have a value, in the order in which they came.
	 */
	public synchronized Set<String> keys() {
		return new LinkedHashSet<>(this.values.keySet());
	}

	/**
	 * Applies a change.
	 * @param key null means all keys
	 * @param value null clears
	 * @param isRecorded whether it was read from the journal
	 */
	public synchronized void apply(@Nullable String key, @Nullable Payload value, boolean isRecorded) {
		if (key == null) {
			this.values.clear();
		}
		else if (value == null) {
			this.values.remove(key);
		}
		else {
			this.values.put(key, new Value(value, isRecorded));
		}
	}

	/**
	 * A value, and whether it was set by a former owner of the run.
	 */
	public record Value(Payload payload, boolean isRecorded) {
	}

}
