/**
 * Starting, loading, executing and completing runs, and who waits for that.
 */
@NullMarked
package io.kraft.engine.lifecycle;

import org.jspecify.annotations.NullMarked;
