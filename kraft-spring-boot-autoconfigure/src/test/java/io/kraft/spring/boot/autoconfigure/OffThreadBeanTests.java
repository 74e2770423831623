package io.kraft.spring.boot.autoconfigure;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

import io.kraft.client.WorkflowClient;
import io.kraft.client.WorkflowHandle;
import io.kraft.workflow.InvalidCallException;
import io.kraft.workflow.Step;
import io.kraft.workflow.Workflow;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.core.task.SimpleAsyncTaskExecutor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Steps of beans that a workflow calls on other threads.
 */
@Timeout(60)
class OffThreadBeanTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(KraftAutoConfiguration.class))
		.withPropertyValues("kraft.storage.type=memory", "kraft.defaults.step.retry.initial-delay=0s")
		.withBean(Outbox.class)
		.withBean(Mailer.class)
		.withBean(Flows.class);

	@Test
	void aStepInAMonoIsRefused() {
		this.runner.run((context) -> assertRefused(client(context).start(() -> flows(context).mono("ada")), context));
	}

	@Test
	void aStepInAFluxThatAWorkflowReturnsIsRefused() {
		this.runner.run((context) -> assertRefused(client(context).start(() -> flows(context).flux("ada")), context));
	}

	@Test
	void aStepInATaskOfSpringsExecutorIsRefused() {
		this.runner
			.run((context) -> assertRefused(client(context).start(() -> flows(context).executor("ada")), context));
	}

	@Test
	void withThePropertyItIsCalledPlainly() {
		this.runner.withPropertyValues("kraft.engine.off-thread-calls=warn").run((context) -> {
			assertThat(client(context).start(() -> flows(context).mono("ada")).result()).isEqualTo("mail to ada");
			assertThat(outbox(context).sent).containsExactly("ada");
		});
	}

	@Test
	void aStepMayUseReactorAndCallOtherSteps() {
		this.runner.run((context) -> {
			assertThat(client(context).start(() -> flows(context).stepwise("ada")).result()).isEqualTo("mail to ada");
			assertThat(outbox(context).sent).containsExactly("ada");
		});
	}

	@Test
	void reactorIsLeftAsItWasWhenTheLastContextIsClosed() {
		this.runner.run((first) -> {
			this.runner.run((second) -> assertThat(second).hasNotFailed());

			assertRefused(client(first).start(() -> flows(first).mono("ada")), first);
		});
		Runnable task = () -> {
		};

		assertThat(Schedulers.onSchedule(task)).isSameAs(task);
	}

	private static void assertRefused(WorkflowHandle<?> run, ApplicationContext context) {
		assertThatExceptionOfType(RuntimeException.class).isThrownBy(run::result)
			.havingRootCause()
			.isInstanceOf(InvalidCallException.class)
			.withMessageStartingWith("KRAFT-1008: step 'Mailer.mail' was called on ")
			.withMessageContaining("works for the code of run '" + run.id() + "'");
		assertThat(outbox(context).sent).isEmpty();
	}

	private static WorkflowClient client(ApplicationContext context) {
		return context.getBean(WorkflowClient.class);
	}

	private static Flows flows(ApplicationContext context) {
		return context.getBean(Flows.class);
	}

	private static Outbox outbox(ApplicationContext context) {
		return context.getBean(Outbox.class);
	}

	static class Outbox {

		private final List<String> sent = new CopyOnWriteArrayList<>();

	}

	static class Mailer {

		private final Outbox outbox;

		Mailer(Outbox outbox) {
			this.outbox = outbox;
		}

		@Step
		String mail(String to) {
			this.outbox.sent.add(to);
			return "mail to " + to;
		}

		@Step
		@Nullable String mailByMono(String to) {
			return Mono.fromCallable(() -> mail(to)).subscribeOn(Schedulers.boundedElastic()).block();
		}

	}

	static class Flows {

		private final Mailer mailer;

		Flows(Mailer mailer) {
			this.mailer = mailer;
		}

		@Workflow
		@Nullable String mono(String to) {
			return Mono.fromCallable(() -> this.mailer.mail(to)).subscribeOn(Schedulers.boundedElastic()).block();
		}

		@Workflow
		Flux<String> flux(String to) {
			return Flux.just(to).publishOn(Schedulers.boundedElastic()).map(this.mailer::mail);
		}

		@Workflow
		String executor(String to) {
			SimpleAsyncTaskExecutor executor = new SimpleAsyncTaskExecutor();
			executor.setVirtualThreads(true);
			return CompletableFuture.supplyAsync(() -> this.mailer.mail(to), executor).join();
		}

		@Workflow
		@Nullable String stepwise(String to) {
			return this.mailer.mailByMono(to);
		}

	}

}
