package io.kraft.cluster.replication;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantReadWriteLock;

import io.kraft.engine.store.kv.KeyBatch;
import io.kraft.engine.store.kv.KeyCursor;
import io.kraft.engine.store.kv.Keyspace;
import org.jspecify.annotations.Nullable;

/**
 * A replica in memory, which loses in a crash what was written since its last flush.
 */
public final class SimulatedReplica implements LocalReplica {

	private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();

	/** Empty for a flush as it must not be: of some keyspaces only. */
	private final Set<Keyspace> flushedKeyspaces;

	private Map<Keyspace, NavigableMap<byte[], byte[]>> keys = empty();

	private Map<Keyspace, NavigableMap<byte[], byte[]>> flushed = empty();

	private @Nullable Checkpoint newest;

	private Map<Keyspace, NavigableMap<byte[], byte[]>> newestKeys = empty();

	public SimulatedReplica() {
		this(Set.of(Keyspace.values()));
	}

	/**
	 * A replica with a fault.
	 * @param flushedKeyspaces all that a flush makes durable
	 */
	SimulatedReplica(Set<Keyspace> flushedKeyspaces) {
		this.flushedKeyspaces = flushedKeyspaces;
	}

	private static Map<Keyspace, NavigableMap<byte[], byte[]>> empty() {
		Map<Keyspace, NavigableMap<byte[], byte[]>> spaces = new EnumMap<>(Keyspace.class);
		for (Keyspace space : Keyspace.values()) {
			spaces.put(space, new TreeMap<>(Arrays::compareUnsigned));
		}
		return spaces;
	}

	private static Map<Keyspace, NavigableMap<byte[], byte[]>> copy(Map<Keyspace, NavigableMap<byte[], byte[]>> from) {
		Map<Keyspace, NavigableMap<byte[], byte[]>> copy = new EnumMap<>(Keyspace.class);
		from.forEach((space, map) -> copy.put(space, new TreeMap<>(map)));
		return copy;
	}

	private static NavigableMap<byte[], byte[]> space(Map<Keyspace, NavigableMap<byte[], byte[]>> keys,
			Keyspace space) {
		return Objects.requireNonNull(keys.get(space));
	}

	/** As the system does at any time. */
	public void flush() {
		this.lock.writeLock().lock();
		try {
			Map<Keyspace, NavigableMap<byte[], byte[]>> now = copy(this.keys);
			this.flushedKeyspaces.forEach((space) -> this.flushed.put(space, space(now, space)));
		}
		finally {
			this.lock.writeLock().unlock();
		}
	}

	/** Drops what was not flushed. */
	public void crash() {
		this.lock.writeLock().lock();
		try {
			this.keys = copy(this.flushed);
		}
		finally {
			this.lock.writeLock().unlock();
		}
	}

	/** Puts another replica's newest checkpoint where {@link #install} finds it. */
	void receive(SimulatedReplica from) {
		this.newest = from.newest;
		this.newestKeys = copy(from.newestKeys);
	}

	/** All keys and values, to be compared. */
	public String contents() {
		StringBuilder all = new StringBuilder();
		HexFormat hex = HexFormat.of();
		this.keys.forEach((space,
				map) -> map.forEach((key, value) -> all.append(space)
					.append(' ')
					.append(hex.formatHex(key))
					.append('=')
					.append(hex.formatHex(value))
					.append('\n')));
		return all.toString();
	}

	/** How many keys of the store it holds. */
	public long size() {
		return this.keys.values().stream().mapToLong(Map::size).sum()
				- space(this.keys, Keyspace.META).tailMap(new byte[] { ReplicaMarks.FIRST }, true).size();
	}

	@Override
	public Checkpoint checkpoint(LogPosition at) {
		flush();
		this.newest = new Checkpoint(at, Path.of("s-" + at.term() + "-" + at.index()));
		this.newestKeys = copy(this.flushed);
		return this.newest;
	}

	@Override
	public Optional<Checkpoint> newestCheckpoint() {
		return Optional.ofNullable(this.newest);
	}

	@Override
	public void install() {
		this.lock.writeLock().lock();
		try {
			this.keys = copy(this.newestKeys);
			this.flushed = copy(this.newestKeys);
		}
		finally {
			this.lock.writeLock().unlock();
		}
	}

	@Override
	public Path checkpoints() {
		return Path.of("snapshots");
	}

	@Override
	public byte @Nullable [] get(Keyspace space, byte[] key) {
		this.lock.readLock().lock();
		try {
			return space(this.keys, space).get(key);
		}
		finally {
			this.lock.readLock().unlock();
		}
	}

	@Override
	public KeyCursor scan(Keyspace space, byte[] from, byte @Nullable [] to) {
		this.lock.readLock().lock();
		NavigableMap<byte[], byte[]> map = space(this.keys, space);
		if (to == null) {
			return new SimulatedCursor(map.tailMap(from, true), this.lock.readLock());
		}
		return new SimulatedCursor((Arrays.compareUnsigned(from, to) < 0) ? map.subMap(from, true, to, false)
				: Collections.emptyNavigableMap(), this.lock.readLock());
	}

	@Override
	public KeySnapshot snapshot() {
		this.lock.readLock().lock();
		return new KeySnapshot() {
			private boolean closed;

			@Override
			public byte @Nullable [] get(Keyspace space, byte[] key) {
				return SimulatedReplica.this.get(space, key);
			}

			@Override
			public KeyCursor scan(Keyspace space, byte[] from, byte @Nullable [] to) {
				return SimulatedReplica.this.scan(space, from, to);
			}

			@Override
			public void close() {
				if (!this.closed) {
					this.closed = true;
					SimulatedReplica.this.lock.readLock().unlock();
				}
			}
		};
	}

	@Override
	public KeyBatch batch() {
		return new SimulatedBatch();
	}

	@Override
	public long backup(Path target, Duration timeout) {
		throw new UnsupportedOperationException("a simulated replica has no files");
	}

	@Override
	public void close() {
		flush();
	}

	private final class SimulatedBatch implements KeyBatch {

		private final List<Runnable> writes = new ArrayList<>();

		@Override
		public void put(Keyspace space, byte[] key, byte[] value) {
			this.writes.add(() -> space(SimulatedReplica.this.keys, space).put(key, value));
		}

		@Override
		public void delete(Keyspace space, byte[] key) {
			this.writes.add(() -> space(SimulatedReplica.this.keys, space).remove(key));
		}

		@Override
		public void deleteRange(Keyspace space, byte[] from, byte[] to) {
			this.writes.add(() -> {
				if (Arrays.compareUnsigned(from, to) < 0) {
					space(SimulatedReplica.this.keys, space).subMap(from, true, to, false).clear();
				}
			});
		}

		@Override
		public void write(boolean sync) {
			SimulatedReplica.this.lock.writeLock().lock();
			try {
				this.writes.forEach(Runnable::run);
			}
			finally {
				SimulatedReplica.this.lock.writeLock().unlock();
			}
		}

		@Override
		public void close() {
		}

	}

}
