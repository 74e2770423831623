@NullMarked
package io.kraft.engine.state;

import org.jspecify.annotations.NullMarked;
