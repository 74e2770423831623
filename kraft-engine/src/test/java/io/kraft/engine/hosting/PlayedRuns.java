package io.kraft.engine.hosting;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.kraft.engine.definition.MethodSignature;
import io.kraft.engine.definition.ResultStyle;
import io.kraft.engine.definition.RetryPolicy;
import io.kraft.engine.definition.ScheduleDefinition;
import io.kraft.engine.definition.StepDefinition;
import io.kraft.engine.definition.WorkflowDefinition;
import io.kraft.engine.testing.ProxiedWorkflow;
import io.kraft.engine.testing.TestEngine;
import io.kraft.workflow.CatchUp;
import io.kraft.workflow.DurableFuture;
import io.kraft.workflow.Overlap;
import io.kraft.workflow.WorkflowCancelledException;
import io.kraft.workflow.WorkflowContext;

/**
 * The workflows of a play, which ask something of runs in other partitions: children that
 * are awaited, cancelled, and retried; signals in an order; a schedule.
 */
final class PlayedRuns {

	static final Duration PERIOD = Duration.ofMinutes(10);

	static final String SCHEDULE = "report";

	static final int SIGNALS = 4;

	private static final RetryPolicy ONE_ATTEMPT = RetryPolicy.defaults().withMaxAttempts(1);

	private final TestEngine engine;

	private final PlayedWorld world;

	private final WorkflowContext workflow = WorkflowContext.ofCallingRun();

	private final ProxiedWorkflow child;

	/** Runs whose step may succeed. */
	private final Set<String> fixed = ConcurrentHashMap.newKeySet();

	PlayedRuns(TestEngine engine, PlayedWorld world) {
		this.engine = engine;
		this.world = world;
		MethodSignature signature = MethodSignature.of(String.class, String.class);
		this.child = ProxiedWorkflow.define(engine, "child", signature, (arguments) -> child((String) arguments[0]));
		ProxiedWorkflow chosen = ProxiedWorkflow.define(engine, "chosen", signature, ResultStyle.PLAIN,
				(arguments) -> String.valueOf(arguments[0]), (arguments) -> child((String) arguments[0]));
		engine.workflow("parent", String.class, (id) -> parent(id, chosen))
			.workflow("canceller", String.class, this::cancel)
			.workflow("talker", String.class, this::talk)
			.workflow("listener", String.class, this::listen)
			.workflow("fragile", String.class, (id) -> id + " " + this.child.<String>call("fragile " + id))
			.workflow(WorkflowDefinition.of(SCHEDULE, MethodSignature.of(String.class, Instant.class), (at) -> {
				step(1);
				return "reported";
			}))
			.schedule(ScheduleDefinition.every(SCHEDULE, PERIOD).withCatchUp(CatchUp.ALL).withOverlap(Overlap.ALLOW));
	}

	/** From now on the step of a run that fails succeeds. */
	void fix(String id) {
		this.fixed.add(id);
	}

	/** What a run comes to that is not disturbed. */
	static String result(String workflow, String id) {
		return switch (workflow) {
			case "parent" -> id + " a! b! " + id + "-own!";
			case "canceller" -> id + " cancelled";
			case "talker" -> id + " sent";
			case "listener" -> id + " [0, 1, 2, 3]";
			case "fragile" -> id + " fragile " + id + "!";
			default -> throw new IllegalArgumentException(workflow);
		};
	}

	private String parent(String id, ProxiedWorkflow chosen) throws Exception {
		step(1);
		DurableFuture<String> a = this.workflow.startChild(() -> this.child.<String>call("a"));
		step(2);
		DurableFuture<String> b = this.workflow.startChild(() -> this.child.<String>call("b"));
		String own = chosen.call(id + "-own");
		step(3);
		String both = a.await() + " " + b.await();
		step(4);
		return id + " " + both + " " + own;
	}

	private String child(String argument) {
		step(1);
		if (argument.equals("sleepy")) {
			// However far the clock is moved before it is cancelled.
			this.workflow.awaitSignal("never", String.class);
		}
		this.workflow.sleep(Duration.ofMinutes(1));
		if (argument.startsWith("fragile ")) {
			StepDefinition fragile = StepDefinition.of("fragile", MethodSignature.of(String.class), ONE_ATTEMPT);
			this.engine.step(fragile, () -> {
				if (!this.fixed.contains(argument.substring("fragile ".length()))) {
					throw new IllegalStateException("broken");
				}
				return "fixed";
			});
		}
		step(2);
		return argument + "!";
	}

	private String cancel(String id) {
		DurableFuture<String> sleeper = this.workflow.startChild(() -> this.child.<String>call("sleepy"));
		step(1);
		sleeper.cancel();
		try {
			return id + " " + sleeper.await();
		}
		catch (WorkflowCancelledException ex) {
			step(2);
			return id + " cancelled";
		}
	}

	private String talk(String id) {
		for (int i = 0; i < SIGNALS; i++) {
			step(i);
			this.workflow.signal(id.replace("talker", "listener"), "s", i);
		}
		return id + " sent";
	}

	private String listen(String id) {
		List<Integer> heard = new ArrayList<>();
		for (int i = 0; i < SIGNALS; i++) {
			heard.add(this.workflow.awaitSignal("s", Integer.class));
			step(i);
		}
		return id + " " + heard;
	}

	private void step(int number) {
		this.engine.step("step " + number, void.class, () -> {
			String run = this.workflow.workflowId();
			this.world.enter(this.engine.partitionOf(run), run, number);
			return null;
		});
	}

}
