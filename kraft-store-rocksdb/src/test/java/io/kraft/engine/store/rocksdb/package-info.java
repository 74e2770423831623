@NullMarked
package io.kraft.engine.store.rocksdb;

import org.jspecify.annotations.NullMarked;
