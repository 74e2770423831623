package io.kraft.client;

import io.kraft.workflow.WorkQueue;

/**
 * What is known of a queue: a snapshot.
 *
 * @param queue with its limits
 * @param paused whether it is paused, so that none of its items begins
 * @param scheduled items whose time has not come
 * @param pending items that wait for their turn
 * @param active items that have begun, those included that wait for another attempt
 * @param dead its dead letters: items whose attempts have all failed
 * @since 0.1.0
 */
public record QueueDescription(WorkQueue queue, boolean paused, long scheduled, long pending, long active, long dead) {
}
