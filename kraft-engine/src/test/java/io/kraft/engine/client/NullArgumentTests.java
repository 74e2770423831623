package io.kraft.engine.client;

import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.kraft.client.EnqueueOptions;
import io.kraft.client.IfExists;
import io.kraft.client.ReplayCheckQuery;
import io.kraft.client.StartOptions;
import io.kraft.client.StorageOperations;
import io.kraft.client.WorkflowClient;
import io.kraft.client.WorkflowHandle;
import io.kraft.client.WorkflowQuery;
import io.kraft.client.WorkflowStatus;
import io.kraft.engine.testing.TestEngine;
import io.kraft.workflow.InvalidCallException;
import io.kraft.workflow.ThrowingRunnable;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A null for any parameter that is not declared to take one is refused with the names of
 * the parameter and of the method, before anything is done. All methods are found by
 * reflection: a new one, or a new parameter, has to keep to it.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class NullArgumentTests {

	private static final List<Class<?>> INTERFACES = List.of(WorkflowClient.class, WorkflowHandle.class,
			StorageOperations.class);

	private static final List<Class<?>> RECORDS = List.of(StartOptions.class, EnqueueOptions.class, WorkflowQuery.class,
			ReplayCheckQuery.class);

	private static final Map<Class<?>, Object> SAMPLES = Map.ofEntries(Map.entry(String.class, "x"),
			Map.entry(Class.class, String.class), Map.entry(Duration.class, Duration.ofSeconds(1)),
			Map.entry(Instant.class, Instant.EPOCH), Map.entry(Path.class, Path.of("x")),
			Map.entry(Optional.class, Optional.empty()), Map.entry(Map.class, Map.of()), Map.entry(Set.class, Set.of()),
			Map.entry(IfExists.class, IfExists.ATTACH), Map.entry(StartOptions.class, StartOptions.defaults()),
			Map.entry(EnqueueOptions.class, EnqueueOptions.defaults()),
			Map.entry(WorkflowQuery.class, WorkflowQuery.all()),
			Map.entry(ReplayCheckQuery.class, ReplayCheckQuery.all()), Map.entry(int.class, 1),
			Map.entry(long.class, 1L), Map.entry(boolean.class, false), Map.entry(Object[].class, new Object[0]),
			Map.entry(WorkflowStatus[].class, new WorkflowStatus[0]),
			Map.entry(Callable.class, (Callable<?>) () -> "x"),
			Map.entry(ThrowingRunnable.class, (ThrowingRunnable) () -> {
			}), Map.entry(Consumer.class, (Consumer<?>) (event) -> {
			}), Map.entry(Runnable.class, (Runnable) () -> {
			}));

	private final TestEngine engine = new TestEngine();

	@AfterEach
	void close() {
		this.engine.close();
	}

	/** Of methods and constructors, each parameter that must not be null. */
	static List<Missing> missing() {
		Stream<Executable> methods = Stream.concat(INTERFACES.stream(), RECORDS.stream())
			.map(Class::getDeclaredMethods)
			.flatMap(Arrays::stream)
			.filter((method) -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic())
			.filter((method) -> !method.getName().equals("equals"))
			.map(Executable.class::cast);
		Stream<Executable> constructors = RECORDS.stream().map(Class::getConstructors).flatMap(Arrays::stream);
		return Stream.concat(methods, constructors).flatMap(NullArgumentTests::missing).toList();
	}

	private static Stream<Missing> missing(Executable method) {
		return Stream.iterate(0, (i) -> i < method.getParameterCount(), (i) -> i + 1)
			.filter((i) -> !method.getParameterTypes()[i].isPrimitive() && !isNullable(method, i))
			.map((i) -> new Missing(method, i));
	}

	private static boolean isNullable(Executable method, int parameter) {
		AnnotatedType type = method.getParameters()[parameter].getAnnotatedType();
		return type.isAnnotationPresent(Nullable.class);
	}

	@ParameterizedTest
	@MethodSource("missing")
	void isRefusedByName(Missing missing) {
		this.engine.start();
		Parameter parameter = missing.method().getParameters()[missing.parameter()];
		String type = missing.method().getDeclaringClass().getSimpleName();
		String name = (missing.method() instanceof Method method) ? type + "." + method.getName() : type;

		assertRefused(() -> call(missing), "argument '" + parameter.getName() + "'", "of " + name);
	}

	@Test
	void aNullWithinAnArgumentIsRefusedByItsName() {
		Map<String, String> noValue = Collections.singletonMap("region", null);
		Map<String, String> noKey = Collections.singletonMap(null, "north");

		assertRefused(() -> StartOptions.defaults().tags(noValue), "'tags[region]'", "StartOptions.tags");
		assertRefused(() -> StartOptions.defaults().tags(noKey), "a key of tags", "StartOptions.tags");
		assertRefused(() -> EnqueueOptions.defaults().tags(noValue), "'tags[region]'", "EnqueueOptions.tags");
		assertRefused(() -> WorkflowQuery.all().status(WorkflowStatus.PAUSED, null), "an element of statuses",
				"WorkflowQuery.status");
	}

	@Test
	void whatMayBeNullIsNotRefused() {
		this.engine.workflow("echo", String.class, (argument) -> {
			this.engine.client();
			return String.valueOf(argument);
		}).start();

		assertThat(this.engine.client().start("echo", StartOptions.defaults(), (Object) null).result())
			.isEqualTo("null");
	}

	private static void assertRefused(ThrowingCallable call, String... parts) {
		assertThatExceptionOfType(InvalidCallException.class).isThrownBy(call)
			.withMessageStartingWith("KRAFT-1008: ")
			.withMessageContainingAll(parts);
	}

	private void call(Missing missing) throws Throwable {
		Object[] arguments = Stream.of(missing.method().getParameterTypes()).map(SAMPLES::get).toArray();
		arguments[missing.parameter()] = null;
		try {
			switch (missing.method()) {
				case Method method -> method.invoke(target(method), arguments);
				case Constructor<?> constructor -> constructor.newInstance(arguments);
			}
		}
		catch (InvocationTargetException ex) {
			throw ex.getCause();
		}
	}

	private Object target(Method method) {
		Class<?> type = method.getDeclaringClass();
		if (type == WorkflowClient.class) {
			return this.engine.client();
		}
		if (type == WorkflowHandle.class) {
			return this.engine.client().handle("x");
		}
		return (type == StorageOperations.class) ? this.engine.engine().storage() : SAMPLES.get(type);
	}

	record Missing(Executable method, int parameter) {

		@Override
		public String toString() {
			return this.method.getDeclaringClass().getSimpleName() + "." + this.method.getName() + "("
					+ this.method.getParameters()[this.parameter] + ")";
		}

	}

}
