package io.kraft.spring.boot.autoconfigure.proxy;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import io.kraft.workflow.Step;
import io.kraft.workflow.Workflow;
import jakarta.annotation.PostConstruct;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Scope;
import org.springframework.core.PriorityOrdered;
import org.springframework.stereotype.Service;
import org.springframework.test.util.AopTestUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Calls on {@code this}.
 */
class SelfCallTests {

	@Test
	void aStepCalledOnThisIsJournaled() {
		try (TestContext context = TestContext.of(Orders.class)) {
			String receipt = context.bean(Orders.class).process("a");

			assertThat(receipt).isEqualTo("shipped charged a");
			assertThat(context.events()).containsExactly("workflow Orders.process[a]", "step Orders.charge[a]",
					"step Orders.ship[charged a]");
		}
	}

	@Test
	void callsInLambdasAndMethodReferencesAreJournaled() {
		try (TestContext context = TestContext.of(Lambdas.class)) {
			context.bean(Lambdas.class).process();

			assertThat(context.events()).containsExactly("workflow Lambdas.process[]", "step Lambdas.one[]",
					"step Lambdas.one[]", "step Lambdas.one[]");
		}
	}

	@Test
	void aStepThatCallsItselfComesThroughTheProxyEachTime() {
		try (TestContext context = TestContext.of(Recursive.class)) {
			assertThat(context.bean(Recursive.class).factorial(3)).isEqualTo(6);

			assertThat(context.events()).containsExactly("step Recursive.factorial[3]", "step Recursive.factorial[2]",
					"step Recursive.factorial[1]");
		}
	}

	@Test
	void anExceptionLeavesNothingBehind() {
		try (TestContext context = TestContext.of(Failing.class)) {
			Failing failing = context.bean(Failing.class);

			assertThatIllegalStateException().isThrownBy(failing::outer).withMessage("boom");
			assertThatIllegalStateException().isThrownBy(failing::outer).withMessage("boom");

			assertThat(context.events()).containsExactly("step Failing.outer[]", "step Failing.inner[]",
					"step Failing.outer[]", "step Failing.inner[]");
		}
	}

	@Test
	void eachAttemptIsARealCall() {
		try (TestContext context = TestContext.of(Orders.class)) {
			context.calls.attempts = 3;
			Orders orders = context.bean(Orders.class);

			orders.process("a");

			assertThat(orders.charged()).isEqualTo(3);
		}
	}

	@Test
	void callsBeforeThereIsAProxyArePlain() {
		try (TestContext context = TestContext.of(Early.class)) {
			assertThat(context.events()).isEmpty();

			context.bean(Early.class).later();

			assertThat(context.events()).containsExactly("step Early.step[later]");
		}
	}

	@Test
	void eachPrototypeGoesThroughItsOwnProxy() {
		try (TestContext context = TestContext.of(Prototype.class)) {
			Prototype one = context.bean(Prototype.class);
			Prototype other = context.bean(Prototype.class);

			one.add();
			one.add();
			other.add();

			assertThat(one.count()).isEqualTo(2);
			assertThat(other.count()).isEqualTo(1);
			assertThat(context.events()).hasSize(3);
		}
	}

	@Test
	void threadsDoNotMistakeEachOthersCalls() throws Exception {
		try (TestContext context = TestContext.of(Orders.class); ExecutorService threads = threads()) {
			Orders orders = context.bean(Orders.class);
			Callable<String> call = () -> orders.process("a");

			for (Future<String> result : threads.invokeAll(java.util.Collections.nCopies(200, call))) {
				assertThat(result.get()).isEqualTo("shipped charged a");
			}

			assertThat(context.events()).hasSize(600);
		}
	}

	@Test
	void constructorInjectionAndCallsOnASuperclassWork() {
		try (TestContext context = TestContext.of(Orders.class, Derived.class)) {
			context.bean(Derived.class).twice();

			assertThat(context.events()).containsExactly("step Derived.inherited[1]", "step Derived.overridden[2]",
					"workflow Orders.process[x]", "step Orders.charge[x]", "step Orders.ship[charged x]");
		}
	}

	@Test
	void aSpyOfATestSeesTheRealCall() {
		try (TestContext context = TestContext.of(Orders.class, SpyPostProcessor.class)) {
			Orders orders = context.bean(Orders.class);
			Orders spy = AopTestUtils.getTargetObject(orders);

			orders.charge("a");

			Mockito.verify(spy).charge("a");
			assertThat(context.events()).containsExactly("step Orders.charge[a]");
		}
	}

	@Test
	void aStubOfATestLeavesNothingBehind() {
		try (TestContext context = TestContext.of(Orders.class, SpyPostProcessor.class)) {
			Orders orders = context.bean(Orders.class);
			Mockito.doReturn("stubbed").when((Orders) AopTestUtils.getTargetObject(orders)).charge("a");

			assertThat(orders.charge("a")).isEqualTo("stubbed");
			assertThat(orders.charge("b")).isEqualTo("charged b");

			assertThat(context.events()).containsExactly("step Orders.charge[a]", "step Orders.charge[b]");
		}
	}

	@Test
	void theObjectIsOfASubclassWithTheSameAnnotations() {
		try (TestContext context = TestContext.of(Orders.class)) {
			assertThat(AopUtils.isCglibProxy(context.bean(Orders.class))).isTrue();
			assertThat(AopUtils.getTargetClass(context.bean(Orders.class)).getName())
				.startsWith(Orders.class.getName() + "$$Kraft$$");
			assertThat(AopUtils.getTargetClass(context.bean(Orders.class))).hasAnnotation(Service.class);
		}
	}

	@Test
	void twoContextsShareNoState() {
		try (TestContext one = TestContext.of(Orders.class); TestContext other = TestContext.of(Orders.class)) {
			one.bean(Orders.class).process("a");

			assertThat(one.events()).hasSize(3);
			assertThat(other.events()).isEmpty();
		}
	}

	private static ExecutorService threads() {
		return Executors.newVirtualThreadPerTaskExecutor();
	}

	@Service
	static class Orders {

		private int charged;

		@Workflow
		String process(String order) {
			return ship(charge(order));
		}

		@Step
		synchronized String charge(String order) {
			this.charged++;
			return "charged " + order;
		}

		@Step
		protected String ship(String payment) {
			return "shipped " + payment;
		}

		int charged() {
			return this.charged;
		}

	}

	static class SpyPostProcessor implements BeanPostProcessor, PriorityOrdered {

		@Override
		public Object postProcessAfterInitialization(Object bean, String beanName) {
			return (bean instanceof Orders) ? Mockito.spy(bean) : bean;
		}

		@Override
		public int getOrder() {
			return HIGHEST_PRECEDENCE;
		}

	}

	static class Lambdas {

		@Workflow
		public void process() {
			Runnable lambda = () -> one();
			lambda.run();
			Runnable reference = this::one;
			reference.run();
			new Runnable() {

				@Override
				public void run() {
					one();
				}

			}.run();
		}

		@Step
		void one() {
		}

	}

	static class Recursive {

		@Step
		int factorial(int number) {
			return (number <= 1) ? 1 : number * factorial(number - 1);
		}

	}

	static class Failing {

		@Step
		void outer() {
			inner();
		}

		@Step
		void inner() {
			throw new IllegalStateException("boom");
		}

	}

	static class Early {

		@SuppressWarnings("this-escape")
		Early() {
			step("constructor");
		}

		@PostConstruct
		void start() {
			step("started");
		}

		void later() {
			step("later");
		}

		@Step
		void step(String when) {
		}

	}

	@Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
	static class Prototype {

		private int count;

		void add() {
			increment();
		}

		@Step
		void increment() {
			this.count++;
		}

		int count() {
			return this.count;
		}

	}

	static class Base {

		@Step
		public void inherited(int number) {
		}

		@Step
		public void overridden(int number) {
		}

	}

	static class Derived extends Base {

		private final Orders orders;

		@Autowired
		Derived(@Lazy Orders orders) {
			this.orders = orders;
		}

		void twice() {
			inherited(1);
			overridden(2);
			this.orders.process("x");
		}

		@Override
		public void overridden(int number) {
			super.overridden(number);
		}

	}

}
