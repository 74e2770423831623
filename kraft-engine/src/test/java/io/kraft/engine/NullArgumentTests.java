package io.kraft.engine;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.kraft.client.StartOptions;
import io.kraft.engine.testing.TestEngine;
import io.kraft.workflow.Callback;
import io.kraft.workflow.DurableFuture;
import io.kraft.workflow.InvalidCallException;
import io.kraft.workflow.NotInWorkflowException;
import io.kraft.workflow.StepContext;
import io.kraft.workflow.ThrowingRunnable;
import io.kraft.workflow.TypeRef;
import io.kraft.workflow.WorkflowContext;
import io.kraft.workflow.WorkflowState;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A null for an argument of what the code of a workflow calls: each method of it, each
 * argument that must have a value.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class NullArgumentTests {

	private final WorkflowContext workflow = WorkflowContext.ofCallingRun();

	private final TestEngine engine = new TestEngine();

	private final AtomicReference<@Nullable Throwable> thrown = new AtomicReference<>();

	private volatile @Nullable DurableFuture<String> future;

	private volatile @Nullable Callback<String> callback;

	private volatile Callable<?> call = () -> "x";

	@BeforeEach
	void start() {
		this.engine.workflow("probe", String.class, (argument) -> {
			this.callback = this.workflow.callback(String.class);
			this.future = this.workflow.async(() -> "x");
			this.workflow.state().set("key", "x");
			attempt();
			return this.engine.step("step", String.class, () -> {
				attempt();
				return "x";
			});
		}).start();
	}

	@AfterEach
	void close() {
		this.engine.close();
	}

	static Stream<Argument> arguments() {
		return Stream
			.of(WorkflowContext.class, DurableFuture.class, Callback.class, WorkflowState.class, StepContext.class)
			.flatMap((type) -> Arrays.stream(type.getDeclaredMethods()))
			.filter((method) -> Modifier.isPublic(method.getModifiers()))
			.flatMap((method) -> IntStream.range(0, method.getParameterCount())
				.mapToObj((index) -> new Argument(method, index)))
			.filter(Argument::isRequired);
	}

	@ParameterizedTest
	@MethodSource("arguments")
	void isRefusedWithItsNameAndThatOfTheMethodAndNothingIsDone(Argument argument) {
		List<String> operations = operationsWith(() -> null);

		assertThat(operationsWith(() -> argument.method().invoke(target(argument.method()), argument.values())))
			.isEqualTo(operations);

		assertThat(this.thrown.get()).isInstanceOf(InvalidCallException.class)
			.hasMessageStartingWith("KRAFT-1008: the argument '" + argument.name() + "' of "
					+ argument.method().getDeclaringClass().getSimpleName() + "." + argument.method().getName()
					+ "(…) is null, but must not be. ")
			.hasMessageContaining("; nothing was done. ");
	}

	@Test
	void anElementOfAListIsRefusedToo() {
		operationsWith(() -> this.workflow.parallel(Arrays.asList(() -> "x", null)));
		assertThat(this.thrown.get()).isInstanceOf(InvalidCallException.class)
			.hasMessageContaining("'an element of codes' of WorkflowContext.parallel(…)");

		operationsWith(() -> DurableFuture.anyOf(this.future, null));
		assertThat(this.thrown.get()).isInstanceOf(InvalidCallException.class)
			.hasMessageContaining("'an element of futures' of DurableFuture.anyOf(…)");
	}

	/** Those of a run that makes the call. */
	private List<String> operationsWith(Callable<?> call) {
		this.thrown.set(null);
		this.call = call;
		String id = this.engine.client().start("probe", StartOptions.defaults(), "x").id();
		this.engine.finish(this.engine.client().handle(id));
		return this.engine.client()
			.operations(id)
			.stream()
			.map((operation) -> operation.position() + " " + operation.kind() + " " + operation.name())
			.toList();
	}

	/** In the workflow, and in a step: each method can be called in one of them. */
	private void attempt() {
		try {
			this.call.call();
		}
		catch (Exception ex) {
			Throwable cause = (ex instanceof InvocationTargetException called) ? called.getCause() : ex;
			if (!(cause instanceof NotInWorkflowException)) {
				this.thrown.set(cause);
			}
		}
	}

	private @Nullable Object target(Method method) {
		if (Modifier.isStatic(method.getModifiers())) {
			return null;
		}
		return Map
			.<Class<?>, Supplier<@Nullable Object>>of(WorkflowContext.class, () -> this.workflow, DurableFuture.class,
					() -> this.future, Callback.class, () -> this.callback, WorkflowState.class, this.workflow::state,
					StepContext.class, StepContext::current)
			.get(method.getDeclaringClass())
			.get();
	}

	/**
	 * An argument that is null, of a method whose other arguments are not.
	 */
	record Argument(Method method, int index) {

		private static final Map<Class<?>, Object> VALUES = Map.of(String.class, "key", Object.class, "x", Class.class,
				String.class, TypeRef.class, new TypeRef<String>() {
				}, Duration.class, Duration.ZERO, Instant.class, Instant.EPOCH, List.class, List.of(), Object[].class,
				new Object[0], Callable.class, (Callable<?>) () -> "x", ThrowingRunnable.class,
				(ThrowingRunnable) () -> {
				});

		/**
		 * Not that of an array of futures, for which the compiler takes no plain null.
		 */
		boolean isRequired() {
			return !this.method.getParameterTypes()[this.index].equals(DurableFuture[].class)
					&& !this.method.getAnnotatedParameterTypes()[this.index].isAnnotationPresent(Nullable.class);
		}

		String name() {
			return this.method.getParameters()[this.index].getName();
		}

		@Nullable Object[] values() {
			@Nullable Object[] values = Stream.of(this.method.getParameterTypes()).map(VALUES::get).toArray();
			values[this.index] = null;
			return values;
		}

		@Override
		public String toString() {
			return this.method.toGenericString() + " without " + name();
		}

	}

}
