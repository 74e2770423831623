package io.kraft.spring.boot.autoconfigure.definition;

import java.io.IOException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

import io.kraft.engine.definition.ResultStyle;
import io.kraft.engine.definition.RetryPolicy;
import io.kraft.engine.definition.StepDefinition;
import io.kraft.engine.definition.WorkflowDefinition;
import io.kraft.spring.boot.autoconfigure.definition.DurableMethod.StepMethod;
import io.kraft.spring.boot.autoconfigure.property.Overrides;
import io.kraft.workflow.Delivery;
import io.kraft.workflow.InvalidCallException;
import io.kraft.workflow.Retry;
import io.kraft.workflow.Step;
import io.kraft.workflow.Workflow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.core.annotation.AliasFor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * From annotations to definitions.
 */
@ExtendWith(OutputCaptureExtension.class)
class DefinitionReaderTests {

	private static final RetryPolicy DEFAULTS = new RetryPolicy(7, Duration.ofMillis(70), 3, Duration.ofSeconds(70),
			0.7, List.of());

	@Test
	void aStepWithoutAttributesHasTheDefaults() {
		StepDefinition step = step(Steps.class, "plain");

		assertThat(step.name()).isEqualTo("Steps.plain");
		assertThat(step.retry()).isEqualTo(DEFAULTS);
		assertThat(step.timeout()).isNull();
		assertThat(step.delivery()).isEqualTo(Delivery.AT_LEAST_ONCE);
		assertThat(step.resultStyle()).isEqualTo(ResultStyle.PLAIN);
		assertThat(step.signature().resultType()).isEqualTo(void.class);
		assertThat(step.signature().exceptionTypes()).containsExactly(IOException.class);
		assertThat(step.signature().classLoader()).isEqualTo(Steps.class.getClassLoader());
	}

	@Test
	void retryAttributesAreMergedOneByOne() {
		StepDefinition step = step(Steps.class, "configured");

		assertThat(step.name()).isEqualTo("configured-step");
		assertThat(step.retry())
			.isEqualTo(new RetryPolicy(2, Duration.ofMillis(70), 3, Duration.ofDays(1), 0, List.of(IOException.class)));
		assertThat(step.timeout()).isEqualTo(Duration.ofMillis(200));
		assertThat(step.delivery()).isEqualTo(Delivery.AT_MOST_ONCE);
	}

	@Test
	void aMetaAnnotationPassesItsAttributesOn() {
		assertThat(step(Steps.class, "meta").name()).isEqualTo("by-meta");
		assertThat(step(Steps.class, "meta").retry()).isEqualTo(DEFAULTS.withMaxAttempts(1));
	}

	@Test
	void variablesOfSuperclassesAreResolved() {
		StepDefinition step = step(TextSteps.class, "convert");

		assertThat(step.name()).isEqualTo("TextSteps.convert");
		assertThat(step.signature().parameterTypes())
			.containsExactly(type(new ParameterizedTypeReference<List<String>>() {
			}));
		assertThat(step.signature().resultType())
			.isEqualTo(type(new ParameterizedTypeReference<Map<String, Integer>>() {
			}));
	}

	@Test
	void promisesAreUnwrapped() {
		assertThat(step(TextSteps.class, "stage").resultStyle()).isEqualTo(ResultStyle.COMPLETION_STAGE);
		assertThat(step(TextSteps.class, "stage").signature().resultType()).isEqualTo(String.class);
		assertThat(step(TextSteps.class, "mono").resultStyle()).isInstanceOf(ReactiveResult.class);
		assertThat(step(TextSteps.class, "mono").signature().resultType()).isEqualTo(Integer.class);
		assertThat(step(TextSteps.class, "flux").signature().resultType().getTypeName())
			.isEqualTo("java.util.List<java.lang.String>");
	}

	@Test
	void theIdComesFromTheArguments() {
		Map<String, WorkflowDefinition> workflows = workflows(Workflows.class);

		assertThat(id(workflows, "Workflows.byName", new Order("o-1"))).isEqualTo("o-1");
		assertThat(id(workflows, "Workflows.byNumber", "a", 3L)).isEqualTo("a-3");
		assertThat(id(workflows, "Workflows.random")).isNull();
	}

	@Test
	void anIdThatCannotBeHadSaysWhy() {
		Map<String, WorkflowDefinition> workflows = workflows(Workflows.class);

		assertThatExceptionOfType(InvalidCallException.class)
			.isThrownBy(() -> id(workflows, "Workflows.byName", new Order(null)))
			.withMessageStartingWith("KRAFT-1008: the id \"#order.id\" of workflow 'Workflows.byName' gives null");
		assertThatExceptionOfType(InvalidCallException.class)
			.isThrownBy(() -> id(workflows, "Workflows.byName", new Object[] { null }))
			.withMessageContaining("cannot be evaluated: EL1007E")
			.havingCause()
			.isInstanceOf(org.springframework.expression.EvaluationException.class);
	}

	@Test
	void aRunHasTheTimeoutThatItsAnnotationSays() {
		Map<String, WorkflowDefinition> workflows = workflows(Workflows.class);

		assertThat(workflows.get("Workflows.brief").timeout()).isEqualTo(Duration.ofMinutes(30));
		assertThat(workflows.get("Workflows.random").timeout()).isNull();
	}

	@Test
	void versionsOfOneNameAreSideBySide() {
		assertThat(workflows(Versions.class)).containsOnlyKeys("same", "same2");
	}

	@Test
	void stepsOfOneNameAreWarnedOf(CapturedOutput output) {
		workflows(Overloading.class);

		assertThat(output).contains("several methods are the step 'Overloading.overloaded'");
	}

	private static StepDefinition step(Class<?> type, String method) {
		DurableType durable = new DurableTypes().of(type);
		StepMethod step = durable.methods()
			.stream()
			.filter((candidate) -> candidate.method().getName().equals(method))
			.map(StepMethod.class::cast)
			.findFirst()
			.orElseThrow();
		return new StepReader(DEFAULTS, Overrides.none(), (text) -> text).read(durable, step, (fault, cure) -> {
			throw new AssertionError(fault);
		});
	}

	private static Map<String, WorkflowDefinition> workflows(Class<?> type) {
		DefaultListableBeanFactory beanFactory = new DefaultListableBeanFactory();
		beanFactory.registerBeanDefinition("bean", new RootBeanDefinition(type));
		return new DefinitionScan(beanFactory, new DurableTypes(), Overrides.none(), List.of()).run()
			.workflows()
			.stream()
			.collect(java.util.stream.Collectors.toMap(
					(workflow) -> workflow.name() + ((workflow.version() > 1) ? workflow.version() : ""),
					(workflow) -> workflow));
	}

	private static String id(Map<String, WorkflowDefinition> workflows, String name, Object... arguments) {
		return workflows.get(name).idOf().apply(arguments);
	}

	private static Type type(ParameterizedTypeReference<?> reference) {
		return reference.getType();
	}

	@Retention(RetentionPolicy.RUNTIME)
	@Step(retry = @Retry(maxAttempts = 1))
	@interface OnceOnly {

		@AliasFor(annotation = Step.class, attribute = "name")
		String value();

	}

	static class Steps {

		@Step
		void plain() throws IOException {
		}

		@Step(name = "configured-step", timeout = "200ms", delivery = Delivery.AT_MOST_ONCE,
				retry = @Retry(maxAttempts = 2, maxDelay = "1d", jitter = 0, noRetryFor = IOException.class))
		void configured() {
		}

		@OnceOnly("by-meta")
		void meta() {
		}

	}

	abstract static class Converter<A, B> {

		@Step
		Map<A, B> convert(List<A> values) {
			return Map.of();
		}

		@Step
		abstract CompletionStage<A> stage();

		@Step
		abstract Mono<B> mono();

		@Step
		abstract Flux<A> flux();

	}

	abstract static class TextSteps extends Converter<String, Integer> {

	}

	record Order(String id) {
	}

	static class Workflows {

		@Workflow(id = "#order.id")
		void byName(Order order) {
		}

		@Workflow(id = "#p0 + '-' + #a1")
		void byNumber(String name, long number) {
		}

		@Workflow
		void random() {
		}

		@Workflow(timeout = "30m", retention = "1d")
		void brief() {
		}

	}

	static class Versions {

		@Workflow(name = "same")
		void one() {
		}

		@Workflow(name = "same", version = 2)
		void two() {
		}

	}

	static class Overloading {

		@Step
		void overloaded() {
		}

		@Step
		void overloaded(String text) {
		}

	}

}
