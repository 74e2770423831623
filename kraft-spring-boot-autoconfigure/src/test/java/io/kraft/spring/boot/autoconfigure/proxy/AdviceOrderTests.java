package io.kraft.spring.boot.autoconfigure.proxy;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

import io.kraft.workflow.Step;
import org.junit.jupiter.api.Test;

import org.springframework.aop.framework.Advised;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.cache.concurrent.ConcurrentMapCache;
import org.springframework.cache.concurrent.ConcurrentMapCacheManager;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.resilience.annotation.EnableResilientMethods;
import org.springframework.resilience.annotation.Retryable;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Kraft's advice is the outermost, for calls from outside and on {@code this}.
 */
class AdviceOrderTests {

	@Test
	void theStepIsOutsideOfItsTransaction() {
		try (TestContext context = TestContext.of(Application.class, Payments.class)) {
			context.bean(Payments.class).charge("a");

			assertThat(context.events()).containsExactly("step Payments.charge[a]", "begin", "charge", "commit");
		}
	}

	@Test
	void aCallOnThisHasItsTransactionToo() {
		try (TestContext context = TestContext.of(Application.class, Payments.class)) {
			context.bean(Payments.class).chargeOnThis("a");

			assertThat(context.events()).containsExactly("step Payments.charge[a]", "begin", "charge", "commit");
		}
	}

	@Test
	void aCallOnThisIsRetriedAsSpringIsTold() {
		try (TestContext context = TestContext.of(Application.class, Payments.class)) {
			context.bean(Payments.class).flakyOnThis();

			assertThat(context.events()).containsExactly("step Payments.flaky[]", "begin", "flaky 1", "rollback",
					"begin", "flaky 2", "commit");
		}
	}

	@Test
	void theStepIsOutsideOfItsThread() {
		try (TestContext context = TestContext.of(Application.class, Payments.class)) {
			String thread = context.bean(Payments.class).asyncOnThis().join();

			assertThat(thread).startsWith("async-");
			assertThat(context.events()).containsExactly("step Payments.async[]", "begin", "async", "commit");
		}
	}

	@Test
	void theStepIsOutsideOfItsCache() {
		try (TestContext context = TestContext.of(Application.class, Payments.class)) {
			Payments payments = context.bean(Payments.class);

			payments.cachedOnThis("a");
			payments.cachedOnThis("a");

			assertThat(context.events()).containsExactly("step Payments.cached[a]", "cache", "cached",
					"step Payments.cached[a]", "cache");
		}
	}

	@Test
	void theAdviceIsAppliedOnceAndAtBothEnds() {
		try (TestContext context = TestContext.of(Application.class, Payments.class)) {
			Advised advised = (Advised) context.bean(Payments.class);

			assertThat(List.of(advised.getAdvisors())).first().isInstanceOf(DurableAdvisor.class);
			assertThat(List.of(advised.getAdvisors())).last().isInstanceOf(DurableAdvisor.class);
			assertThat(Stream.of(advised.getAdvisors()).filter(DurableAdvisor.class::isInstance)).hasSize(2);
		}
	}

	@Test
	void aProxyOfInterfacesIsCompletedToo() {
		try (TestContext context = TestContext.of(InterfaceApplication.class, InterfacePayments.class)) {
			PaymentsApi payments = context.bean(PaymentsApi.class);

			payments.both("a");

			assertThat(java.lang.reflect.Proxy.isProxyClass(payments.getClass())).isTrue();
			assertThat(context.events()).containsExactly("step InterfacePayments.both[a]", "begin",
					"step InterfacePayments.charge[a]", "charge", "commit");
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableTransactionManagement
	@EnableAsync
	@EnableCaching
	@EnableResilientMethods
	static class Application {

		@Bean
		static PlatformTransactionManager transactionManager(RecordingCalls calls) {
			return new RecordingTransactions(calls);
		}

		@Bean
		static Executor taskExecutor() {
			return Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("async-", 0).factory());
		}

		@Bean
		static ConcurrentMapCacheManager cacheManager(RecordingCalls calls) {
			return new ConcurrentMapCacheManager() {

				@Override
				protected ConcurrentMapCache createConcurrentMapCache(String name) {
					return new ConcurrentMapCache(name) {

						@Override
						public ValueWrapper get(Object key) {
							calls.add("cache");
							return super.get(key);
						}

						@Override
						public <T> T get(Object key, Callable<T> loader) {
							calls.add("cache");
							return super.get(key, loader);
						}

					};
				}

			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableTransactionManagement(proxyTargetClass = false)
	static class InterfaceApplication {

		@Bean
		static PlatformTransactionManager transactionManager(RecordingCalls calls) {
			return new RecordingTransactions(calls);
		}

	}

	interface PaymentsApi {

		String charge(String order);

		String both(String order);

	}

	static class InterfacePayments implements PaymentsApi {

		private final RecordingCalls calls;

		InterfacePayments(RecordingCalls calls) {
			this.calls = calls;
		}

		@Override
		@Step
		public String charge(String order) {
			this.calls.add("charge");
			return order;
		}

		@Override
		@Step
		@Transactional
		public String both(String order) {
			return charge(order);
		}

	}

	static class Payments {

		private final RecordingCalls calls;

		private int failures = 1;

		Payments(RecordingCalls calls) {
			this.calls = calls;
		}

		void chargeOnThis(String order) {
			charge(order);
		}

		@Step
		@Transactional
		void charge(String order) {
			this.calls.add("charge");
		}

		void flakyOnThis() {
			flaky();
		}

		@Step
		@Transactional
		@Retryable(maxRetries = 2, delay = 0)
		protected void flaky() {
			this.calls.add("flaky " + this.failures++);
			if (this.failures == 2) {
				throw new IllegalStateException("first attempt");
			}
		}

		CompletableFuture<String> asyncOnThis() {
			return async();
		}

		@Step
		@Transactional
		@Async
		CompletableFuture<String> async() {
			this.calls.add("async");
			return CompletableFuture.completedFuture(Thread.currentThread().getName());
		}

		String cachedOnThis(String key) {
			return cached(key);
		}

		@Step
		@Cacheable("payments")
		String cached(String key) {
			this.calls.add("cached");
			return key;
		}

	}

	@SuppressWarnings("serial")
	private static final class RecordingTransactions extends AbstractPlatformTransactionManager {

		private final transient RecordingCalls calls;

		RecordingTransactions(RecordingCalls calls) {
			this.calls = calls;
		}

		@Override
		protected Object doGetTransaction() {
			return new Object();
		}

		@Override
		protected void doBegin(Object transaction, TransactionDefinition definition) {
			this.calls.add("begin");
		}

		@Override
		protected void doCommit(DefaultTransactionStatus status) {
			this.calls.add("commit");
		}

		@Override
		protected void doRollback(DefaultTransactionStatus status) {
			this.calls.add("rollback");
		}

	}

}
