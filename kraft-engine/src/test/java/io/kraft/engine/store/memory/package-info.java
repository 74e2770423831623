@NullMarked
package io.kraft.engine.store.memory;

import org.jspecify.annotations.NullMarked;
