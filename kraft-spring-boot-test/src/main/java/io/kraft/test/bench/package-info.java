/**
 * An engine on a test bench: its time, its disk, its calls, and its crashes.
 */
@NullMarked
package io.kraft.test.bench;

import org.jspecify.annotations.NullMarked;
