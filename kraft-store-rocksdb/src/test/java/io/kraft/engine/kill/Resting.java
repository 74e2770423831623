package io.kraft.engine.kill;

import java.util.function.Consumer;

import io.kraft.client.WorkflowClient;

/**
 * A schedule or a queue that is paused now and then.
 */
record Resting(String name, Consumer<WorkflowClient> pause, Consumer<WorkflowClient> resume) {

	static Resting schedule(String name) {
		return new Resting(name, (client) -> client.pauseSchedule(name), (client) -> client.resumeSchedule(name));
	}

	static Resting queue(String name) {
		return new Resting(name, (client) -> client.pauseQueue(name), (client) -> client.resumeQueue(name));
	}

}
