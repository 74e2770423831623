/**
 * The execution of runs, from start to end: starting, loading, driving, stopping and
 * removing them, and the seam at which proxies enter.
 */
@NullMarked
package io.kraft.engine.execution;

import org.jspecify.annotations.NullMarked;
