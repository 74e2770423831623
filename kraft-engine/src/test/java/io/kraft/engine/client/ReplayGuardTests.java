package io.kraft.engine.client;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.kraft.client.WorkflowClient;
import io.kraft.client.WorkflowHandle;
import io.kraft.engine.testing.TestEngine;
import io.kraft.workflow.InvalidCallException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a client changes is refused in the code of a workflow.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ReplayGuardTests {

	/** They change nothing. */
	private static final Set<String> READING = Set.of("checkReplay", "failure", "handle", "find", "list", "journal",
			"inspect", "operations", "export", "messages", "subscribe", "watch", "queues", "schedules", "id", "result",
			"resultAsync", "published", "status", "describe");

	private static final Set<String> STARTING = Set.of("start", "startAsync", "enqueue", "enqueueAsync");

	private final TestEngine engine = new TestEngine();

	@AfterEach
	void close() {
		this.engine.close();
	}

	@Test
	void everyMethodThatChangesSomethingIsRefusedInTheCodeOfAWorkflow() {
		Map<String, String> answers = new TreeMap<>();
		this.engine.workflow("caller", String.class, (argument) -> {
			changing().forEach((method) -> answers.put(method.toString(), call(method)));
			return "called";
		}).start();

		assertThat(this.engine.run("caller", "c", "x").result()).isEqualTo("called");

		assertThat(answers).hasSizeGreaterThan(18).allSatisfy((method, answer) -> {
			assertThat(answer).as(method).contains("by the code of run 'c'", "step", "kraft-1008");
			if (method.contains("signal")) {
				assertThat(answer).contains("WorkflowContext.signal");
			}
		});
	}

	@Test
	void noneIsRefusedInABody() {
		Map<String, String> answers = new TreeMap<>();
		this.engine.workflow("caller", String.class, (argument) -> this.engine.step("body", String.class, () -> {
			changing().forEach((method) -> answers.put(method.toString(), call(method)));
			return "called";
		})).start();

		assertThat(this.engine.run("caller", "c", "x").result()).isEqualTo("called");

		assertThat(answers.values()).hasSizeGreaterThan(18)
			.noneMatch((answer) -> answer.contains("by the code of run"));
	}

	/** A new method has to be known here as one that reads, or is refused. */
	private static List<Method> changing() {
		return Stream.of(WorkflowClient.class, WorkflowHandle.class)
			.map(Class::getMethods)
			.flatMap(Arrays::stream)
			.filter((method) -> !READING.contains(method.getName()))
			// They are refused by the same check, behind the capture of the call.
			.filter((method) -> !STARTING.contains(method.getName()))
			.toList();
	}

	private String call(Method method) {
		Object target = (method.getDeclaringClass() == WorkflowHandle.class) ? this.engine.client().handle("none")
				: this.engine.client();
		try {
			return "returned " + method.invoke(target,
					Arrays.stream(method.getParameterTypes()).map(ReplayGuardTests::argument).toArray());
		}
		catch (InvocationTargetException ex) {
			boolean isRefused = ex.getCause() instanceof InvalidCallException;
			return isRefused ? Objects.requireNonNullElse(ex.getCause().getMessage(), "") : "threw";
		}
		catch (IllegalAccessException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static @Nullable Object argument(Class<?> type) {
		return (type == String.class) ? "none" : (type == long.class) ? 1L : null;
	}

}
