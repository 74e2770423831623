package io.kraft.engine.run;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.kraft.engine.journal.JournalEntry.RunContinued;
import io.kraft.engine.journal.Payload;
import org.jspecify.annotations.Nullable;

/**
 * The state of a run as of the operations that its code has asked for: the sum of the
 * changes, whether they were made just now or read from the journal. Branches replay in
 * any order: the journal determines which change was last. Thread-safe.
 */
public final class DurableState {

	private final Map<String, Value> values = new LinkedHashMap<>();

	private int clearedAt = -1;

	private long size;

	/**
	 * As it is before the run's code begins.
	 * @param kept what the run has continued with; null if it has not
	 */
	DurableState(@Nullable RunContinued kept) {
		if (kept != null) {
			kept.state().forEach((key, value) -> apply(key, value, 0, true));
		}
	}

	/**
	 * The value of a key; null if it has none.
	 */
	public synchronized @Nullable Value get(String key) {
		Value value = this.values.get(key);
		return isVisible(value) ? value : null;
	}

	/**
	 * The keys that have a value.
	 */
	public synchronized Set<String> keys() {
		return this.values.entrySet()
			.stream()
			.filter((entry) -> isVisible(entry.getValue()))
			.sorted(Comparator.comparingInt((entry) -> entry.getValue().firstSequence()))
			.map(Map.Entry::getKey)
			.collect(Collectors.toCollection(LinkedHashSet::new));
	}

	private boolean isVisible(@Nullable Value value) {
		return value != null && value.payload() != null && value.sequence() > this.clearedAt;
	}

	/**
	 * How many bytes the value of a key takes, with the key; 0 if it has none.
	 */
	synchronized long size(String key) {
		Value value = this.values.get(key);
		Payload payload = (value != null && isVisible(value)) ? value.payload() : null;
		return (payload != null) ? ValueRoom.size(key, payload) : 0;
	}

	/**
	 * How many bytes all values take.
	 */
	synchronized long size() {
		return this.size;
	}

	/**
	 * The values, to be kept.
	 */
	synchronized Map<String, Payload> kept() {
		Map<String, Payload> kept = new LinkedHashMap<>();
		this.values.forEach((key, value) -> {
			if (isVisible(value) && value.payload() != null) {
				kept.put(key, value.payload());
			}
		});
		return kept;
	}

	/**
	 * Applies a change, unless a later one is applied already.
	 * @param key null means all keys
	 * @param payload null clears
	 * @param sequence of the entry that holds the change
	 * @param isRecorded whether it was read from the journal
	 */
	public synchronized void apply(@Nullable String key, @Nullable Payload payload, int sequence, boolean isRecorded) {
		if (key == null) {
			this.clearedAt = Math.max(this.clearedAt, sequence);
			this.values.values().removeIf((value) -> value.sequence() <= this.clearedAt);
			this.size = this.values.keySet().stream().mapToLong(this::size).sum();
			return;
		}
		this.size -= size(key);
		put(key, payload, sequence, isRecorded);
		this.size += size(key);
	}

	private void put(String key, @Nullable Payload payload, int sequence, boolean isRecorded) {
		Value before = this.values.get(key);
		int first = (before != null && before.firstSequence() > this.clearedAt)
				? Math.min(before.firstSequence(), sequence) : sequence;
		if (before == null || before.sequence() < sequence) {
			this.values.put(key, new Value(payload, first, sequence, isRecorded));
		}
		else if (sequence > this.clearedAt) {
			this.values.put(key, new Value(before.payload(), first, before.sequence(), before.isRecorded()));
		}
	}

	/**
	 * A value, and whether it was set by a former owner of the run.
	 *
	 * @param payload null where the key was cleared
	 * @param firstSequence of the first entry that holds a change of the key
	 * @param sequence of the entry that holds it
	 */
	public record Value(@Nullable Payload payload, int firstSequence, int sequence, boolean isRecorded) {
	}

}
