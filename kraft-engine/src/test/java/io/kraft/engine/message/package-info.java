@NullMarked
package io.kraft.engine.message;

import org.jspecify.annotations.NullMarked;
