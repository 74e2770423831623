package io.kraft.spring.boot.autoconfigure.guide;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.kraft.client.EnqueueOptions;
import io.kraft.client.Page;
import io.kraft.client.QueueDescription;
import io.kraft.client.WorkflowClient;
import io.kraft.client.WorkflowDescription;
import io.kraft.client.WorkflowHandle;
import io.kraft.client.WorkflowQuery;
import io.kraft.client.WorkflowStatus;
import io.kraft.workflow.Step;
import io.kraft.workflow.WorkQueue;
import io.kraft.workflow.Workflow;
import io.kraft.workflow.WorkflowContext;
import reactor.core.publisher.Mono;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Service;

@Service
class Emails {

	private final WorkflowClient client;

	private final PostOffice postOffice;

	private final WorkflowContext workflow;

	Emails(WorkflowClient client, PostOffice postOffice, WorkflowContext workflow) {
		this.client = client;
		this.postOffice = postOffice;
		this.workflow = workflow;
	}

	WorkflowHandle<String> welcome(String customer) {
		return this.client.enqueue("emails", () -> this.postOffice.send(customer, "Welcome"));
	}

	WorkflowHandle<String> remind(String customer, String order) {
		EnqueueOptions options = EnqueueOptions.defaults()
			.key("reminder-" + order)
			.delay(Duration.ofDays(3))
			.priority(-1)
			.tags(Map.of("order", order));
		return this.client.enqueue("emails", options, () -> this.postOffice.send(customer, "Is anything missing?"));
	}

	Mono<String> welcomeWithoutBlocking(String customer) {
		return Mono
			.fromFuture(() -> this.client.enqueueAsync("emails", () -> this.postOffice.send(customer, "Welcome")))
			.map(WorkflowHandle::id);
	}

	@Workflow(name = "newsletter", id = "'newsletter-' + #issue")
	void newsletter(String issue, List<String> readers) {
		enqueueAll(issue, readers);
	}

	@Step(name = "enqueue-newsletters")
	void enqueueAll(String issue, List<String> readers) {
		for (String reader : readers) {
			EnqueueOptions options = EnqueueOptions.defaults().key(issue + "/" + reader);
			this.client.enqueue("emails", options, () -> this.postOffice.send(reader, "News " + issue));
		}
	}

	List<WorkflowDescription> dead() {
		List<WorkflowDescription> dead = new ArrayList<>();
		WorkflowQuery query = WorkflowQuery.all().queue("emails").status(WorkflowStatus.DEAD);
		Page<WorkflowDescription> page = this.client.list(query);
		dead.addAll(page.items());
		while (page.nextCursor().isPresent()) {
			page = this.client.list(query.cursor(page.nextCursor().get()));
			dead.addAll(page.items());
		}
		return dead;
	}

	void sendAgain(WorkflowDescription item) {
		this.client.retry(item.id()); // new attempts, with the same idempotency key
	}

	void discard(WorkflowDescription item) {
		this.client.delete(item.id()); // its key is free again
	}

	void serverIsDown() {
		this.client.pauseQueue("emails"); // survives restarts
	}

	List<QueueDescription> serverIsBack() {
		this.client.resumeQueue("emails");
		return this.client.queues(); // name, limits, whether it is paused
	}

	@Workflow(name = "by-recipe")
	String byRecipe(List<String> steps, String customer) {
		String last = "";
		for (String step : steps) {
			last = this.workflow.call(step, String.class, customer, last);
		}
		return last;
	}

	@Configuration(proxyBeanMethods = false)
	static class QueueConfiguration {

		@Bean
		WorkQueue emailQueue() {
			return WorkQueue.named("emails")
				.concurrency(20)
				.rateLimit(100, Duration.ofMinutes(1))
				.retry(5, Duration.ofSeconds(10), Duration.ofMinutes(10))
				.retention(Duration.ofDays(1));
		}

	}

}
