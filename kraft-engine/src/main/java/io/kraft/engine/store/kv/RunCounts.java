package io.kraft.engine.store.kv;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.kraft.client.WorkflowStatus;
import io.kraft.engine.journal.ByteReader;
import io.kraft.engine.journal.ByteWriter;
import io.kraft.engine.journal.UnreadableEntryException;
import io.kraft.engine.store.RunRow;
import io.kraft.engine.store.StatusCounts;
import io.kraft.engine.store.StorageException;
import org.jspecify.annotations.Nullable;

/**
 * How many runs of each workflow have which status, kept consistent with their rows: a
 * commit writes the sums that it changes, one key for each workflow, whatever the number
 * of its runs. So to count costs nothing, and nothing is counted at the start.
 * <p>
 * One thread writes; any thread reads what is durable.
 */
final class RunCounts {

	/** Begins the keys in {@link Keyspace#META}, as {@link QueueKeys}' do. */
	static final int KEY = 4;

	private static final int VERSION = 1;

	private final Map<String, StatusCounts> durable = new ConcurrentHashMap<>();

	/** By the workflow's name, what the commit under way adds, by the status' code. */
	private final Map<String, long[]> added = new HashMap<>();

	/**
	 * Reads the counts of a store. One that has none yet is counted, once for all.
	 */
	static RunCounts read(OrderedKeys keys) {
		RunCounts counts = new RunCounts();
		if (StoreMark.COUNTED.read(keys) == 0) {
			counts.count(keys);
			return counts;
		}
		try (KeyCursor found = keys.scan(Keyspace.META, new byte[] { KEY }, new byte[] { KEY + 1 })) {
			for (boolean more = found.first(); more; more = found.next()) {
				Stored stored = decode(found.value());
				counts.durable.put(stored.name(), stored.counts());
			}
		}
		return counts;
	}

	private void count(OrderedKeys keys) {
		try (KeyCursor rows = keys.scan(Keyspace.RUNS, Keys.EMPTY, null)) {
			for (boolean more = rows.first(); more; more = rows.next()) {
				follow(null, RunRowCodec.decode(Keys.lastNumber(rows.key()), rows.value()));
			}
		}
		try (KeyBatch batch = keys.batch()) {
			write(batch);
			StoreMark.COUNTED.write(batch, 1);
			batch.write(true);
		}
		endCommit(true);
	}

	/**
	 * What is durable, by the workflow's name; those without runs are left out.
	 */
	Map<String, StatusCounts> durable() {
		return Map.copyOf(this.durable);
	}

	/**
	 * Follows the change of a row.
	 * @param before null for a new run
	 * @param after null for a removed one
	 */
	void follow(@Nullable RunRow before, @Nullable RunRow after) {
		if (before != null && after != null && before.status() == after.status()) {
			return;
		}
		add(before, -1);
		add(after, 1);
	}

	private void add(@Nullable RunRow row, int runs) {
		if (row != null) {
			this.added.computeIfAbsent(row.name(), (name) -> new long[StatusCode.LAST + 1])[StatusCode
				.of(row.status())] += runs;
		}
	}

	/**
	 * Adds what has changed to a batch.
	 */
	void write(KeyBatch batch) {
		this.added.forEach((name, runs) -> {
			StatusCounts counts = sum(name, runs);
			if (counts.equals(StatusCounts.NONE)) {
				batch.delete(Keyspace.META, key(name));
			}
			else {
				batch.put(Keyspace.META, key(name), encode(name, counts));
			}
		});
	}

	/**
	 * Ends the commit.
	 * @param written whether the batch is durable
	 */
	void endCommit(boolean written) {
		if (written) {
			this.added.forEach((name, runs) -> {
				StatusCounts counts = sum(name, runs);
				if (counts.equals(StatusCounts.NONE)) {
					this.durable.remove(name);
				}
				else {
					this.durable.put(name, counts);
				}
			});
		}
		this.added.clear();
	}

	private StatusCounts sum(String name, long[] runs) {
		Map<WorkflowStatus, Long> added = new EnumMap<>(WorkflowStatus.class);
		for (WorkflowStatus status : WorkflowStatus.values()) {
			if (runs[StatusCode.of(status)] != 0) {
				added.put(status, runs[StatusCode.of(status)]);
			}
		}
		return this.durable.getOrDefault(name, StatusCounts.NONE).plus(new StatusCounts(added));
	}

	static byte[] key(String name) {
		return Keys.strings(KEY, name);
	}

	static byte[] encode(String name, StatusCounts counts) {
		ByteWriter out = new ByteWriter(128).writeByte(VERSION).writeString(name);
		for (WorkflowStatus status : WorkflowStatus.values()) {
			if (counts.of(status) != 0) {
				out.writeByte(StatusCode.of(status)).writeUnsigned(counts.of(status));
			}
		}
		return out.toBytes();
	}

	/**
	 * What is stored of a workflow.
	 * @throws StorageException if the bytes are damaged, or of an unknown format
	 */
	static Stored decode(byte[] bytes) {
		try {
			ByteReader in = new ByteReader(bytes);
			int version = in.readByte();
			if (version != VERSION) {
				throw UnreadableEntryException.unknownFormat("counts format " + version,
						"counts format " + VERSION + " only");
			}
			String name = in.readString();
			StatusCounts counts = StatusCounts.NONE;
			while (in.remaining() > 0) {
				WorkflowStatus status = StatusCode.status(in.readByte());
				if (status == null) {
					throw in.corrupt("a status that is not known");
				}
				counts = counts.plus(status, in.readUnsigned());
			}
			return new Stored(name, counts);
		}
		catch (UnreadableEntryException ex) {
			throw new StorageException(
					ex.code().equals(UnreadableEntryException.UNKNOWN_FORMAT) ? StorageException.UNKNOWN_FORMAT
							: StorageException.DAMAGED,
					"how many runs there are cannot be read. " + ex.getMessage(), ex);
		}
	}

	/**
	 * How many runs a workflow has.
	 *
	 * @param name of the workflow
	 */
	record Stored(String name, StatusCounts counts) {
	}

}
