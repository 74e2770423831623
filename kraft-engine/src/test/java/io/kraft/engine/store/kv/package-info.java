@NullMarked
package io.kraft.engine.store.kv;

import org.jspecify.annotations.NullMarked;
