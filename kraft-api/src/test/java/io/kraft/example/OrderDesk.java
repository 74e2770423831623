package io.kraft.example;

import java.time.Duration;

import io.kraft.client.QueueOperations;
import io.kraft.client.RunStarts;
import io.kraft.client.StartOptions;
import io.kraft.client.WorkflowClient;
import io.kraft.client.WorkflowDescription;
import io.kraft.client.WorkflowHandle;
import io.kraft.client.WorkflowQuery;
import io.kraft.client.WorkflowStatus;

/**
 * Calls the client.
 */
class OrderDesk {

	private final OrderWorkflow orders = new OrderWorkflow(new Payments());

	private final Payments payments = new Payments();

	String client(WorkflowClient client, String order) {
		// @start region = "client"
		WorkflowHandle<String> run = client.start(() -> this.orders.process(order)); // is
																						// durable
																						// now
		client.signal(run.id(), "approved", "ada");
		for (WorkflowDescription failed : client.list(WorkflowQuery.all().status(WorkflowStatus.FAILED)).items()) {
			client.retry(failed.id());
		}
		return run.result();
		// @end
	}

	String options(RunStarts starts, String order) {
		// @start region = "options"
		StartOptions options = StartOptions.defaults().id("order-" + order).timeout(Duration.ofDays(2));
		WorkflowHandle<String> run = starts.start(options, () -> this.orders.process(order));
		// @end
		return run.id();
	}

	void handle(WorkflowClient client) {
		// @start region = "handle"
		WorkflowHandle<String> run = client.handle("order-42", String.class);
		if (run.status() == WorkflowStatus.PAUSED) {
			run.resume();
		}
		String receipt = run.result(Duration.ofSeconds(10));
		// @end
		System.out.println(receipt);
	}

	void queue(QueueOperations queues, String order) {
		// @start region = "queue"
		queues.enqueue("mails", () -> this.payments.charge(order)); // by and by, with the
																	// step's retries
		// @end
	}

}
