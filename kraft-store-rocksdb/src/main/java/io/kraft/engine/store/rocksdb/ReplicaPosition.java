package io.kraft.engine.store.rocksdb;

/**
 * How far a replica is in its log.
 *
 * @param term of the last entry that it holds
 * @param index of that entry; -1 if it holds none
 */
public record ReplicaPosition(long term, long index) {
}
