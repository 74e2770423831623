package io.kraft.engine.store.rocksdb;

import java.nio.file.Path;

/**
 * Where and how the store is kept.
 *
 * @param directory of the data; made if it is missing
 * @param sync whether commits are durable when they return; if not, the operating
 * system's crash, though not the process's, may lose the last ones
 * @param nativeMemoryBytes about how much memory the database may take outside the heap,
 * for what it has read and for what it has not yet written to tables; at least
 * {@link #MIN_NATIVE_MEMORY_BYTES}
 * @param shared whether other users may be able to write the directory, and so to make
 * runs do whatever the application can do; if not, one that they can write is refused,
 * and what is readable for them is closed
 */
public record RocksDbOptions(Path directory, boolean sync, long nativeMemoryBytes, boolean shared) {

	/** With less, a flush would follow another one. */
	public static final long MIN_NATIVE_MEMORY_BYTES = 32L * 1024 * 1024;

	/** Of each of several partitions. */
	public static final long MIN_NATIVE_MEMORY_BYTES_OF_PARTITION = 16L * 1024 * 1024;

	/** 256 MB. */
	public static final long DEFAULT_NATIVE_MEMORY_BYTES = 256L * 1024 * 1024;

	public RocksDbOptions {
		if (nativeMemoryBytes < MIN_NATIVE_MEMORY_BYTES) {
			throw new IllegalArgumentException("nativeMemoryBytes is " + nativeMemoryBytes + ", but must be at least "
					+ MIN_NATIVE_MEMORY_BYTES + " (kraft.storage.native-memory=32MB)");
		}
	}

	/**
	 * A private directory, with the default bound on native memory.
	 */
	public RocksDbOptions(Path directory, boolean sync) {
		this(directory, sync, DEFAULT_NATIVE_MEMORY_BYTES);
	}

	/**
	 * A private directory.
	 */
	public RocksDbOptions(Path directory, boolean sync, long nativeMemoryBytes) {
		this(directory, sync, nativeMemoryBytes, false);
	}

}
