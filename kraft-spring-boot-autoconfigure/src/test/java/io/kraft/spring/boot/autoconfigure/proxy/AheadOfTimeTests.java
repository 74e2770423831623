package io.kraft.spring.boot.autoconfigure.proxy;

import java.util.List;
import java.util.function.Consumer;

import io.kraft.client.OperationView;
import io.kraft.client.WorkflowClient;
import io.kraft.spring.boot.autoconfigure.KraftAutoConfiguration;
import io.kraft.workflow.InvalidDefinitionException;
import io.kraft.workflow.Step;
import io.kraft.workflow.Workflow;
import org.junit.jupiter.api.Test;

import org.springframework.aot.AotDetector;
import org.springframework.aot.test.generate.TestGenerationContext;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.SpringProperties;
import org.springframework.core.test.tools.CompileWithForkedClassLoader;
import org.springframework.core.test.tools.TestCompiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * An application whose beans are made by code that was generated ahead of time, on the
 * JVM.
 */
@CompileWithForkedClassLoader
class AheadOfTimeTests {

	@Test
	void callsBetweenBeansAreJournaled() {
		generated(BetweenBeans.class, (context) -> {
			context.refresh();

			assertThat(context.getBean(Orders.class).process("1")).isEqualTo("charged 1");
			assertThat(context.getBean(WorkflowClient.class).operations("order-1")).extracting(OperationView::kind)
				.containsExactly("start", "step", "end");
		});
	}

	@Test
	void callsOnThisAreRefusedWithTheReason() {
		generated(OnThis.class,
				(context) -> assertThatExceptionOfType(InvalidDefinitionException.class).isThrownBy(context::refresh)
					.withMessageContaining("generated ahead of time")
					.withMessageContaining("Start the application without spring.aot.enabled"));
	}

	private static void generated(Class<?> configuration, Consumer<GenericApplicationContext> test) {
		AnnotationConfigApplicationContext source = new AnnotationConfigApplicationContext();
		configure(source);
		source.register(configuration, KraftAutoConfiguration.class);
		TestGenerationContext generation = new TestGenerationContext(configuration);
		new ApplicationContextAotGenerator().processAheadOfTime(source, generation);
		generation.writeGeneratedContent();
		TestCompiler.forSystem().with(generation).compile((compiled) -> {
			SpringProperties.setFlag(AotDetector.AOT_ENABLED);
			try (GenericApplicationContext context = new GenericApplicationContext()) {
				configure(context);
				initialize(compiled.getInstance(ApplicationContextInitializer.class), context);
				test.accept(context);
			}
			finally {
				SpringProperties.setFlag(AotDetector.AOT_ENABLED, false);
			}
		});
	}

	private static void configure(GenericApplicationContext context) {
		TestPropertyValues.of("kraft.storage.type=memory").applyTo(context.getEnvironment());
	}

	@SuppressWarnings("unchecked") // The generated initializer takes any context.
	private static void initialize(ApplicationContextInitializer<?> initializer, GenericApplicationContext context) {
		((ApplicationContextInitializer<GenericApplicationContext>) initializer).initialize(context);
	}

	@Configuration(proxyBeanMethods = false)
	@Import({ Orders.class, Payments.class })
	public static class BetweenBeans {

	}

	@Configuration(proxyBeanMethods = false)
	@Import(SelfCalling.class)
	public static class OnThis {

	}

	public static class Orders {

		private final List<Payments> payments;

		public Orders(List<Payments> payments) {
			this.payments = payments;
		}

		@Workflow(name = "order", id = "'order-' + #id")
		public String process(String id) {
			return this.payments.getFirst().charge(id);
		}

	}

	public static class Payments {

		@Step(name = "charge")
		public String charge(String id) {
			return "charged " + id;
		}

	}

	public static class SelfCalling {

		@Workflow(name = "order", id = "'order-' + #id")
		public String process(String id) {
			return charge(id);
		}

		@Step(name = "charge")
		public String charge(String id) {
			return "charged " + id;
		}

	}

}
