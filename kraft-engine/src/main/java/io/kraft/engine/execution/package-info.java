/**
 * A run: its thread, its replay, its operations, and the seam at which proxies enter.
 */
@NullMarked
package io.kraft.engine.execution;

import org.jspecify.annotations.NullMarked;
