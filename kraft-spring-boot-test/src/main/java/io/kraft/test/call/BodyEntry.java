package io.kraft.test.call;

import io.kraft.workflow.Delivery;

/**
 * The body of a step, as one attempt enters it.
 *
 * @param runId the run that it belongs to
 * @param step its name in the journal
 * @param key its idempotency key
 * @param attempt 1 plus the failed ones that are recorded
 * @param delivery what was promised about it
 */
public record BodyEntry(String runId, String step, String key, int attempt, Delivery delivery) {

	@Override
	public String toString() {
		return "step '" + this.step + "' of run '" + this.runId + "'"
				+ ((this.attempt > 1) ? ", attempt " + this.attempt : "");
	}

}
