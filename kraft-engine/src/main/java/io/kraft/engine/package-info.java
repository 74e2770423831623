/**
 * The engine and its builder: wires the parts, the one place that names them all.
 */
@NullMarked
package io.kraft.engine;

import org.jspecify.annotations.NullMarked;
