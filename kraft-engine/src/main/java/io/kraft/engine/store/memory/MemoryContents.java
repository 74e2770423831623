package io.kraft.engine.store.memory;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantReadWriteLock;

import io.kraft.engine.store.kv.Keyspace;
import org.jspecify.annotations.Nullable;

/**
 * Ordered keys in memory, and how to roll back what is not durable. Readers and writers
 * hold the lock.
 */
final class MemoryContents {

	final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();

	private final Map<Keyspace, NavigableMap<byte[], byte[]>> spaces = new EnumMap<>(Keyspace.class);

	private final Deque<Write> unsynced = new ArrayDeque<>();

	MemoryContents() {
		for (Keyspace space : Keyspace.values()) {
			this.spaces.put(space, new TreeMap<>(Arrays::compareUnsigned));
		}
	}

	NavigableMap<byte[], byte[]> space(Keyspace space) {
		NavigableMap<byte[], byte[]> map = this.spaces.get(space);
		if (map == null) {
			throw new IllegalArgumentException("No keyspace " + space);
		}
		return map;
	}

	/**
	 * The keys within bounds; none if these are the wrong way round.
	 */
	NavigableMap<byte[], byte[]> range(Keyspace space, byte[] from, byte @Nullable [] to) {
		if (to == null) {
			return space(space).tailMap(from, true);
		}
		return (Arrays.compareUnsigned(from, to) < 0) ? space(space).subMap(from, true, to, false)
				: Collections.emptyNavigableMap();
	}

	void put(Keyspace space, byte[] key, byte[] value) {
		this.unsynced.push(new Write(space, key, space(space).put(key, value)));
	}

	void delete(Keyspace space, byte[] key) {
		byte[] previous = space(space).remove(key);
		if (previous != null) {
			this.unsynced.push(new Write(space, key, previous));
		}
	}

	void deleteRange(Keyspace space, byte[] from, byte[] to) {
		NavigableMap<byte[], byte[]> range = range(space, from, to);
		range.forEach((key, value) -> this.unsynced.push(new Write(space, key, value)));
		if (!range.isEmpty()) {
			range.clear();
		}
	}

	void sync() {
		this.unsynced.clear();
	}

	void dropUnsynced() {
		while (!this.unsynced.isEmpty()) {
			Write write = this.unsynced.pop();
			if (write.previous() != null) {
				space(write.space()).put(write.key(), write.previous());
			}
			else {
				space(write.space()).remove(write.key());
			}
		}
	}

	int size() {
		this.lock.readLock().lock();
		try {
			return this.spaces.values().stream().mapToInt(Map::size).sum();
		}
		finally {
			this.lock.readLock().unlock();
		}
	}

	@SuppressWarnings("ArrayRecordComponent") // Never compared.
	private record Write(Keyspace space, byte[] key, byte @Nullable [] previous) {
	}

}
