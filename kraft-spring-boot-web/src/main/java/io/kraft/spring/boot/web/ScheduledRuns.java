package io.kraft.spring.boot.web;

import io.kraft.client.WorkflowStatus;
import io.kraft.engine.KraftEngine;

/**
 * Refuses starts with a delay while too many runs wait for the time of their start.
 * Thread-safe; requests that are handled at the same time may exceed the limit by their
 * number.
 *
 * @param limit at least 0
 */
record ScheduledRuns(KraftEngine engine, int limit) {

	/**
	 * Checks that there is room for one more.
	 * @throws RequestRefusedException if there is none
	 */
	void check() {
		long scheduled = this.engine.counts()
			.values()
			.stream()
			.mapToLong((counts) -> counts.of(WorkflowStatus.SCHEDULED))
			.sum();
		if (scheduled >= this.limit) {
			throw RequestRefusedException.busy("kraft.web.max-scheduled-runs");
		}
	}

}
