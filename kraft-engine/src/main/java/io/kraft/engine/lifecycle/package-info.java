/**
 * Starting, loading, executing and completing runs, and the waiters for their results.
 */
@NullMarked
package io.kraft.engine.lifecycle;

import org.jspecify.annotations.NullMarked;
