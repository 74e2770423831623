package io.kraft.spring.boot.autoconfigure;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import io.kraft.client.StartOptions;
import io.kraft.client.WorkflowClient;
import io.kraft.client.WorkflowHandle;
import io.kraft.workflow.Retry;
import io.kraft.workflow.Step;
import io.kraft.workflow.Workflow;
import io.kraft.workflow.WorkflowContext;
import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.Test;

import org.springframework.aop.Advisor;
import org.springframework.aop.framework.autoproxy.DefaultAdvisorAutoProxyCreator;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.annotation.AnnotationMatchingPointcut;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.cache.concurrent.ConcurrentMapCacheManager;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.resilience.annotation.ConcurrencyLimit;
import org.springframework.resilience.annotation.EnableResilientMethods;
import org.springframework.resilience.annotation.Retryable;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What advice of others means on workflows and steps where it may be. Every wait unloads
 * the run, so that what is said of replays is seen.
 */
class AdviceCombinationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(KraftAutoConfiguration.class))
		.withPropertyValues("kraft.storage.type=memory", "kraft.engine.max-parked-workflows=0",
				"kraft.defaults.step.retry.initial-delay=0s")
		.withUserConfiguration(Application.class)
		.withBean(Steps.class)
		.withBean(Workflows.class);

	@Test
	void anAsynchronousStepIsRecordedWithItsValue() {
		run((workflows) -> assertThat(workflows.asynchronous()).isEqualTo("later later"),
				(log) -> assertThat(log).containsExactly("later"));
	}

	@Test
	void aRetryableStepRepeatsWithinOneAttempt() {
		run((workflows) -> assertThat(workflows.retryable()).isEqualTo("attempt 1, call 3"),
				(log) -> assertThat(log).containsExactly("call 1", "call 2", "call 3"));
	}

	@Test
	void aHitInTheCacheIsRecordedAsTheResultOfItsStep() {
		run((workflows) -> assertThat(workflows.cached()).isEqualTo("lamp lamp"),
				(log) -> assertThat(log).containsExactly("cached lamp"));
	}

	@Test
	void aLimitedStepIsRecorded() {
		run((workflows) -> assertThat(workflows.limited()).isEqualTo("limited"),
				(log) -> assertThat(log).containsExactly("limited"));
	}

	@Test
	void anEventRunsItsWorkflowAndItsPublisherWaits() {
		this.runner.run((context) -> {
			context.publishEvent(new Ordered("lamp"));

			assertThat(context.getBean(Log.class).lines).containsExactly("order lamp");
			assertThat(context.getBean(WorkflowClient.class).find("ordered-lamp")).isPresent();
		});
	}

	@Test
	void aStepThatListensIsAnOperationOfTheRunThatPublishes() {
		this.runner.run((context) -> {
			WorkflowClient client = context.getBean(WorkflowClient.class);
			Workflows workflows = context.getBean(Workflows.class);
			WorkflowHandle<Object> run = client.start(StartOptions.defaults().id("publisher"), () -> {
				workflows.publishing();
				return null;
			});
			run.result();

			assertThat(context.getBean(Log.class).lines).as("replayed, not entered").containsExactly("packed lamp");
			assertThat(client.operations("publisher"))
				.anySatisfy((operation) -> assertThat(operation.name()).isEqualTo("packing"));
		});
	}

	@Test
	void anAspectIsAroundEachPassOfAWorkflowAndEachAttemptOfAStep() {
		run((workflows) -> assertThat(workflows.watched()).isEqualTo("done"), (log) -> assertThat(log)
			.containsExactly("around watched", "around step", "step 1", "around step", "step 2", "around watched"));
	}

	private void run(Consumer<Workflows> call, Consumer<List<String>> check) {
		this.runner.run((context) -> {
			call.accept(context.getBean(Workflows.class));
			check.accept(context.getBean(Log.class).lines);
		});
	}

	record Ordered(String item) {
	}

	record Packed(String item) {
	}

	@interface Marker {

	}

	@java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME)
	@interface Watched {

		String value();

	}

	static final class Log {

		final List<String> lines = new CopyOnWriteArrayList<>();

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAsync
	@EnableCaching
	@EnableResilientMethods
	static class Application {

		@Bean
		static Log log() {
			return new Log();
		}

		@Bean
		static ConcurrentMapCacheManager cacheManager() {
			return new ConcurrentMapCacheManager();
		}

		@Bean
		static DefaultAdvisorAutoProxyCreator autoProxyCreator() {
			DefaultAdvisorAutoProxyCreator creator = new DefaultAdvisorAutoProxyCreator();
			creator.setProxyTargetClass(true);
			return creator;
		}

		@Bean
		static Advisor aspect(Log log) {
			return new DefaultPointcutAdvisor(AnnotationMatchingPointcut.forMethodAnnotation(Watched.class),
					(MethodInterceptor) (call) -> {
						log.lines.add("around " + call.getMethod().getAnnotation(Watched.class).value());
						return call.proceed();
					});
		}

	}

	static class Steps {

		private final Log log;

		private final AtomicInteger calls = new AtomicInteger();

		Steps(Log log) {
			this.log = log;
		}

		@Async
		@Step
		CompletableFuture<String> later() {
			this.log.lines.add("later");
			return CompletableFuture.completedFuture("later");
		}

		@Retryable(delay = 0, maxRetries = 3)
		@Step
		String flaky() {
			this.log.lines.add("call " + this.calls.incrementAndGet());
			if (this.calls.get() < 3) {
				throw new IllegalStateException("not yet");
			}
			return "attempt " + io.kraft.workflow.StepContext.current().attempt() + ", call " + this.calls.get();
		}

		@Cacheable("items")
		@Step
		String cached(String item) {
			this.log.lines.add("cached " + item);
			return item;
		}

		@ConcurrencyLimit(1)
		@Step
		String limited() {
			this.log.lines.add("limited");
			return "limited";
		}

		@EventListener
		@Step(name = "packing")
		void packing(Packed event) {
			this.log.lines.add("packed " + event.item());
		}

		@Watched("step")
		@Step(retry = @Retry(maxAttempts = 2))
		String watched() {
			this.log.lines.add("step " + this.calls.incrementAndGet());
			if (this.calls.get() < 2) {
				throw new IllegalStateException("not yet");
			}
			return "done";
		}

	}

	static class Workflows {

		private final Steps steps;

		private final WorkflowContext workflow;

		private final ApplicationEventPublisher events;

		private final Log log;

		Workflows(Steps steps, WorkflowContext workflow, ApplicationEventPublisher events, Log log) {
			this.steps = steps;
			this.workflow = workflow;
			this.events = events;
			this.log = log;
		}

		@Workflow
		String asynchronous() {
			String value = this.steps.later().join();
			pause();
			return value + " " + value;
		}

		@Workflow
		String retryable() {
			String value = this.steps.flaky();
			pause();
			return value;
		}

		@Workflow
		String cached() {
			String first = this.steps.cached("lamp");
			String second = this.steps.cached("lamp");
			pause();
			return first + " " + second;
		}

		@Workflow
		String limited() {
			String value = this.steps.limited();
			pause();
			return value;
		}

		@EventListener
		@Workflow(id = "'ordered-' + #event.item")
		void ordered(Ordered event) {
			this.workflow.sideEffect("log", () -> this.log.lines.add("order " + event.item()));
			pause();
		}

		@Workflow
		void publishing() {
			this.events.publishEvent(new Packed("lamp"));
			pause();
		}

		@Watched("watched")
		@Workflow
		String watched() {
			String value = this.steps.watched();
			pause();
			return value;
		}

		private void pause() {
			this.workflow.sleep(java.time.Duration.ofMillis(50));
		}

	}

}
