/**
 * The execution of runs, from start to end: starting, loading, driving, stopping and
 * removing them, and the extension point at which proxies enter.
 */
@NullMarked
package io.kraft.engine.execution;

import org.jspecify.annotations.NullMarked;
