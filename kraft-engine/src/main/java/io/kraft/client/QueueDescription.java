package io.kraft.client;

import io.kraft.workflow.WorkQueue;

/**
 * What is known of a queue: a snapshot.
 *
 * @param queue with its limits
 * @param paused whether its items rest
 */
public record QueueDescription(WorkQueue queue, boolean paused) {
}
