package io.kraft.engine.execution;

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
final class DurableState {

	private final Map<String, Value> values = new LinkedHashMap<>();

	synchronized @Nullable Value get(String key) {
		return this.values.get(key);
	}

	synchronized Set<String> keys() {
		return new LinkedHashSet<>(this.values.keySet());
	}

	/**
	 * Applies a change.
	 * @param key null means all keys
	 * @param value null clears
	 * @param isRecorded whether it was read from the journal
	 */
	synchronized void apply(@Nullable String key, @Nullable Payload value, boolean isRecorded) {
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
	record Value(Payload payload, boolean isRecorded) {
	}

}
