package io.kraft.engine.store.rocksdb;

import java.nio.file.Path;

/**
 * Where and how the store is kept.
 *
 * @param directory of the data; made if it is missing
 * @param sync whether commits are durable when they return; if not, the operating
 * system's crash, though not the process's, may lose the last ones
 */
public record RocksDbOptions(Path directory, boolean sync) {
}
