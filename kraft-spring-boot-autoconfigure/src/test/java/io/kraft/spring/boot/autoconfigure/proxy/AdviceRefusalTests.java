package io.kraft.spring.boot.autoconfigure.proxy;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import io.kraft.workflow.InvalidDefinitionException;
import io.kraft.workflow.Step;
import io.kraft.workflow.Workflow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.cache.annotation.CacheEvict;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.core.annotation.AliasFor;
import org.springframework.resilience.annotation.ConcurrencyLimit;
import org.springframework.resilience.annotation.Retryable;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.event.TransactionalEventListener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Advice of others that would silently take the durability away fails the start.
 */
class AdviceRefusalTests {

	static Stream<Arguments> refused() {
		return Stream.of(refused(AsyncWorkflow.class, "The workflow has @Async: the run would have ended"),
				refused(AsyncClass.class, "The workflow has @Async of its class"),
				refused(AsyncVoidStep.class, "The step has @Async: the step would be recorded as done before"),
				refused(AsyncPlainStep.class, "The step has @Async"),
				refused(AsyncCompensation.class, "The compensation \"undo\" cannot be a step. The step has @Async"),
				refused(TransactionalWorkflow.class, "The workflow has @Transactional: the run would hold"),
				refused(TransactionalClass.class, "The workflow has @Transactional of its class"),
				refused(TransactionalInterface.class, "The workflow has @Transactional"),
				refused(TransactionalByMeta.class, "The workflow has @Transactional"),
				refused(TransactionalByJakarta.class, "The workflow has @Transactional"),
				refused(RetryableWorkflow.class, "The workflow has @Retryable"),
				refused(CacheableWorkflow.class, "The workflow has @Cacheable"),
				refused(EvictingWorkflow.class, "The workflow has @CacheEvict"),
				refused(LimitedWorkflow.class, "The workflow has @ConcurrencyLimit"),
				refused(ScheduledWorkflow.class, "The workflow has @Scheduled"),
				refused(ScheduledStep.class, "The step has @Scheduled: it would be called outside of any run"),
				refused(ListeningWorkflow.class, "The workflow has @TransactionalEventListener"));
	}

	private static Arguments refused(Class<?> type, String fault) {
		return Arguments.of(type, fault);
	}

	@ParameterizedTest
	@MethodSource("refused")
	void adviceThatTakesTheDurabilityAwayFailsTheStart(Class<?> type, String fault) {
		assertThatExceptionOfType(InvalidDefinitionException.class).isThrownBy(() -> TestContext.of(type).close())
			.withMessageStartingWith("KRAFT-1003: 1 problem keeps")
			.withMessageContaining(fault)
			.withMessageContaining(" Fix: ");
	}

	@ParameterizedTest
	@ValueSource(classes = { AsyncFutureStep.class, TransactionalSteps.class, NoTransaction.class,
			NoJakartaTransaction.class, AdvisedStep.class })
	void adviceThatLeavesItDurableIsFine(Class<?> type) {
		try (TestContext context = TestContext.of(type)) {
			assertThat(context.bean(type)).isNotNull();
		}
	}

	@Test
	void allOfThemAreInTheOneReport() {
		assertThatExceptionOfType(InvalidDefinitionException.class)
			.isThrownBy(() -> TestContext.of(AsyncWorkflow.class, ScheduledStep.class, AllOfThem.class).close())
			.withMessageContaining("5 problems keep");
	}

	static class AsyncWorkflow {

		@Async
		@Workflow
		void run() {
		}

	}

	@Async
	static class AsyncClass {

		@Workflow
		public CompletableFuture<String> run() {
			return CompletableFuture.completedFuture("");
		}

	}

	static class AsyncVoidStep {

		@Async
		@Step
		void step() {
		}

	}

	static class AsyncPlainStep {

		@Async
		@Step
		String step() {
			return "";
		}

	}

	static class AsyncFutureStep {

		@Async
		@Step
		CompletableFuture<String> step() {
			return CompletableFuture.completedFuture("");
		}

	}

	static class AsyncCompensation {

		@Step(compensation = "undo")
		void step() {
		}

		@Async
		void undo() {
		}

	}

	static class TransactionalWorkflow {

		@Transactional
		@Workflow
		void run() {
		}

	}

	@Transactional
	static class TransactionalClass {

		@Workflow
		public void run() {
		}

	}

	interface TransactionalApi {

		@Transactional
		void run();

	}

	static class TransactionalInterface implements TransactionalApi {

		@Override
		@Workflow
		public void run() {
		}

	}

	@Transactional
	@Retention(RetentionPolicy.RUNTIME)
	@Target(ElementType.METHOD)
	@interface Atomic {

		@AliasFor(annotation = Transactional.class, attribute = "readOnly")
		boolean readOnly() default false;

	}

	static class TransactionalByMeta {

		@Atomic(readOnly = true)
		@Workflow
		void run() {
		}

	}

	static class TransactionalByJakarta {

		@jakarta.transaction.Transactional
		@Workflow
		void run() {
		}

	}

	@Transactional
	static class NoTransaction {

		@Workflow
		@Transactional(propagation = Propagation.NOT_SUPPORTED)
		public void run() {
		}

		@Step
		public void step() {
		}

	}

	static class NoJakartaTransaction {

		@Workflow
		@jakarta.transaction.Transactional(jakarta.transaction.Transactional.TxType.NEVER)
		public void run() {
		}

	}

	@Transactional
	static class TransactionalSteps {

		@Step
		public void step() {
		}

	}

	static class RetryableWorkflow {

		@Retryable
		@Workflow
		void run() {
		}

	}

	static class CacheableWorkflow {

		@Cacheable("runs")
		@Workflow
		String run() {
			return "";
		}

	}

	static class EvictingWorkflow {

		@CacheEvict("runs")
		@Workflow
		void run() {
		}

	}

	static class LimitedWorkflow {

		@ConcurrencyLimit(1)
		@Workflow
		void run() {
		}

	}

	static class ScheduledWorkflow {

		@Scheduled(fixedDelay = 1000)
		@Workflow
		void run() {
		}

	}

	static class ScheduledStep {

		@Scheduled(fixedDelay = 1000)
		@Step
		void step() {
		}

	}

	static class ListeningWorkflow {

		@TransactionalEventListener
		@Workflow
		void run(String event) {
		}

	}

	static class AdvisedStep {

		@Retryable
		@Cacheable("steps")
		@ConcurrencyLimit(1)
		@Transactional
		@Step
		String step() {
			return "";
		}

	}

	static class AllOfThem {

		@Async
		@Transactional
		@ConcurrencyLimit(1)
		@Workflow
		void run() {
		}

	}

}
