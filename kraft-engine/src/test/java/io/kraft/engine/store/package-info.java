@NullMarked
package io.kraft.engine.store;

import org.jspecify.annotations.NullMarked;
