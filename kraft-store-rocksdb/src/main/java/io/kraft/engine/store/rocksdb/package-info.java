/**
 * The store on disk, in an embedded RocksDB: the only package that names its library.
 */
@NullMarked
package io.kraft.engine.store.rocksdb;

import org.jspecify.annotations.NullMarked;
