package io.kraft.sample.order;

import io.kraft.client.WorkflowDescription;
import io.kraft.client.WorkflowStatus;
import org.jspecify.annotations.Nullable;

/**
 * The answer to {@code GET /orders/{id}}.
 *
 * @param waitingFor what the order waits for, if it does
 * @param failure why the order failed, if it did
 * @param receipt once the order is completed
 */
record OrderView(String id, WorkflowStatus status, @Nullable String waitingFor, @Nullable String failure,
		@Nullable Receipt receipt) {

	static OrderView of(WorkflowDescription run, @Nullable Receipt receipt) {
		return new OrderView(run.id(), run.status(), run.waitingFor(), run.failure(), receipt);
	}

}
