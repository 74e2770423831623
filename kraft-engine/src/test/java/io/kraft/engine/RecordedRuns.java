package io.kraft.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

import io.kraft.client.EnqueueOptions;
import io.kraft.client.StartOptions;
import io.kraft.client.WorkflowStatus;
import io.kraft.engine.definition.Compensation;
import io.kraft.engine.definition.MethodSignature;
import io.kraft.engine.definition.RetryPolicy;
import io.kraft.engine.definition.StepDefinition;
import io.kraft.engine.definition.WorkflowDefinition;
import io.kraft.engine.store.RunRow;
import io.kraft.engine.testing.ProxiedWorkflow;
import io.kraft.engine.testing.TestEngine;
import io.kraft.workflow.Callback;
import io.kraft.workflow.Delivery;
import io.kraft.workflow.DurableFuture;
import io.kraft.workflow.StepOutcomeUnknownException;
import io.kraft.workflow.WorkflowCancelledException;
import io.kraft.workflow.WorkflowContext;
import org.jspecify.annotations.Nullable;

import static org.awaitility.Awaitility.await;

/**
 * Workflows whose journals are kept in {@code src/test/resources/journals/v1/runs}, one
 * for each capability. Never change one: add another.
 */
final class RecordedRuns {

	private final TestEngine engine;

	private final boolean replays;

	private final WorkflowContext workflow = WorkflowContext.ofCallingRun();

	private final ProxiedWorkflow child;

	private final Map<String, TestEngine.WorkflowCode> workflows = new LinkedHashMap<>();

	private final AtomicBoolean broken = new AtomicBoolean(true);

	private final CountDownLatch inside = new CountDownLatch(1);

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
		this.workflows.put("timeout", this::timeout);
		this.workflows.put("patched", (argument) -> patched(true));
		this.workflows.put("before-patch", (argument) -> patched(replays));
		this.workflows.put("continued", this::continued);
		this.workflows.put("retried", this::retried);
		this.workflows.put("interrupted", this::interrupted);
		this.workflows.put("version", (argument) -> step("old", () -> "version 1"));
		this.workflows.forEach((name, code) -> engine.workflow(name, String.class, code));
		if (replays) {
			engine.workflow(
					WorkflowDefinition
						.of("version", MethodSignature.of(String.class, String.class),
								(arguments) -> step("new", () -> "version 2"))
						.withVersion(2));
		}
		engine.namedStep("send", String.class, this::send);
		this.child = ProxiedWorkflow.define(engine, "child", MethodSignature.of(String.class, String.class),
				(arguments) -> step("greet", () -> "hello " + arguments[0]));
		WorkflowDefinition listener = WorkflowDefinition.of("listener", MethodSignature.of(String.class, String.class),
				(arguments) -> this.workflow.awaitSignal("note", String.class));
		engine.workflow(listener);
	}

	static Set<String> names() {
		try (TestEngine engine = new TestEngine()) {
			Set<String> names = new LinkedHashSet<>(new RecordedRuns(engine, true).workflows.keySet());
			names.add("item");
			return names;
		}
	}

	static String id(String name) {
		return name.equals("item") ? "queue:mail:item" : name;
	}

	/**
	 * The row of a run that has begun.
	 */
	static RunRow row(String name, Instant at) {
		RunRow row = name.equals("item") ? RunRow.pending(1, id(name), "queue:mail", 1, "send", Map.of(), 0, null, at)
				: RunRow.pending(1, id(name), name, 1, Map.of(), at);
		return row.running(at);
	}

	/**
	 * Lets a run begin, and does to it what it waits for.
	 */
	void begin(String name) {
		this.engine.run("listener", "listener", "x");
		switch (name) {
			case "item" -> this.engine.enqueue("mail", EnqueueOptions.defaults().key("item"), "send", "x");
			case "timeout" ->
				this.engine.client().start(name, StartOptions.defaults().id(name).timeout(Duration.ofHours(1)), "x");
			default -> this.engine.run(name, name, "x");
		}
		switch (name) {
			case "messages" -> this.engine.client().signal(name, "approved", "ada");
			case "cancel" -> {
				awaitStatus(name, WorkflowStatus.SUSPENDED);
				this.engine.client().cancel(name);
			}
			case "retried" -> {
				awaitStatus(name, WorkflowStatus.FAILED);
				this.engine.client().retry(name);
			}
			case "interrupted" -> {
				await().until(() -> this.inside.getCount() == 0);
				this.engine.crashAndStart();
			}
			default -> {
			}
		}
	}

	private void awaitStatus(String name, WorkflowStatus status) {
		await().until(() -> this.engine.client().handle(name).status() == status);
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

	private String timeout(String argument) {
		this.workflow.sleep(Duration.ofDays(1));
		return "slept";
	}

	/**
	 * @param isChanged whether the code has the patch
	 */
	private String patched(boolean isChanged) {
		String checked = (isChanged && this.workflow.patched("check first")) ? step("check", () -> "checked ") : "";
		String charged = step("charge", () -> "charged ");
		this.workflow.sleep(Duration.ofHours(1));
		return checked + charged + (isChanged && this.workflow.patched("check first"));
	}

	private String continued(String argument) throws Exception {
		int round = this.workflow.state().get("round", Integer.class).orElse(0);
		this.workflow.state().set("round", round + 1);
		if (round == 0) {
			this.workflow.state().set("first", argument);
		}
		String greeting = this.child.call(argument);
		return (round < 2) ? this.workflow.continueAsNew(argument + round)
				: greeting + " " + round + this.workflow.state().get("first", String.class).orElse("");
	}

	private String retried(String argument) {
		StepDefinition fragile = StepDefinition.of("fragile", MethodSignature.of(String.class),
				RetryPolicy.defaults().withMaxAttempts(1));
		String first = step("first", () -> "first, ");
		return first + this.engine.step(fragile, body(() -> {
			if (this.broken.getAndSet(false)) {
				throw new IllegalStateException("broken");
			}
			return "mended";
		}));
	}

	private String interrupted(String argument) {
		StepDefinition once = StepDefinition.of("once", MethodSignature.of(String.class), RetryPolicy.defaults())
			.withDelivery(Delivery.AT_MOST_ONCE);
		try {
			return this.engine.step(once, body(() -> {
				this.inside.countDown();
				new CountDownLatch(1).await();
				return "not reached";
			}));
		}
		catch (StepOutcomeUnknownException ex) {
			return "unknown";
		}
	}

	/** The step of a work item. */
	private String send(String argument) {
		entered("");
		if (this.broken.getAndSet(false)) {
			throw new IllegalStateException("no network");
		}
		return "sent " + argument;
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
