package io.kraft.engine.store.kv;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.kraft.client.WorkflowStatus;
import io.kraft.engine.store.RunRow;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the index of runs consistent with their rows, and writes only what differs.
 */
final class RunIndex {

	private final KeyBatch batch;

	RunIndex(KeyBatch batch) {
		this.batch = batch;
	}

	/**
	 * Follows the change of a row.
	 * @param before null for a new run
	 * @param after null for a removed one
	 */
	void follow(@Nullable RunRow before, @Nullable RunRow after) {
		move(status(before), status(after));
		move(name(before), name(after));
		move(expiry(before), expiry(after));
		move(pending(before), pending(after));
		if (before == null || after == null) {
			move(id(before), id(after));
		}
		if (before == null || after == null || !before.tags().equals(after.tags())) {
			tags(before, false);
			tags(after, true);
		}
	}

	/**
	 * All keys by which a run is to be found.
	 */
	static List<byte[]> keys(RunRow row) {
		List<byte[]> keys = new ArrayList<>();
		for (byte @Nullable [] key : new byte @Nullable [] @Nullable [] { id(row), status(row), name(row), expiry(row),
				pending(row) }) {
			if (key != null) {
				keys.add(key);
			}
		}
		row.tags().forEach((key, value) -> keys.add(Keys.append(RunKeys.tag(key, value), row.number())));
		return keys;
	}

	private static byte @Nullable [] id(@Nullable RunRow row) {
		return (row != null) ? Keys.append(RunKeys.id(row.id()), row.number()) : null;
	}

	private static byte @Nullable [] status(@Nullable RunRow row) {
		return (row != null) ? Keys.append(RunKeys.status(row.status()), row.number()) : null;
	}

	private static byte @Nullable [] name(@Nullable RunRow row) {
		return (row != null) ? Keys.append(RunKeys.name(row.name(), row.status()), row.number()) : null;
	}

	private static byte @Nullable [] expiry(@Nullable RunRow row) {
		return (row != null && row.expiresAt() != null) ? RunKeys.expiry(row.expiresAt(), row.number()) : null;
	}

	private static byte @Nullable [] pending(@Nullable RunRow row) {
		return (row != null && row.status() == WorkflowStatus.PENDING) ? RunKeys.pending(row) : null;
	}

	private void tags(@Nullable RunRow row, boolean present) {
		if (row == null) {
			return;
		}
		row.tags().forEach((key, value) -> {
			byte[] indexed = Keys.append(RunKeys.tag(key, value), row.number());
			move(present ? null : indexed, present ? indexed : null);
		});
	}

	private void move(byte @Nullable [] from, byte @Nullable [] to) {
		if (from != null && to != null && Arrays.equals(from, to)) {
			return;
		}
		if (from != null) {
			this.batch.delete(Keyspace.INDEX, from);
		}
		if (to != null) {
			this.batch.put(Keyspace.INDEX, to, Keys.EMPTY);
		}
	}

}
