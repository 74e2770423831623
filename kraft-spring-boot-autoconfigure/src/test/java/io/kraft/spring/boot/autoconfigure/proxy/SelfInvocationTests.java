package io.kraft.spring.boot.autoconfigure.proxy;

import io.kraft.workflow.InvalidDefinitionException;
import io.kraft.workflow.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Lookup;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Calls on {@code this} that cannot be journaled.
 */
@ExtendWith(OutputCaptureExtension.class)
class SelfInvocationTests {

	@Test
	void anObjectMadeByABeanMethodIsRefused() {
		assertThatExceptionOfType(InvalidDefinitionException.class).isThrownBy(() -> TestContext.of(MadeByHand.class))
			.withMessageContaining("Bean 'payments', " + Payments.class.getName() + ".charge()")
			.withMessageContaining("It is called on 'this' in SelfInvocationTests.Payments.chargeTwice (line ")
			.withMessageContaining("because the object is made by the method payments")
			.withMessageContaining("@Import(Payments.class) in place of the @Bean method");
	}

	@Test
	void aWarningIsEnoughIfThePropertySaysSo(CapturedOutput output) {
		try (TestContext context = TestContext.of(TestContext.property("kraft.proxy.self-invocation=warn"),
				MadeByHand.class)) {
			context.bean(Payments.class).chargeTwice();

			assertThat(output).contains("Payments.charge: It is called on 'this'").contains("Fix: Let Spring");
			assertThat(context.events()).isEmpty();
		}
	}

	@Test
	void nothingIsSaidIfThePropertySaysSo(CapturedOutput output) {
		try (TestContext context = TestContext.of(TestContext.property("kraft.proxy.self-invocation=ignore"),
				MadeByHand.class)) {
			context.bean(Payments.class).charge();

			assertThat(output).doesNotContain("It is called on 'this'");
			assertThat(context.events()).containsExactly("step Payments.charge[]");
		}
	}

	@Test
	void anUnknownPropertyValueIsRefused() {
		assertThatExceptionOfType(Exception.class)
			.isThrownBy(() -> TestContext.of(TestContext.property("kraft.proxy.self-invocation=perhaps")))
			.havingRootCause()
			.satisfies((cause) -> assertThat(cause).hasMessageContaining("perhaps"));
	}

	@Test
	void anInstanceSupplierIsRefused() {
		assertThatExceptionOfType(InvalidDefinitionException.class)
			.isThrownBy(
					() -> TestContext.of((context) -> context.registerBean("payments", Payments.class, Payments::new)))
			.withMessageContaining("because the object is made by an instance supplier");
	}

	@Test
	void anObjectBehindAnInterfaceIsRefusedWhenItIsMade() {
		assertThatExceptionOfType(Exception.class).isThrownBy(() -> TestContext.of(MadeAsInterface.class))
			.havingRootCause()
			.isInstanceOf(InvalidDefinitionException.class)
			.withMessageContaining("Bean 'api'")
			.withMessageContaining("called on 'this'");
	}

	@Test
	void aLookupMethodIsRefusedTogetherWithACallOnThis() {
		assertThatExceptionOfType(Exception.class).isThrownBy(() -> TestContext.of(WithLookup.class))
			.havingRootCause()
			.isInstanceOf(InvalidDefinitionException.class)
			.withMessageContaining("called on 'this'");
	}

	@Test
	void aFullConfigurationIsRefusedTogetherWithACallOnThis() {
		assertThatExceptionOfType(InvalidDefinitionException.class)
			.isThrownBy(() -> TestContext.of(FullConfiguration.class))
			.withMessageContaining("set proxyBeanMethods to false");
	}

	@Test
	void aLiteConfigurationIsJournaled() {
		try (TestContext context = TestContext.of(LiteConfiguration.class)) {
			context.bean(LiteConfiguration.class).twice();

			assertThat(context.events()).hasSize(2);
		}
	}

	@Test
	void theBeanInjectedIntoItselfIsTheCure() {
		try (TestContext context = TestContext.of(MadeWithSelf.class)) {
			context.bean(WithSelf.class).chargeOnSelf();

			assertThat(context.events()).containsExactly("step WithSelf.charge[]");
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class MadeByHand {

		@Bean
		static Payments payments() {
			return new Payments();
		}

	}

	interface Api {

		void charge();

	}

	static class Payments implements Api {

		void chargeTwice() {
			charge();
			charge();
		}

		@Override
		@Step
		public void charge() {
		}

	}

	static class ApiOnly {

		void twice(boolean first) {
			Runnable call = () -> step(first ? "one" : "two");
			call.run();
		}

		@Step
		void step(String name) {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class MadeAsInterface {

		@Bean
		static Object api() {
			return new ApiOnly();
		}

	}

	static class WithLookup {

		void twice() {
			charge();
		}

		@Step
		void charge() {
		}

		@Lookup
		ApiOnly lookup() {
			throw new UnsupportedOperationException();
		}

	}

	@Configuration
	static class FullConfiguration {

		@Bean
		String text() {
			return "";
		}

		void twice() {
			charge();
		}

		@Step
		void charge() {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class LiteConfiguration {

		void twice() {
			charge();
			charge();
		}

		@Step
		void charge() {
		}

	}

	static class WithSelf {

		@Autowired
		@Lazy
		private WithSelf self;

		void chargeOnSelf() {
			this.self.charge();
		}

		@Step
		void charge() {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class MadeWithSelf {

		@Bean
		static WithSelf withSelf() {
			return new WithSelf();
		}

	}

}
