@NullMarked
package io.kraft.engine.codec;

import org.jspecify.annotations.NullMarked;
