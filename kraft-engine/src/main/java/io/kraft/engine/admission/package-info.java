/**
 * Which run begins when: concurrency and rate limits, places, and the queues of those
 * that wait for theirs on disk.
 */
@NullMarked
package io.kraft.engine.admission;

import org.jspecify.annotations.NullMarked;
