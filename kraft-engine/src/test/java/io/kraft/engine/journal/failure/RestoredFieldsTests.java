package io.kraft.engine.journal.failure;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.lang.reflect.Constructor;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.kraft.client.WorkflowStatus;
import io.kraft.engine.journal.Failure;
import io.kraft.workflow.KraftException;
import io.kraft.workflow.StepTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The fields of every exception of Kraft that has some.
 */
class RestoredFieldsTests {

	/** The constructors that take more than a message and a cause. */
	static Stream<Constructor<?>> constructors() {
		return new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
			.importPackages("io.kraft.workflow", "io.kraft.client")
			.stream()
			.filter((type) -> type.isAssignableTo(KraftException.class))
			.map(JavaClass::reflect)
			.flatMap((type) -> Arrays.stream(type.getConstructors()))
			.filter((constructor) -> constructor.getParameterCount() > 2
					&& constructor.getParameterTypes()[1] == Throwable.class);
	}

	@ParameterizedTest
	@MethodSource("constructors")
	void aRestoredExceptionHasTheFieldsOfTheRecordedOne(Constructor<?> constructor) throws Exception {
		KraftException original = make(constructor);
		Failure recorded = Failures.record(original);

		KraftException restored = (KraftException) Failures.restoreWithoutTypes(recorded);

		assertThat(original.fields()).hasSize(constructor.getParameterCount() - 2);
		assertThat(restored).hasSameClassAs(original).hasMessage(original.getMessage());
		assertThat(restored.fields()).isEqualTo(original.fields());
		assertThat(valuesOf(restored)).isEqualTo(valuesOf(original)).hasSizeGreaterThanOrEqualTo(1);
		assertThat(Failures.record(restored)).isEqualTo(recorded);
	}

	@ParameterizedTest
	@MethodSource("constructors")
	void fieldsSurviveSerialization(Constructor<?> constructor) throws Exception {
		KraftException original = make(constructor);
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
			out.writeObject(original);
		}

		KraftException read = (KraftException) new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))
			.readObject();

		assertThat(valuesOf(read)).isEqualTo(valuesOf(original));
	}

	@Test
	void aFieldWithATextThatThisVersionDoesNotKnowIsNotKnown() {
		StepTimeoutException exception = new StepTimeoutException("late");

		exception.restoreFields(Map.of("timeout", "a while", "attempt", "last", "runId", "order-7"));

		assertThat(exception.timeout()).isNull();
		assertThat(exception.attempt()).isNull();
		assertThat(exception.runId()).isEqualTo("order-7");
	}

	@Test
	void whatIsRecordedOfFieldsIsBounded() throws IOException {
		Map<String, String> many = new HashMap<>();
		for (int i = 0; i < 100; i++) {
			many.put("field" + i, "x".repeat(10_000));
		}
		StepTimeoutException exception = new StepTimeoutException("late");
		exception.restoreFields(many);

		assertThat(Failures.record(exception).fields()).hasSize(16)
			.allSatisfy((name, value) -> assertThat(value).hasSize(8192).endsWith("(10000 characters)"));
	}

	private static KraftException make(Constructor<?> constructor) throws ReflectiveOperationException {
		Object[] arguments = new Object[constructor.getParameterCount()];
		arguments[0] = "what it says";
		for (int i = 2; i < arguments.length; i++) {
			arguments[i] = sample(constructor.getParameterTypes()[i], i);
		}
		return (KraftException) constructor.newInstance(arguments);
	}

	private static Object sample(Class<?> type, int number) {
		Map<Class<?>, Object> samples = Map.of(String.class, "text " + number, Integer.class, number, Long.class,
				(long) number, int.class, number, boolean.class, false, Duration.class, Duration.ofMillis(number),
				WorkflowStatus.class, WorkflowStatus.PAUSED);
		return Objects.requireNonNull(samples.get(type), type::getName);
	}

	/** What the methods give that are named as the fields. */
	private static Map<String, Object> valuesOf(KraftException exception) throws ReflectiveOperationException {
		Map<String, Object> values = new HashMap<>();
		for (String name : exception.fields().keySet()) {
			values.put(name, exception.getClass().getMethod(name).invoke(exception));
		}
		assertThat(values).doesNotContainValue(null);
		return values;
	}

}
