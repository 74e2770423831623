package io.kraft.spring.boot.autoconfigure.definition;

import java.io.IOException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.kraft.engine.definition.Compensation;
import io.kraft.engine.definition.ResultStyle;
import io.kraft.engine.definition.RetryPolicy;
import io.kraft.engine.definition.StepDefinition;
import io.kraft.spring.boot.autoconfigure.definition.DurableMethod.StepMethod;
import io.kraft.spring.boot.autoconfigure.property.Overrides;
import io.kraft.workflow.Delivery;
import io.kraft.workflow.Retry;
import io.kraft.workflow.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * From the name of a compensation to the method that is meant, and to what it gets.
 */
@ExtendWith(OutputCaptureExtension.class)
@SuppressWarnings({ "UnusedMethod", "UnusedVariable" }) // They are called by the names in
														// annotations.
class CompensationReaderTests {

	private static final RetryPolicy DEFAULTS = new RetryPolicy(7, Duration.ofMillis(70), 3, Duration.ofSeconds(70),
			0.7, List.of());

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			toAll            | all(String, Integer, Long)
			toArguments      | arguments(String, Integer)
			toResult         | result(Long)
			toNothing        | nothing()
			withoutResult    | text(String)
			withoutArguments | text(String)
			withNeither      | nothing()
			stage            | text(String)
			mono             | text(String)
			flux             | texts(List)
			emptyMono        | text(String)
			toPrimitives     | primitives(Integer, long)
			toObjects        | objects(Object, Number)
			toCollection     | collection(Collection)
			toValues         | values(List, Object)
			toLongest        | overloaded(String, Long)
			toMostSpecific   | specific(String, Long)
			toBothOfOneType  | same(String, String)
			toHidden         | hidden(String)
			toUnmodifiable   | unmodifiable(String)
			toStatic         | ofTheClass(String)
			toInherited      | inherited(String)
			toInterface      | ofAnInterface(String)
			inSuperclass     | ofTheSuperclass(String)
			overridden       | ofTheSuperclass(String)
			""")
	void theMethodIsFoundByItsParameters(String step, String expected) {
		Method method = compensation(Steps.class, step).method();

		assertThat(method.getName() + CompensationParameters.describe(List.of(method.getParameterTypes())))
			.isEqualTo(expected);
	}

	@Test
	void itGetsWhatItsParametersSay() {
		assertThat(arguments("toAll")).containsExactly("a", 1, 2L);
		assertThat(arguments("toArguments")).containsExactly("a", 1);
		assertThat(arguments("toResult")).containsExactly(2L);
		assertThat(arguments("toNothing")).isEmpty();
	}

	@Test
	void theArgumentsOfTheStepAreLeftAsTheyAre() {
		Object[] stepArguments = { "a", 1 };

		Object[] arguments = compensation(Steps.class, "toArguments").on(new Object())
			.arguments()
			.of(stepArguments, null);
		arguments[0] = "changed";

		assertThat(stepArguments).containsExactly("a", 1);
	}

	@Test
	void variablesOfASuperclassAreResolved() {
		CompensationMethod compensation = compensation(TextSteps.class, "handle");

		assertThat(compensation.method().getDeclaringClass()).isEqualTo(TextSteps.class);
		assertThat(compensation.step().signature().parameterTypes()).containsExactly(String.class, Integer.class);
		assertThat(compensation.step().name()).isEqualTo("TextSteps.undo");
	}

	@Test
	void theNearerOfTwoPrivateMethodsIsMeant() {
		assertThat(compensation(Nearer.class, "step").method().getDeclaringClass()).isEqualTo(Nearer.class);
	}

	@Test
	void aPlainMethodIsAStepWithDefaults() {
		StepDefinition step = compensation(Steps.class, "toAll").step();

		assertThat(step.name()).isEqualTo("Steps.all");
		assertThat(step.retry()).isEqualTo(DEFAULTS);
		assertThat(step.timeout()).isNull();
		assertThat(step.delivery()).isEqualTo(Delivery.AT_LEAST_ONCE);
		assertThat(step.resultStyle()).isEqualTo(ResultStyle.COMPLETION_STAGE);
		assertThat(step.signature().resultType()).isEqualTo(Boolean.class);
		assertThat(step.signature().parameterTypes()).containsExactly(String.class, Integer.class, Long.class);
		assertThat(step.signature().exceptionTypes()).containsExactly(IOException.class);
		assertThat(step.compensation()).isNull();
	}

	@Test
	void anAnnotatedMethodKeepsItsAttributes() {
		StepDefinition step = compensation(Steps.class, "toAnnotated").step();

		assertThat(step.name()).isEqualTo("undo-by-hand");
		assertThat(step.retry()).isEqualTo(DEFAULTS.withMaxAttempts(3));
		assertThat(step.timeout()).isEqualTo(Duration.ofSeconds(5));
		assertThat(step.delivery()).isEqualTo(Delivery.AT_MOST_ONCE);
	}

	@Test
	void theCompensationIsThatStep() {
		CompensationMethod method = compensation(Steps.class, "toAll");

		Compensation compensation = method.on(new Object());

		assertThat(compensation.step()).isEqualTo(method.step());
	}

	@Test
	void aStepWithoutTheAttributeHasNone() {
		assertThat(read(Steps.class, "byHand", new ArrayList<>())).isEmpty();
	}

	@Test
	void aProblemIsReportedWithTheParametersThatWouldDo() {
		List<String> problems = new ArrayList<>();

		assertThat(read(Wrong.class, "missing", problems)).isEmpty();
		assertThat(read(Wrong.class, "unfit", problems)).isEmpty();
		assertThat(read(Wrong.class, "otherElements", problems)).isEmpty();

		assertThat(problems).containsExactly(
				"The compensation \"nowhere\" is not a method of the bean's class. "
						+ "Add a method 'nowhere' that takes (String, Integer) or (String) or (Integer) or nothing, "
						+ "or correct the name.",
				"The compensation \"unfitting\" takes (Long) or (String, Integer, Long), "
						+ "which does not match what the step provides. Let it take (String) or nothing.",
				"The compensation \"numbers\" takes (List<Integer>), which does not match what the step provides. "
						+ "Let it take (List<String>) or nothing.");
	}

	@Test
	void methodsThatTheBeansCodeCannotCallAreNotMeant() {
		List<String> problems = new ArrayList<>();

		assertThat(read(Outsider.class, "other", problems)).isEmpty();
		assertThat(read(Outsider.class, "toObject", problems)).isEmpty();

		assertThat(problems).hasSize(2)
			.allSatisfy((problem) -> assertThat(problem).contains("is not a method of the bean's class"));
	}

	@Test
	void anAbstractTypeIsReadWhenItsObjectIsThere() {
		DefaultListableBeanFactory beanFactory = new DefaultListableBeanFactory();
		RootBeanDefinition definition = new RootBeanDefinition(CompensationReaderTests.class);
		definition.setFactoryMethodName("promise");
		beanFactory.registerBeanDefinition("bean", definition);

		assertThat(
				new DefinitionScan(beanFactory, new DurableTypes(), Overrides.none(), List.of()).run().contains("bean"))
			.isTrue();
	}

	@Test
	void overloadsOfOneNameAreWarnedOfAndTwoUsesOfOneMethodAreNot(CapturedOutput output) {
		DefaultListableBeanFactory beanFactory = new DefaultListableBeanFactory();
		beanFactory.registerBeanDefinition("bean", new RootBeanDefinition(Shared.class));

		new DefinitionScan(beanFactory, new DurableTypes(), Overrides.none(), List.of()).run();

		assertThat(output).contains("several methods are the step 'Shared.undo'").doesNotContain("'Shared.close'");
	}

	static Promise promise() {
		return () -> {
		};
	}

	private static Object[] arguments(String step) {
		return compensation(Steps.class, step).on(new Object()).arguments().of(new Object[] { "a", 1 }, 2L);
	}

	private static CompensationMethod compensation(Class<?> type, String method) {
		List<String> problems = new ArrayList<>();
		Optional<CompensationMethod> found = read(type, method, problems);
		assertThat(problems).isEmpty();
		return found.orElseThrow();
	}

	private static Optional<CompensationMethod> read(Class<?> type, String method, List<String> problems) {
		DurableType durable = new DurableTypes().of(type);
		StepMethod step = durable.methods()
			.stream()
			.filter((candidate) -> candidate.method().getName().equals(method))
			.map(StepMethod.class::cast)
			.findFirst()
			.orElseThrow();
		return new CompensationReader(new StepReader(DEFAULTS, Overrides.none(), (text) -> text)).read(durable, step,
				(fault, cure) -> problems.add(fault + " " + cure));
	}

	interface Undoing {

		default void ofAnInterface(String text) {
		}

	}

	static class Base {

		@Step(compensation = "ofTheSuperclass")
		void inSuperclass(String text) {
		}

		@Step(compensation = "ofTheSuperclass")
		String overridden() {
			return "";
		}

		private void ofTheSuperclass(String text) {
		}

		void inherited(String text) {
		}

	}

	static class Steps extends Base implements Undoing {

		@Step(compensation = "all")
		Long toAll(String text, Integer number) {
			return 0L;
		}

		CompletionStage<Boolean> all(String text, Integer number, Long result) throws IOException {
			throw new IOException();
		}

		@Step(compensation = "arguments")
		Long toArguments(String text, Integer number) {
			return 0L;
		}

		void arguments(String text, Integer number) {
		}

		@Step(compensation = "result")
		Long toResult(String text, Integer number) {
			return 0L;
		}

		void result(Long result) {
		}

		@Step(compensation = "nothing")
		Long toNothing(String text, Integer number) {
			return 0L;
		}

		void nothing() {
		}

		@Step(compensation = "text")
		void withoutResult(String text) {
		}

		@Step(compensation = "text")
		String withoutArguments() {
			return "";
		}

		@Step(compensation = "nothing")
		void withNeither() {
		}

		@Step(compensation = "text")
		CompletionStage<String> stage() {
			return CompletableFuture.completedFuture("");
		}

		@Step(compensation = "text")
		Mono<String> mono() {
			return Mono.just("");
		}

		@Step(compensation = "texts")
		Flux<String> flux() {
			return Flux.just("");
		}

		@Step(compensation = "text")
		Mono<Void> emptyMono(String text) {
			return Mono.empty();
		}

		void text(String text) {
		}

		void texts(List<String> texts) {
		}

		@Step(compensation = "primitives")
		Long toPrimitives(int number) {
			return 0L;
		}

		void primitives(Integer number, long result) {
		}

		@Step(compensation = "objects")
		Long toObjects(String text) {
			return 0L;
		}

		void objects(Object text, Number result) {
		}

		@Step(compensation = "collection")
		void toCollection(List<String> texts) {
		}

		void collection(Collection<? extends CharSequence> texts) {
		}

		@Step(compensation = "values")
		<T> void toValues(List<T> values, T value) {
		}

		<T> void values(List<T> values, T value) {
		}

		@Step(compensation = "overloaded")
		Long toLongest(String text) {
			return 0L;
		}

		void overloaded() {
		}

		void overloaded(String text) {
		}

		void overloaded(Long result) {
		}

		void overloaded(String text, Long result) {
		}

		void overloaded(String text, Long result, Object other) {
		}

		@Step(compensation = "specific")
		Long toMostSpecific(String text) {
			return 0L;
		}

		void specific(Object text, Long result) {
		}

		void specific(String text, Long result) {
		}

		void specific(String text, Object result) {
		}

		@Step(compensation = "same")
		String toBothOfOneType(String text) {
			return "";
		}

		void same(String text) {
		}

		void same(String text, String result) {
		}

		@Step(compensation = "hidden")
		void toHidden(String text) {
		}

		private void hidden(String text) {
		}

		@Step(compensation = "unmodifiable")
		void toUnmodifiable(String text) {
		}

		public final void unmodifiable(String text) {
		}

		@Step(compensation = "ofTheClass")
		void toStatic(String text) {
		}

		static void ofTheClass(String text) {
		}

		@Step(compensation = "inherited")
		void toInherited(String text) {
		}

		@Step(compensation = "ofAnInterface")
		void toInterface(String text) {
		}

		@Override
		String overridden() {
			return super.overridden();
		}

		@Step(compensation = "byHand")
		void toAnnotated() {
		}

		@Step(name = "undo-by-hand", timeout = "5s", delivery = Delivery.AT_MOST_ONCE, retry = @Retry(maxAttempts = 3))
		void byHand() {
		}

	}

	abstract static class Converter<A, B> {

		@Step(compensation = "undo")
		B handle(A value) {
			throw new IllegalStateException();
		}

		abstract void undo(A value, B result);

	}

	static class TextSteps extends Converter<String, Integer> {

		@Override
		void undo(String value, Integer result) {
		}

	}

	static class Further {

		private void undo(String text) {
		}

		@Step(compensation = "undo")
		void step(String text) {
			undo(text);
		}

	}

	static class Nearer extends Further {

		private void undo(String text) {
		}

		void other(String text) {
			undo(text);
		}

	}

	static class Wrong {

		@Step(compensation = "nowhere")
		Integer missing(String text) {
			return 0;
		}

		@Step(compensation = "unfitting")
		void unfit(String text) {
		}

		void unfitting(Long number) {
		}

		void unfitting(String text, Integer number, Long result) {
		}

		@Step(compensation = "numbers")
		void otherElements(List<String> texts) {
		}

		void numbers(List<Integer> numbers) {
		}

	}

	static class Outsider extends Further {

		@Step(compensation = "undo")
		void other(String text) {
		}

		@Step(compensation = "toString")
		void toObject() {
		}

	}

	interface Promise {

		@Step(compensation = "undo")
		void step();

	}

	static class Shared {

		@Step(compensation = "close")
		void first() {
		}

		@Step(compensation = "close")
		void second() {
		}

		void close() {
		}

		@Step(compensation = "undo")
		void third(String text) {
		}

		@Step(compensation = "undo")
		void fourth(Long number) {
		}

		void undo(String text) {
		}

		void undo(Long number) {
		}

	}

}
