package io.kraft.engine;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

import io.kraft.engine.definition.Compensation;
import io.kraft.engine.definition.MethodSignature;
import io.kraft.engine.definition.RetryPolicy;
import io.kraft.engine.definition.StepDefinition;
import io.kraft.engine.definition.WorkflowDefinition;
import io.kraft.engine.testing.ProxiedWorkflow;
import io.kraft.engine.testing.TestEngine;
import io.kraft.workflow.Callback;
import io.kraft.workflow.Delivery;
import io.kraft.workflow.DurableFuture;
import io.kraft.workflow.WorkflowCancelledException;
import io.kraft.workflow.WorkflowContext;
import org.jspecify.annotations.Nullable;

/**
 * Workflows whose journals are kept in {@code src/test/resources/journals/v1/runs}, one
 * for each capability. Never change one: add another.
 */
final class RecordedRuns {

	private final TestEngine engine;

	private final boolean replays;

	private final WorkflowContext workflow = WorkflowContext.ofCallingRun();

	private final Map<String, TestEngine.WorkflowCode> workflows = new LinkedHashMap<>();

	/**
	 * The workflows of an engine.
	 * @param replays whether everything is recorded, so that no step may be entered
	 */
	RecordedRuns(TestEngine engine, boolean replays) {
		this.engine = engine;
		this.replays = replays;
		this.workflows.put("steps", this::steps);
		this.workflows.put("context", this::context);
		this.workflows.put("messages", this::messages);
		this.workflows.put("branches", this::branches);
		this.workflows.put("children", this::children);
		this.workflows.put("undo", this::undo);
		this.workflows.put("cancel", this::cancel);
		this.workflows.forEach((name, code) -> engine.workflow(name, String.class, code));
		this.child = ProxiedWorkflow.define(engine, "child", MethodSignature.of(String.class, String.class),
				(arguments) -> step("greet", () -> "hello " + arguments[0]));
		WorkflowDefinition listener = WorkflowDefinition.of("listener", MethodSignature.of(String.class, String.class),
				(arguments) -> this.workflow.awaitSignal("note", String.class));
		engine.workflow(listener);
	}

	private final ProxiedWorkflow child;

	Map<String, TestEngine.WorkflowCode> workflows() {
		return this.workflows;
	}

	private String steps(String argument) {
		int[] attempts = { 0 };
		String retried = step("retried", () -> {
			if (attempts[0]++ < 2) {
				throw new IllegalStateException("attempt " + attempts[0]);
			}
			return "third";
		});
		StepDefinition once = StepDefinition.of("once", MethodSignature.of(String.class), RetryPolicy.defaults())
			.withDelivery(Delivery.AT_MOST_ONCE);
		String failed;
		try {
			StepDefinition failing = StepDefinition.of("failing", MethodSignature.of(String.class),
					RetryPolicy.defaults().withMaxAttempts(1));
			failed = this.engine.step(failing, body(() -> {
				throw new IllegalArgumentException("no");
			}));
		}
		catch (IllegalArgumentException ex) {
			failed = ex.getMessage();
		}
		return retried + this.engine.step(once, body(() -> "once")) + failed;
	}

	private String context(String argument) {
		this.workflow.sleep(Duration.ofHours(1));
		this.workflow.state().set("a", List.of(1, 2));
		this.workflow.state().set("b", "x");
		this.workflow.state().clear("b");
		String dice = this.workflow.sideEffect("dice", String.class, body(() -> "6"));
		return this.workflow.now() + " " + this.workflow.randomUuid() + " " + this.workflow.random().nextInt(100) + " "
				+ dice + this.workflow.state().keys();
	}

	private String messages(String argument) {
		this.workflow.publish("progress", 50);
		Callback<String> callback = this.workflow.callback(String.class);
		step("hand out", () -> {
			this.engine.client().complete(callback.token(), "called");
			return "";
		});
		this.workflow.signal("listener", "note", "psst");
		return this.workflow.awaitSignal("approved", String.class)
				+ this.workflow.awaitSignal("never", String.class, Duration.ofHours(1)) + callback.await();
	}

	private String branches(String argument) {
		List<String> parallel = this.workflow.parallel(List.of(() -> slept("a", 2), () -> slept("b", 1)));
		DurableFuture<String> slow = this.workflow.async(() -> slept("slow", 5));
		DurableFuture<String> fast = this.workflow.async(() -> slept("fast", 3));
		DurableFuture<String> failing = this.workflow.async(() -> {
			throw new IllegalStateException("never");
		});
		String any = DurableFuture.anyOf(slow, fast).await();
		String success = DurableFuture.firstSuccess(failing, slow, fast).await();
		return parallel + any + success + slow.await(Duration.ofMinutes(1)) + DurableFuture.allOf(slow, fast).await();
	}

	private String children(String argument) throws Exception {
		DurableFuture<String> first = this.workflow.startChild(() -> this.child.<String>call("ada"));
		return this.child.<String>call("bob") + first.await();
	}

	private String undo(String argument) {
		StepDefinition cancel = StepDefinition.of("cancel", MethodSignature.of(void.class, String.class),
				RetryPolicy.defaults());
		StepDefinition book = StepDefinition.of("book", MethodSignature.of(String.class), RetryPolicy.defaults())
			.withCompensation(new Compensation(cancel, (arguments, result) -> new Object[] { result },
					(arguments) -> entered(null)));
		this.engine.step(book, body(() -> "car"));
		this.workflow.onFailure("mail", () -> step("send", () -> "sent"));
		throw new IllegalStateException("no hotel");
	}

	private String cancel(String argument) {
		try {
			this.workflow.sleep(Duration.ofDays(1));
			return "slept";
		}
		catch (WorkflowCancelledException ex) {
			return this.workflow.nonCancellable(() -> step("clean", () -> "cleaned"));
		}
	}

	private String slept(String name, int hours) {
		this.workflow.sleep(Duration.ofHours(hours));
		return step(name, () -> name);
	}

	private String step(String name, Callable<String> body) {
		return this.engine.step(name, String.class, body(body));
	}

	private Callable<String> body(Callable<String> body) {
		return () -> {
			entered("");
			return body.call();
		};
	}

	private @Nullable Object entered(@Nullable Object value) {
		if (this.replays) {
			throw new AssertionError("Everything is recorded, but a body was entered");
		}
		return value;
	}

}
