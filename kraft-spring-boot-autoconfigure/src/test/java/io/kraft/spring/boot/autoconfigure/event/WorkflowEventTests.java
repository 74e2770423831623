package io.kraft.spring.boot.autoconfigure.event;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.kraft.client.WorkflowClient;
import io.kraft.client.WorkflowEvent;
import io.kraft.spring.boot.autoconfigure.KraftAutoConfiguration;
import io.kraft.workflow.Workflow;
import io.kraft.workflow.WorkflowContext;
import io.kraft.workflow.WorkflowFailedException;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.event.EventListener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/**
 * Beans listen to what becomes of runs as to any other event of their application.
 */
class WorkflowEventTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(KraftAutoConfiguration.class, KraftEventAutoConfiguration.class))
		.withPropertyValues("kraft.storage.type=memory")
		.withBean(Orders.class);

	@Test
	void listenersAreToldOfRunsThatStartAndComplete() {
		this.runner.withBean(Audit.class).run((context) -> {
			context.getBean(Orders.class).process("1");

			await().until(() -> context.getBean(Audit.class).lines.contains("completed order-1"));
			assertThat(context.getBean(Audit.class).lines).containsExactly("started order-1", "completed order-1");
		});
	}

	@Test
	void listenersAreToldOfRunsThatFailAndPause() {
		this.runner.withBean(Audit.class).run((context) -> {
			WorkflowClient client = context.getBean(WorkflowClient.class);
			Orders orders = context.getBean(Orders.class);

			assertThatThrownBy(() -> client.start(() -> orders.fail("2")).result())
				.isInstanceOf(WorkflowFailedException.class);
			client.start(() -> orders.approve("3"));
			client.pause("approval-3");

			await().until(() -> context.getBean(Audit.class).lines
				.containsAll(List.of("failed failing-2 java.lang.IllegalStateException: no", "paused approval-3")));
		});
	}

	@Test
	void aListenerOfTheOldKindIsToldToo() {
		List<String> told = new CopyOnWriteArrayList<>();
		this.runner.withInitializer((context) -> context.addApplicationListener(new OldListener(told)))
			.run((context) -> {
				context.getBean(Orders.class).process("1");

				await().until(() -> told.contains("order-1"));
			});
	}

	@Test
	void whereNobodyListensNothingIsPublished() {
		this.runner.run((context) -> assertThat(context.getBean(WorkflowEventPublisher.class).isRunning()).isFalse());
	}

	@Test
	void whereSomebodyListensEventsArePublished() {
		this.runner.withBean(Audit.class)
			.run((context) -> assertThat(context.getBean(WorkflowEventPublisher.class).isRunning()).isTrue());
	}

	private record OldListener(
			List<String> told) implements ApplicationListener<PayloadApplicationEvent<WorkflowEvent.Completed>> {

		@Override
		public void onApplicationEvent(PayloadApplicationEvent<WorkflowEvent.Completed> event) {
			this.told.add(event.getPayload().workflow().id());
		}

	}

	static class Audit {

		private final List<String> lines = new CopyOnWriteArrayList<>();

		@EventListener
		void on(WorkflowEvent.Started event) {
			this.lines.add("started " + event.workflow().id());
		}

		@EventListener
		void on(WorkflowEvent.Completed event) {
			this.lines.add("completed " + event.workflow().id());
		}

		@EventListener
		void on(WorkflowEvent.Failed event) {
			this.lines.add("failed " + event.workflow().id() + " " + event.workflow().failure());
		}

		@EventListener
		void on(WorkflowEvent.Paused event) {
			this.lines.add("paused " + event.workflow().id());
		}

	}

	static class Orders {

		@Workflow(name = "order", id = "'order-' + #id")
		String process(String id) {
			return id;
		}

		@Workflow(name = "failing", id = "'failing-' + #id")
		String fail(String id) {
			throw new IllegalStateException("no");
		}

		@Workflow(name = "approval", id = "'approval-' + #id")
		String approve(String id) {
			return WorkflowContext.current().awaitSignal("go", String.class);
		}

	}

}
