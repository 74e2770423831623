package io.kraft.engine;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import io.kraft.client.EnqueueOptions;
import io.kraft.client.IfExists;
import io.kraft.client.RunIds;
import io.kraft.client.StartOptions;
import io.kraft.client.WorkflowDescription;
import io.kraft.client.WorkflowHandle;
import io.kraft.client.WorkflowQuery;
import io.kraft.client.WorkflowStatus;
import io.kraft.engine.definition.MethodSignature;
import io.kraft.engine.definition.ScheduleDefinition;
import io.kraft.engine.definition.WorkflowDefinition;
import io.kraft.engine.testing.CrashPoint;
import io.kraft.engine.testing.CrashPoint.Crash;
import io.kraft.engine.testing.ProxiedWorkflow;
import io.kraft.engine.testing.TestEngine;
import io.kraft.workflow.InvalidCallException;
import io.kraft.workflow.Callback;
import io.kraft.workflow.KraftException;
import io.kraft.workflow.WorkflowContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * What is derived from an id that is as long as ids may be.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class LongIdTests {

	private static final String LONGEST = "order-" + "x".repeat(RunIds.MAX_LENGTH - 7) + "9";

	private final TestEngine engine = new TestEngine();

	private final WorkflowContext workflow = WorkflowContext.ofCallingRun();

	private final ProxiedWorkflow child = ProxiedWorkflow.define(this.engine, "child",
			MethodSignature.of(String.class, String.class), (arguments) -> {
				this.workflow.sleep(Duration.ofHours(1));
				return arguments[0] + "!";
			});

	@AfterEach
	void close() {
		this.engine.close();
	}

	@Test
	void aRunWithTheLongestIdHasChildren() {
		this.engine
			.workflow("parent", String.class, (argument) -> this.child.<String>call("a") + this.child.<String>call("b"))
			.start();

		assertThat(this.engine.finish(this.engine.run("parent", LONGEST, "x"))).isEqualTo("a!b!");

		List<String> ids = ids("child");
		assertThat(ids).hasSize(2)
			.allSatisfy((id) -> assertThat(id).startsWith("order-xxx").hasSizeLessThanOrEqualTo(RunIds.MAX_LENGTH));
		assertThat(ids).anyMatch((id) -> id.endsWith(".1")).doesNotHaveDuplicates();
	}

	@Test
	void runsWhoseLongIdsDifferAtTheirEndsHaveChildrenOfTheirOwn() {
		this.engine.workflow("parent", String.class, (argument) -> this.child.<String>call(argument)).start();
		String other = LONGEST.substring(0, RunIds.MAX_LENGTH - 1) + "8";
		WorkflowHandle<?> one = this.engine.run("parent", LONGEST, "9");
		WorkflowHandle<?> two = this.engine.run("parent", other, "8");

		assertThat(this.engine.finish(one)).isEqualTo("9!");
		assertThat(this.engine.finish(two)).isEqualTo("8!");
		assertThat(ids("child")).hasSize(2).doesNotHaveDuplicates().noneMatch((id) -> id.contains("~2"));
	}

	@Test
	void aRunThatReplacesOneWithTheLongestIdHasChildrenOfItsOwn() {
		this.engine.workflow("parent", String.class, (argument) -> this.child.<String>call(argument)).start();
		this.engine.finish(this.engine.run("parent", LONGEST, "first"));

		WorkflowHandle<?> second = this.engine.client()
			.start("parent", StartOptions.defaults().id(LONGEST).ifExists(IfExists.REPLACE_IF_ENDED), "second");

		assertThat(this.engine.finish(second)).isEqualTo("second!");
		assertThat(ids("child")).hasSize(2).anyMatch((id) -> id.endsWith(".1~2"));
	}

	@TestFactory
	Stream<DynamicTest> aChildOfTheLongestIdIsStartedOnceWhereverItsParentIsCrashed() {
		this.engine.start();
		return Stream.of(0, 10_000)
			.flatMap((parked) -> CrashPoint.tests(8, parked, (point) -> new LongIdTests().crashAt(point, parked)));
	}

	private void crashAt(CrashPoint point, int parked) {
		Crash crash = point.in(this.engine);
		this.engine.with((builder) -> builder.maxParkedWorkflows(parked))
			.workflow("parent", String.class, (argument) -> this.child.<String>call("a"))
			.start();
		try {
			assertThat(result(crash)).isEqualTo("a!");
			assertThat(ids("child")).hasSize(1).allMatch((id) -> id.endsWith(".1"));
		}
		finally {
			this.engine.close();
		}
	}

	private Object result(Crash crash) {
		try {
			return this.engine.finish(this.engine.run("parent", LONGEST, "x"));
		}
		catch (KraftException ex) {
			crash.check(ex);
			this.engine.crashAndStart();
			return this.engine.finish(this.engine.run("parent", LONGEST, "x"));
		}
	}

	private ProxiedWorkflow deep;

	@Test
	void aWorkflowWithTheLongestIdCallsItselfTwoHundredDeep() {
		recursionOf(LONGEST);
	}

	@Test
	void aWorkflowWithARandomIdCallsItselfTwoHundredDeep() {
		recursionOf("2f1c8b8e-6d0f-4a83-b9a0-000000000000");
	}

	/** Its child is its twelfth operation, to have longer positions. */
	private void recursionOf(String id) {
		this.deep = ProxiedWorkflow.define(this.engine, "deep", MethodSignature.of(int.class, int.class),
				(arguments) -> {
					for (int i = 0; i < 11; i++) {
						this.workflow.randomUuid();
					}
					int depth = (int) arguments[0];
					return (depth == 0) ? 0 : 1 + this.deep.<Integer>call(depth - 1);
				});
		this.engine.start();

		WorkflowHandle<?> run = this.engine.client().start("deep", StartOptions.defaults().id(id), 200);

		assertThat(this.engine.finish(run)).isEqualTo(200);
		List<String> ids = ids("deep");
		assertThat(ids).hasSize(201).allMatch((one) -> one.length() <= RunIds.MAX_LENGTH);
		assertThat(ids.stream().filter((one) -> !one.equals(id))).allMatch((one) -> one.endsWith(".12"));
	}

	@Test
	void aRunWithTheLongestIdIsRestartedAndRestartedAgain() {
		this.engine.workflow("echo", String.class, (argument) -> argument).start();
		this.engine.run("echo", LONGEST, "x").result();

		WorkflowHandle<?> second = this.engine.client().restart(LONGEST);
		assertThat(second.result()).isEqualTo("x");
		this.engine.crashAndStart();
		WorkflowHandle<?> third = this.engine.client().restart(second.id());
		WorkflowHandle<?> fourth = this.engine.client().restart(LONGEST);

		assertThat(third.result()).isEqualTo("x");
		String base = second.id().substring(0, second.id().length() - 2);
		assertThat(List.of(second.id(), third.id(), fourth.id())).containsExactly(base + "~2", base + "~3",
				base + "~4");
		assertThat(fourth.id()).hasSizeLessThanOrEqualTo(RunIds.MAX_LENGTH);
		assertThat(this.engine.run("echo", second.id(), "is known").result()).isEqualTo("x");
	}

	@Test
	void aQueueItemMayHaveTheLongestKey() {
		this.engine.namedStep("send", String.class, (argument) -> "sent " + argument).start();
		EnqueueOptions options = EnqueueOptions.defaults().key(LONGEST);
		EnqueueOptions other = EnqueueOptions.defaults().key(LONGEST.substring(0, RunIds.MAX_LENGTH - 1) + "8");

		WorkflowHandle<?> first = this.engine.enqueue("mail", options, "send", "a");

		assertThat(this.engine.enqueue("mail", options, "send", "b").id()).isEqualTo(first.id());
		assertThat(this.engine.enqueue("mail", other, "send", "c").result()).isEqualTo("sent c");
		assertThat(first.result()).isEqualTo("sent a");
		assertThatExceptionOfType(InvalidCallException.class)
			.isThrownBy(() -> this.engine.enqueue("mail", EnqueueOptions.defaults().key(LONGEST + "9"), "send", "d"))
			.withMessageContaining("The key of a queue item has 1 to 512 characters, but this one has 513");
	}

	@Test
	void aScheduleOfAWorkflowWithALongNameStartsItsRuns() {
		String name = "n".repeat(RunIds.MAX_LENGTH - 5);
		this.engine.workflow(WorkflowDefinition.of(name, MethodSignature.of(String.class), (arguments) -> "done"))
			.schedule(ScheduleDefinition.every(name, Duration.ofMinutes(10)))
			.start();

		this.engine.time().advance(Duration.ofMinutes(10));
		await().until(() -> ids(name).size() == 1);
		WorkflowHandle<?> manual = this.engine.client().triggerSchedule(name);

		assertThat(manual.result()).isEqualTo("done");
		assertThat(ids(name)).anyMatch((id) -> id.endsWith("@2026-01-01T00:10:00Z"))
			.anyMatch((id) -> id.contains("@manual-"));
	}

	@Test
	void aCallbackOfARunWithTheLongestIdIsCompletedByItsToken() {
		AtomicReference<String> token = new AtomicReference<>();
		this.engine.workflow("asks", String.class, (argument) -> {
			Callback<String> callback = this.workflow.callback(String.class);
			token.set(callback.token());
			return callback.await();
		}).start();
		WorkflowHandle<?> run = this.engine.run("asks", LONGEST, "x");
		await().until(() -> run.status() == WorkflowStatus.SUSPENDED);

		this.engine.client().complete(token.get(), "42");

		assertThat(run.result()).isEqualTo("42");
	}

	@Test
	void aRunWithTheLongestIdHasChildrenAfterItHasContinuedAsNew() {
		AtomicInteger journals = new AtomicInteger();
		this.engine.workflow("parent", String.class, (argument) -> {
			String result = this.child.call(argument);
			if (journals.incrementAndGet() == 1) {
				this.workflow.continueAsNew(result);
			}
			return result;
		}).start();

		assertThat(this.engine.finish(this.engine.run("parent", LONGEST, "x"))).isEqualTo("x!!");
		assertThat(new HashSet<>(ids("child"))).hasSize(2).anyMatch((id) -> id.endsWith("+1.1"));
	}

	private List<String> ids(String workflow) {
		return this.engine.client()
			.list(WorkflowQuery.all().name(workflow).limit(500))
			.items()
			.stream()
			.map(WorkflowDescription::id)
			.toList();
	}

}
