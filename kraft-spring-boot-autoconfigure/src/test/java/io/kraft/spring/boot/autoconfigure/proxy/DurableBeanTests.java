package io.kraft.spring.boot.autoconfigure.proxy;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.kraft.engine.definition.WorkflowDefinition;
import io.kraft.spring.boot.autoconfigure.definition.DurableBeans;
import io.kraft.spring.boot.autoconfigure.definition.SharedSteps;
import io.kraft.workflow.Step;
import io.kraft.workflow.Workflow;
import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;
import org.springframework.context.support.SimpleThreadScope;
import org.springframework.core.Ordered;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The kinds of beans, and how their workflows are found and called.
 */
@ExtendWith(OutputCaptureExtension.class)
class DurableBeanTests {

	@Test
	void aLazyBeanIsKnownAndStaysLazy() throws Throwable {
		LazyBean.made = 0;
		try (TestContext context = TestContext.of(LazyBean.class)) {
			WorkflowDefinition workflow = onlyWorkflow(context);

			assertThat(workflow.name()).isEqualTo("LazyBean.run");
			assertThat(LazyBean.made).isZero();
			assertThat(workflow.body().call(new Object[] { "a" })).isEqualTo("ran a");
			assertThat(LazyBean.made).isEqualTo(1);
		}
	}

	@Test
	void eachRunOfAPrototypeHasItsOwnObject() throws Throwable {
		try (TestContext context = TestContext.of(PrototypeBean.class)) {
			WorkflowDefinition workflow = onlyWorkflow(context);

			assertThat(workflow.body().call(new Object[0])).isEqualTo(1);
			assertThat(workflow.body().call(new Object[0])).isEqualTo(1);
		}
	}

	@Test
	void aRunGoesThroughTheProxy() throws Throwable {
		try (TestContext context = TestContext.of(LazyBean.class)) {
			onlyWorkflow(context).body().call(new Object[] { "a" });

			assertThat(context.events()).containsExactly("workflow LazyBean.run[a]", "step LazyBean.step[a]");
		}
	}

	@Test
	void aScopedBeanIsAdvisedOnceAtItsTarget() throws Throwable {
		try (TestContext context = TestContext
			.of((spring) -> spring.getBeanFactory().registerScope("thread", new SimpleThreadScope()), Scoped.class)) {
			context.bean(Scoped.class).run();
			onlyWorkflow(context).body().call(new Object[0]);

			assertThat(context.events()).containsExactly("workflow Scoped.run[]", "step Scoped.step[]",
					"workflow Scoped.run[]", "step Scoped.step[]");
		}
	}

	@Test
	void theProductOfAFactoryBeanIsDurable() throws Throwable {
		try (TestContext context = TestContext.of(ProductFactory.class)) {
			context.bean(Product.class).run();

			assertThat(onlyWorkflow(context).name()).isEqualTo("Product.run");
			assertThat(context.events()).containsExactly("workflow Product.run[]");
		}
	}

	@Test
	void annotationsOfAnInterfaceCountAndItsClientIsCalledByIt() throws Throwable {
		try (TestContext context = TestContext.of(ClientConfiguration.class)) {
			assertThat(context.bean(Client.class).fetch("a")).isEqualTo("fetched");
			assertThat(onlyWorkflow(context).body().call(new Object[] { "b" })).isEqualTo("fetched");

			assertThat(context.events()).containsExactly("workflow Client.fetch[a]", "workflow Client.fetch[b]");
		}
	}

	@Test
	void aGenericMethodOfASuperclassIsDurableByEitherName() {
		try (TestContext context = TestContext.of(TextHandler.class)) {
			Handler<String> handler = context.bean(TextHandler.class);

			handler.handleAll(List.of("a"));
			handler.handle("b");

			assertThat(context.events()).containsExactly("step TextHandler.handle[a]", "step TextHandler.handle[b]");
		}
	}

	@Test
	void aProtectedMethodOfAnotherPackageIsDurable() {
		try (TestContext context = TestContext.of(SharedUser.class)) {
			context.bean(SharedUser.class).share();

			assertThat(context.events()).containsExactly("step SharedUser.shared[]");
		}
	}

	@Test
	void aProxyWithinAProxyIsOneChain() {
		try (TestContext context = TestContext.of(DoubleProxies.class)) {
			context.bean(DoubleSteps.class).first();

			assertThat(context.events()).containsExactly("step DoubleSteps.first[]", "outer first", "inner first",
					"step DoubleSteps.second[]", "outer second", "inner second");
		}
	}

	@Test
	void anAnnotatedTypeMeansItsPublicMethods() {
		try (TestContext context = TestContext.of(AllSteps.class)) {
			AllSteps steps = context.bean(AllSteps.class);

			steps.one();
			steps.hidden();
			steps.flow();
			assertThat(steps).hasToString("all");

			assertThat(context.events()).containsExactly("step AllSteps.one[]", "workflow AllSteps.flow[]");
		}
	}

	@Test
	void beansThatNeedEachOtherGetTheProxy() {
		try (TestContext context = TestContext.of((spring) -> spring.setAllowCircularReferences(true), One.class,
				Other.class)) {
			context.bean(One.class).step();
			context.bean(Other.class).call();

			assertThat(context.events()).containsExactly("step One.step[]", "step One.step[]");
			assertThat(context.bean(Other.class).one).isSameAs(context.bean(One.class));
		}
	}

	@Test
	void noBeanIsMadeTooEarly(CapturedOutput output) {
		try (TestContext context = TestContext.of(LazyBean.class)) {
			assertThat(context.spring.isActive()).isTrue();
		}

		assertThat(output).doesNotContain("not eligible for getting processed");
	}

	@Test
	void aMockOfATestIsLeftAlone(CapturedOutput output) {
		LazyBean mock = new LazyBean();
		try (TestContext context = TestContext.of((spring) -> {
			spring.registerBean("mocked", LazyBean.class);
			spring.addBeanFactoryPostProcessor((factory) -> factory.registerSingleton("mocked", mock));
		})) {
			assertThat(context.bean(LazyBean.class)).isSameAs(mock);
			assertThat(output).contains("Bean 'mocked' was there before");
		}
	}

	@Test
	void theTypeOfAnAotContextIsThatOfTheProxy() {
		try (TestContext context = TestContext.of(LazyBean.class)) {
			DurableBeanPostProcessor processor = context.bean(DurableBeanPostProcessor.class);

			assertThat(processor.determineBeanType(LazyBean.class, "lazy").getName()).contains("$$SpringCGLIB$$");
			assertThat(processor.determineBeanType(String.class, "other")).isEqualTo(String.class);
		}
	}

	@Test
	void beansWithoutDurableMethodsHaveNoProxy() {
		try (TestContext context = TestContext.of(Plain.class)) {
			assertThat(context.bean(Plain.class).getClass()).isEqualTo(Plain.class);
		}
	}

	private static WorkflowDefinition onlyWorkflow(TestContext context) {
		assertThat(context.bean(DurableBeans.class).workflows()).hasSize(1);
		return context.bean(DurableBeans.class).workflows().get(0);
	}

	@Lazy
	static class LazyBean {

		static int made;

		LazyBean() {
			made++;
		}

		@Workflow
		String run(String name) {
			return step(name);
		}

		@Step
		String step(String name) {
			return "ran " + name;
		}

	}

	@Scope("prototype")
	static class PrototypeBean {

		private int runs;

		@Workflow
		int run() {
			return ++this.runs;
		}

	}

	@Scope(scopeName = "thread", proxyMode = ScopedProxyMode.TARGET_CLASS)
	static class Scoped {

		@Workflow
		void run() {
			step();
		}

		@Step
		void step() {
		}

	}

	static class Product {

		@Workflow
		public void run() {
		}

	}

	static class ProductFactory implements FactoryBean<Product> {

		@Override
		public Product getObject() {
			return new Product();
		}

		@Override
		public Class<?> getObjectType() {
			return Product.class;
		}

	}

	interface Client {

		@Workflow
		String fetch(String what);

	}

	@Configuration(proxyBeanMethods = false)
	static class ClientConfiguration {

		@Bean
		static Client client() {
			return ProxyFactory.getProxy(Client.class, (MethodInterceptor) (invocation) -> "fetched");
		}

	}

	abstract static class Handler<T> {

		abstract Optional<T> handle(T value);

		void handleAll(List<T> values) {
			values.forEach(this::handle);
		}

	}

	static class TextHandler extends Handler<String> {

		@Override
		@Step
		protected Optional<String> handle(String value) {
			return Optional.of(value);
		}

	}

	@Step
	static class AllSteps implements AutoCloseable {

		public void one() {
		}

		void hidden() {
		}

		@Workflow
		public void flow() {
		}

		@Override
		public void close() {
		}

		@Override
		public String toString() {
			return "all";
		}

	}

	static class SharedUser extends SharedSteps {

		void share() {
			shared();
		}

	}

	static class DoubleSteps {

		@Step
		void first() {
			second();
		}

		@Step
		void second() {
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import(DoubleSteps.class)
	static class DoubleProxies {

		@Bean
		static OrderedProxies proxies(ObjectProvider<RecordingCalls> calls) {
			return new OrderedProxies(calls);
		}

	}

	record OrderedProxies(ObjectProvider<RecordingCalls> calls) implements BeanPostProcessor, Ordered {

		@Override
		public Object postProcessAfterInitialization(Object bean, String beanName) {
			return (bean instanceof DoubleSteps) ? proxy("outer", proxy("inner", bean)) : bean;
		}

		private Object proxy(String name, Object target) {
			ProxyFactory factory = new ProxyFactory(target);
			factory.setProxyTargetClass(true);
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

	static class One {

		@Autowired
		@SuppressWarnings("unused")
		private Other other;

		@Step
		void step() {
		}

	}

	static class Other {

		@Autowired
		private One one;

		void call() {
			this.one.step();
		}

	}

	static class Plain {

		Map<String, String> nothing() {
			return Map.of();
		}

	}

}
