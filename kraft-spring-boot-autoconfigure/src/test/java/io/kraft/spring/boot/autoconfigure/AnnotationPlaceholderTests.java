package io.kraft.spring.boot.autoconfigure;

import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.kraft.workflow.InvalidDefinitionException;
import io.kraft.workflow.Retry;
import io.kraft.workflow.Schedule;
import io.kraft.workflow.Step;
import io.kraft.workflow.Workflow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Placeholders in each text attribute of each annotation, whichever there are: one that
 * is added to an annotation is found by reflection, and has to be added here.
 */
class AnnotationPlaceholderTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(PropertyPlaceholderAutoConfiguration.class, KraftAutoConfiguration.class))
		.withPropertyValues("kraft.storage.type=memory")
		.withBean("texts", Texts.class);

	/** A value with which the start succeeds, for each attribute. */
	private static final Map<String, String> VALID = Map.ofEntries(Map.entry("Workflow.name", "resolved-workflow"),
			Map.entry("Workflow.id", "'resolved-id'"), Map.entry("Workflow.timeout", "5m"),
			Map.entry("Workflow.retention", "3d"), Map.entry("Step.name", "resolved-step"),
			Map.entry("Step.timeout", "5s"), Map.entry("Step.compensation", "undo"),
			Map.entry("Retry.initialDelay", "1s"), Map.entry("Retry.maxDelay", "2s"), Map.entry("Schedule.cron", ""),
			Map.entry("Schedule.every", "1h"), Map.entry("Schedule.zone", "UTC"));

	@Test
	void eachTextAttributeOfEachAnnotationIsTestedHere() throws Exception {
		Map<String, String> texts = new TreeMap<>();
		textsOf(Texts.class.getDeclaredMethod("run").getAnnotation(Workflow.class), texts);
		textsOf(Texts.class.getDeclaredMethod("run").getAnnotation(Schedule.class), texts);
		Step step = Texts.class.getDeclaredMethod("step").getAnnotation(Step.class);
		textsOf(step, texts);
		textsOf(step.retry(), texts);

		assertThat(texts.keySet()).as("a bean of this test gives each a placeholder")
			.containsExactlyInAnyOrderElementsOf(attributes().toList());
		assertThat(texts).allSatisfy((attribute, value) -> assertThat(value).isEqualTo("${" + attribute + "}"));
		assertThat(VALID.keySet()).containsExactlyInAnyOrderElementsOf(texts.keySet());
	}

	@ParameterizedTest
	@MethodSource("attributes")
	void anUndefinedPropertyIsReportedWithBeanMethodAttributeAndProperty(String attribute) {
		String name = attribute.startsWith("Retry.") ? attribute.replace("Retry.", "retry.")
				: attribute.substring(attribute.indexOf('.') + 1);
		String method = attribute.matches("(Step|Retry)\\..*") ? "step()" : "run()";

		this.runner.withPropertyValues(properties(attribute))
			.run((context) -> assertThat(context).getFailure()
				.isInstanceOf(InvalidDefinitionException.class)
				.hasMessageContaining("1 problem keeps")
				.message()
				.containsPattern("Bean 'texts', " + Pattern.quote(Texts.class.getName() + "." + method) + ": The "
						+ Pattern.quote(name + " \"${" + attribute + "}\"") + " cannot be resolved .*"
						+ Pattern.quote("'" + attribute + "'") + ".* Fix: Define the property"));
	}

	@Test
	void definedPropertiesAreResolved() {
		this.runner.withPropertyValues(properties("none")).run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void anUndefinedPropertyIsReportedWithoutAConfigurerOfPlaceholdersToo() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(KraftAutoConfiguration.class))
			.withPropertyValues("kraft.storage.type=memory")
			.withPropertyValues(properties("Step.name"))
			.withBean("texts", Texts.class)
			.run((context) -> assertThat(context).getFailure()
				.isInstanceOf(InvalidDefinitionException.class)
				.hasMessageContaining("The name \"${Step.name}\" cannot be resolved"));
	}

	private static String[] properties(String except) {
		return VALID.entrySet()
			.stream()
			.filter((valid) -> !valid.getKey().equals(except))
			.map((valid) -> valid.getKey() + "=" + valid.getValue())
			.toArray(String[]::new);
	}

	/** The text attributes of all annotations of the package that applications use. */
	static Stream<String> attributes() throws IOException {
		return Arrays
			.stream(new PathMatchingResourcePatternResolver().getResources("classpath*:io/kraft/workflow/*.class"))
			.map(AnnotationPlaceholderTests::load)
			.filter(Class::isAnnotation)
			.flatMap((type) -> Arrays.stream(type.getDeclaredMethods()))
			.filter(AnnotationPlaceholderTests::isText)
			.map(AnnotationPlaceholderTests::describe)
			.collect(Collectors.toCollection(TreeSet::new))
			.stream();
	}

	private static Class<?> load(Resource resource) {
		String file = String.valueOf(resource.getFilename());
		return ClassUtils.resolveClassName("io.kraft.workflow." + file.substring(0, file.length() - ".class".length()),
				AnnotationPlaceholderTests.class.getClassLoader());
	}

	private static boolean isText(Method attribute) {
		return attribute.getReturnType() == String.class || attribute.getReturnType() == String[].class;
	}

	private static String describe(Method attribute) {
		return attribute.getDeclaringClass().getSimpleName() + "." + attribute.getName();
	}

	private static void textsOf(Annotation annotation, Map<String, String> texts) {
		for (Method attribute : annotation.annotationType().getDeclaredMethods()) {
			if (isText(attribute)) {
				texts.put(describe(attribute), String.valueOf(ReflectionUtils.invokeMethod(attribute, annotation)));
			}
		}
	}

	static class Texts {

		@Workflow(name = "${Workflow.name}", id = "${Workflow.id}", timeout = "${Workflow.timeout}",
				retention = "${Workflow.retention}")
		@Schedule(cron = "${Schedule.cron}", every = "${Schedule.every}", zone = "${Schedule.zone}")
		void run() {
		}

		@Step(name = "${Step.name}", timeout = "${Step.timeout}", compensation = "${Step.compensation}",
				retry = @Retry(initialDelay = "${Retry.initialDelay}", maxDelay = "${Retry.maxDelay}"))
		void step() {
		}

		void undo() {
		}

	}

}
