package io.kraft.test;

/**
 * Where the journal of a test is.
 */
public enum Storage {

	/** In memory, where it survives the crashes of the engine. */
	MEMORY,

	/** In a RocksDB in a temporary directory. */
	ROCKSDB

}
