package io.kraft.engine.store.rocksdb;

import java.nio.file.Path;

/**
 * The memory outside the heap that the replicas of a node share, whichever of them needs
 * it: one cache of blocks, with what is not yet written to tables. To be closed after
 * them. Thread-safe.
 */
public final class ReplicaMemory implements AutoCloseable {

	/** A cache of 64 MB, and 96 MB that are not yet written. */
	public static final long DEFAULT_BYTES = 192L * 1024 * 1024;

	private final NativeMemory memory;

	private ReplicaMemory(NativeMemory memory) {
		this.memory = memory;
	}

	/**
	 * Memory that is not yet used; loads RocksDB's library if the process has not yet.
	 * @param nativeLibraries where the library is unpacked to
	 * @param bytes about how many all replicas may take together
	 * @param replicas how many they are at most
	 */
	public static ReplicaMemory open(Path nativeLibraries, long bytes, int replicas) {
		NativeLibrary.load(nativeLibraries.toAbsolutePath());
		return new ReplicaMemory(new NativeMemory(bytes, replicas));
	}

	NativeMemory memory() {
		return this.memory;
	}

	@Override
	public void close() {
		this.memory.close();
	}

}
