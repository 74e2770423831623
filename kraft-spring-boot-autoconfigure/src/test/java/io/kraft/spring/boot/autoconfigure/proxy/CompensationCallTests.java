package io.kraft.spring.boot.autoconfigure.proxy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.kraft.workflow.Step;
import io.kraft.workflow.Workflow;
import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.aop.TargetSource;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;
import org.springframework.context.support.SimpleThreadScope;
import org.springframework.core.Ordered;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A compensation is called on the object that its step was called on, whatever stands
 * before that.
 */
class CompensationCallTests {

	@Test
	void itGetsTheArgumentsAndTheResultOfItsStep() throws Throwable {
		try (TestContext context = TestContext.of(Shipping.class)) {
			context.bean(Shipping.class).open("a");

			context.calls.undo();

			assertThat(context.events()).containsExactly("step Shipping.open[a]", "undo Shipping.cancelOpen[a, of a]",
					"cancelled a, of a");
		}
	}

	@Test
	void stepsCalledOnThisAreUndoneToo() throws Throwable {
		try (TestContext context = TestContext.of(Shipping.class)) {
			context.bean(Shipping.class).process();

			context.calls.undo();

			assertThat(context.events()).containsExactly("workflow Shipping.process[]", "step Shipping.open[b]",
					"step Shipping.hidden[c]", "undo Shipping.cancelHidden[c]", "cancelled c",
					"undo Shipping.cancelOpen[b, of b]", "cancelled b, of b");
		}
	}

	@Test
	void theFieldsAreSetAndTheAdviceAppliesWhereTheProxyHasTheMethod() throws Throwable {
		try (TestContext context = TestContext.of(AdvisedByClass.class)) {
			Shipping shipping = context.bean(Shipping.class);
			shipping.open("a");
			shipping.hidden("b");
			shipping.unmodifiable("c");
			shipping.shared("d");
			context.events().clear();

			context.calls.undo();

			assertThat(context.events()).containsExactly("undo Shipping.cancelShared[calls]", "static",
					"undo Shipping.cancelUnmodifiable[c]", "cancelled c", "undo Shipping.cancelHidden[b]",
					"cancelled b", "undo Shipping.cancelOpen[a, of a]", "outer cancelOpen", "inner cancelOpen",
					"cancelled a, of a");
		}
	}

	@Test
	void anAnnotatedOneComesThroughTheProxy() throws Throwable {
		try (TestContext context = TestContext.of(Shipping.class)) {
			context.bean(Shipping.class).annotated("a");

			context.calls.undo();

			assertThat(context.events()).containsExactly("step Shipping.annotated[a]", "undo by-name[a]",
					"step by-name[a]", "cancelled a");
		}
	}

	@Test
	void whatItCallsOnThisComesThroughTheProxy() throws Throwable {
		try (TestContext context = TestContext.of(Shipping.class)) {
			context.bean(Shipping.class).nested("a");

			context.calls.undo();

			assertThat(context.events()).containsExactly("step Shipping.nested[a]", "undo Shipping.cancelNested[a]",
					"step by-name[a]", "cancelled a");
		}
	}

	@Test
	void whatItThrowsIsNotWrapped() {
		try (TestContext context = TestContext.of(Shipping.class)) {
			context.bean(Shipping.class).failing();

			assertThatExceptionOfType(InterruptedException.class).isThrownBy(context.calls::undo).withMessage("again");
		}
	}

	@Test
	void ofAPromiseItGetsTheValue() throws Throwable {
		try (TestContext context = TestContext.of(Promises.class)) {
			Promises promises = context.bean(Promises.class);
			promises.stage();
			promises.mono().block();
			promises.flux();
			context.events().clear();

			context.calls.undo();

			assertThat(context.events()).containsExactly("undo Promises.undoAll[[x, y]]", "undo Promises.undo[mono]",
					"undo Promises.undo[stage]");
		}
	}

	@Test
	void eachPrototypeUndoesItsOwn() throws Throwable {
		try (TestContext context = TestContext.of(Counting.class)) {
			Counting one = context.bean(Counting.class);
			Counting other = context.bean(Counting.class);
			one.add();
			one.add();
			other.add();

			context.calls.undo();

			assertThat(one.undone()).isEqualTo(2);
			assertThat(other.undone()).isEqualTo(1);
		}
	}

	@Test
	void aScopedBeanUndoesItsOwn() throws Throwable {
		try (TestContext context = TestContext.of(
				(spring) -> spring.getBeanFactory().registerScope("thread", new SimpleThreadScope()),
				ScopedCounting.class)) {
			ScopedCounting counting = context.bean(ScopedCounting.class);
			counting.add();

			context.calls.undo();

			assertThat(counting.undone()).isEqualTo(1);
		}
	}

	@Test
	void anObjectOfABeanMethodUndoesItsOwn() throws Throwable {
		try (TestContext context = TestContext.of(ByBeanMethod.class)) {
			CountingSteps counting = context.bean(CountingSteps.class);
			counting.add();

			context.calls.undo();

			assertThat(counting.undone()).isEqualTo(1);
		}
	}

	@Test
	void behindAProxyOfInterfacesTheObjectIsReached() throws Throwable {
		try (TestContext context = TestContext.of(AdvisedByInterfaces.class)) {
			Api api = context.bean(Api.class);
			api.first("a");
			api.second("b");
			context.events().clear();

			context.calls.undo();

			assertThat(context.events()).containsExactly("undo Implementation.undoSecond[b]", "undone b",
					"undo Implementation.undoFirst[a]", "outer undoFirst", "inner undoFirst", "undone a");
		}
	}

	@Test
	void behindAChangingTargetTheObjectIsReachedAndReleased() throws Throwable {
		try (TestContext context = TestContext.of(Pooled.class)) {
			context.bean(CountingSteps.class).add();
			Pool pool = context.bean(Pool.class);
			int releasedBefore = pool.released;

			context.calls.undo();

			assertThat(pool.target.undone()).isEqualTo(1);
			assertThat(pool.released).isEqualTo(releasedBefore + 1);
		}
	}

	@Test
	void whatTheDefinitionPromisesMayLackTheMethodThatTheObjectHas() throws Throwable {
		try (TestContext context = TestContext.of(PromisedByInterface.class)) {
			context.bean(Undoable.class).step();

			context.calls.undo();

			assertThat(context.events()).endsWith("undone");
		}
	}

	@Test
	void aClientMadeOfItsInterfaceIsCalledByThat() throws Throwable {
		try (TestContext context = TestContext.of(ClientConfiguration.class)) {
			context.bean(Client.class).book("a");

			context.calls.undo();

			assertThat(context.events()).containsExactly("step Client.book[a]", "called book",
					"undo Client.cancel[a, booked]", "called cancel");
		}
	}

	@Test
	void onlyAStepWithTheAttributeIsUndone() throws Throwable {
		try (TestContext context = TestContext.of(Shipping.class)) {
			context.bean(Shipping.class).byName("a");
			context.events().clear();

			context.calls.undo();

			assertThat(context.events()).isEmpty();
		}
	}

	static class Shipping {

		private final RecordingCalls calls;

		Shipping(RecordingCalls calls) {
			this.calls = calls;
		}

		@Workflow
		void process() {
			open("b");
			hidden("c");
		}

		@Step(compensation = "cancelOpen")
		String open(String order) {
			return "of " + order;
		}

		void cancelOpen(String order, String result) {
			this.calls.add("cancelled " + order + ", " + result);
		}

		@Step(compensation = "cancelHidden")
		void hidden(String order) {
		}

		@SuppressWarnings("UnusedMethod")
		private void cancelHidden(String order) {
			this.calls.add("cancelled " + order);
		}

		@Step(compensation = "cancelUnmodifiable")
		void unmodifiable(String order) {
		}

		public final void cancelUnmodifiable(String order) {
			this.calls.add("cancelled " + order);
		}

		@Step(compensation = "cancelShared")
		RecordingCalls shared(String order) {
			return this.calls;
		}

		static void cancelShared(RecordingCalls result) {
			result.add("static");
		}

		@Step(compensation = "byName")
		void annotated(String order) {
		}

		@Step(name = "by-name")
		void byName(String order) {
			this.calls.add("cancelled " + order);
		}

		@Step(compensation = "cancelNested")
		void nested(String order) {
		}

		@SuppressWarnings("UnusedMethod")
		private void cancelNested(String order) {
			byName(order);
		}

		@Step(compensation = "fail")
		void failing() {
		}

		void fail() throws InterruptedException {
			throw new InterruptedException("again");
		}

	}

	static class Promises {

		@Step(compensation = "undo")
		CompletionStage<String> stage() {
			return CompletableFuture.completedFuture("stage");
		}

		@Step(compensation = "undo")
		Mono<String> mono() {
			return Mono.just("mono");
		}

		@Step(compensation = "undoAll")
		Flux<String> flux() {
			return Flux.just("x", "y");
		}

		void undo(String value) {
		}

		void undoAll(java.util.List<String> values) {
		}

	}

	static class CountingSteps {

		private int undone;

		@Step(compensation = "undo")
		void add() {
		}

		@SuppressWarnings("UnusedMethod")
		private void undo() {
			this.undone++;
		}

		int undone() {
			return this.undone;
		}

	}

	@Scope("prototype")
	static class Counting extends CountingSteps {

	}

	@Scope(scopeName = "thread", proxyMode = ScopedProxyMode.TARGET_CLASS)
	static class ScopedCounting extends CountingSteps {

	}

	@Configuration(proxyBeanMethods = false)
	static class ByBeanMethod {

		@Bean
		static CountingSteps counting() {
			return new CountingSteps();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import(Shipping.class)
	static class AdvisedByClass {

		@Bean
		static DoubleProxies proxies(ObjectProvider<RecordingCalls> calls) {
			return new DoubleProxies(calls, Shipping.class, true);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import(Implementation.class)
	static class AdvisedByInterfaces {

		@Bean
		static DoubleProxies proxies(ObjectProvider<RecordingCalls> calls) {
			return new DoubleProxies(calls, Implementation.class, false);
		}

	}

	record DoubleProxies(ObjectProvider<RecordingCalls> calls, Class<?> type,
			boolean byClass) implements BeanPostProcessor, Ordered {

		@Override
		public Object postProcessAfterInitialization(Object bean, String beanName) {
			return this.type.isInstance(bean) ? proxy("outer", proxy("inner", bean)) : bean;
		}

		private Object proxy(String name, Object target) {
			ProxyFactory factory = new ProxyFactory(target);
			factory.setProxyTargetClass(this.byClass);
			factory.addAdvice((MethodInterceptor) (invocation) -> {
				this.calls.getObject().add(name + " " + invocation.getMethod().getName());
				return invocation.proceed();
			});
			return factory.getProxy();
		}

		@Override
		public int getOrder() {
			return 0;
		}

	}

	interface Api {

		void first(String text);

		void second(String text);

		void undoFirst(String text);

	}

	static class Implementation implements Api {

		private final RecordingCalls calls;

		Implementation(RecordingCalls calls) {
			this.calls = calls;
		}

		@Override
		@Step(compensation = "undoFirst")
		public void first(String text) {
		}

		@Override
		@Step(compensation = "undoSecond")
		public void second(String text) {
		}

		@Override
		public void undoFirst(String text) {
			this.calls.add("undone " + text);
		}

		public void undoSecond(String text) {
			this.calls.add("undone " + text);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Pooled {

		@Bean
		static Pool pool() {
			return new Pool();
		}

		@Bean
		static CountingSteps pooled(Pool pool) {
			ProxyFactory factory = new ProxyFactory();
			factory.setTargetSource(pool.source());
			factory.setProxyTargetClass(true);
			return (CountingSteps) factory.getProxy();
		}

	}

	static final class Pool {

		private final CountingSteps target = new CountingSteps();

		private int released;

		TargetSource source() {
			return new TargetSource() {

				@Override
				public Class<?> getTargetClass() {
					return CountingSteps.class;
				}

				@Override
				public Object getTarget() {
					return Pool.this.target;
				}

				@Override
				public void releaseTarget(Object target) {
					Pool.this.released++;
				}

			};
		}

	}

	interface Undoable {

		@Step(compensation = "undo")
		void step();

	}

	@Configuration(proxyBeanMethods = false)
	static class PromisedByInterface {

		@Bean
		static Undoable undoable(RecordingCalls calls) {
			return new Undoable() {

				@Override
				public void step() {
				}

				@SuppressWarnings("UnusedMethod")
				private void undo() {
					calls.add("undone");
				}

			};
		}

	}

	interface Client {

		@Step(compensation = "cancel")
		String book(String what);

		void cancel(String what, String booking);

	}

	@Configuration(proxyBeanMethods = false)
	static class ClientConfiguration {

		@Bean
		static Client client(RecordingCalls calls) {
			return ProxyFactory.getProxy(Client.class, (MethodInterceptor) (invocation) -> {
				calls.add("called " + invocation.getMethod().getName());
				return invocation.getMethod().getName().equals("book") ? "booked" : null;
			});
		}

	}

}
