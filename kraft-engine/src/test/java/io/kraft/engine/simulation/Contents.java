package io.kraft.engine.simulation;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

import io.kraft.engine.simulation.Write.Delete;
import io.kraft.engine.simulation.Write.DeleteRange;
import io.kraft.engine.simulation.Write.Put;
import io.kraft.engine.store.kv.Keyspace;
import org.jspecify.annotations.Nullable;

/**
 * What a disk holds at one moment. Immutable, so that whoever reads sees no half of a
 * batch and holds up nobody.
 */
public final class Contents {

	/** An empty disk. */
	static final Contents EMPTY = new Contents(Map.of());

	private static final NavigableMap<byte[], byte[]> NONE = new TreeMap<>(Arrays::compareUnsigned);

	private final Map<Keyspace, NavigableMap<byte[], byte[]>> spaces;

	private Contents(Map<Keyspace, NavigableMap<byte[], byte[]>> spaces) {
		this.spaces = spaces;
	}

	/**
	 * All keys of a space, not to be changed.
	 */
	public NavigableMap<byte[], byte[]> space(Keyspace space) {
		return this.spaces.getOrDefault(space, NONE);
	}

	NavigableMap<byte[], byte[]> range(Keyspace space, byte[] from, byte @Nullable [] to) {
		if (to == null) {
			return space(space).tailMap(from, true);
		}
		return (Arrays.compareUnsigned(from, to) < 0) ? space(space).subMap(from, true, to, false)
				: Collections.emptyNavigableMap();
	}

	/**
	 * The contents after some writes.
	 */
	Contents with(List<Write> writes) {
		Map<Keyspace, NavigableMap<byte[], byte[]>> changed = new EnumMap<>(Keyspace.class);
		changed.putAll(this.spaces);
		Map<Keyspace, NavigableMap<byte[], byte[]>> copies = new EnumMap<>(Keyspace.class);
		for (Write write : writes) {
			NavigableMap<byte[], byte[]> keys = copies.computeIfAbsent(write.space(), this::copy);
			switch (write) {
				case Put put -> keys.put(put.key(), put.value());
				case Delete delete -> keys.remove(delete.key());
				case DeleteRange range -> {
					if (Arrays.compareUnsigned(range.key(), range.to()) < 0) {
						keys.subMap(range.key(), true, range.to(), false).clear();
					}
				}
			}
		}
		changed.putAll(copies);
		return new Contents(changed);
	}

	private NavigableMap<byte[], byte[]> copy(Keyspace space) {
		return new TreeMap<>(space(space));
	}

}
