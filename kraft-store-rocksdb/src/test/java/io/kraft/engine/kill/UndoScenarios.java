package io.kraft.engine.kill;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import io.kraft.workflow.WorkflowContext;

/**
 * Runs that fail, are cancelled, or time out, and undo what they have done.
 */
final class UndoScenarios {

	/** A run that waits so long ends by its cancellation or its time-out only. */
	private static final Duration FOR_EVER = Duration.ofDays(1);

	private final WorkflowContext workflow = WorkflowContext.ofCallingRun();

	private final Steps steps;

	private final Scenario sleeper;

	UndoScenarios(Steps steps) {
		this.steps = steps;
		this.sleeper = Scenario.of("sleeper", this::sleepForEver, "CANCELLED");
	}

	List<Scenario> all() {
		return List
			.of(Scenario.of("saga", this::fail, "FAILED no hotel"),
					Scenario.of("trip", this::failAtOnce, "FAILED no hotel"),
					Scenario.of("cancelled", this::awaitCancellation,
							(id, end) -> end.equals("CANCELLED")
									|| (Scenario.kind(id, 4) == 0 && end.equals("1@1 2@1 3@1"))),
					timed(), this.sleeper);
	}

	private Scenario timed() {
		Scenario timed = Scenario.of("timed", this::exceedTime,
				(id, end) -> end.equals("TIMED_OUT") || (Scenario.kind(id, 2) == 0 && end.equals("1@1 2@1")));
		return new Scenario(timed.workflow().withTimeout(Duration.ofMillis(300)), timed.rightEnd(), 0);
	}

	private String fail() throws Exception {
		int failsAfter = Scenario.kind(this.workflow.workflowId(), 5);
		for (int ordinal = 1; ordinal <= failsAfter; ordinal++) {
			if (ordinal == 3) {
				registerUndo(ordinal);
			}
			else {
				this.steps.undoable(ordinal);
			}
			this.workflow.sleep(Duration.ofMillis(3));
		}
		throw new IllegalStateException("no hotel");
	}

	/** In the order in which branches happen to end. */
	private String failAtOnce() throws Exception {
		String first = this.steps.undoable(1);
		this.workflow.parallel(List.of(() -> this.steps.undoable("p", 2), () -> this.steps.undoable("q", 3), () -> {
			this.workflow.sleep(Duration.ofMillis(4));
			return this.steps.undoable("r", 4);
		}, () -> {
			throw new IllegalStateException("no hotel");
		}));
		return first;
	}

	/** The name says what is undone, as that of a step does. */
	private void registerUndo(int ordinal) {
		this.workflow.onFailure(Effect.name("", ordinal), () -> {
			this.workflow.sleep(Duration.ofMillis(2));
			this.steps.step(Steps.UNDONE - ordinal);
		});
	}

	private String awaitCancellation() throws Exception {
		String first = this.steps.undoable(1);
		this.workflow.sleep(Duration.ofMillis(10));
		String second = this.steps.undoable(2);
		switch (Scenario.kind(this.workflow.workflowId(), 4)) {
			case 0 -> this.workflow.sleep(Duration.ofMillis(30));
			case 1 -> sleepAndCleanUp();
			case 2 -> this.steps.child(this.sleeper.workflow());
			default -> this.workflow.parallel(List.of(() -> this.workflow.awaitSignal("never", String.class),
					() -> this.steps.child(this.sleeper.workflow())));
		}
		return String.join(" ", first, second, this.steps.undoable(3));
	}

	private void sleepAndCleanUp() throws Exception {
		try {
			this.workflow.sleep(FOR_EVER);
		}
		finally {
			this.workflow.nonCancellable(() -> this.steps.step(900));
		}
	}

	private String sleepForEver() throws Exception {
		String first = this.steps.undoable(1);
		this.workflow.sleep(FOR_EVER);
		return first;
	}

	private String exceedTime() throws Exception {
		String first = this.steps.undoable(1);
		this.workflow.sleep((Scenario.kind(this.workflow.workflowId(), 2) == 0) ? Duration.ofMillis(60) : FOR_EVER);
		return String.join(" ", first, this.steps.undoable(2));
	}

	/**
	 * Steps that are undone when their run fails.
	 */
	static boolean isUndoable(String workflow, int ordinal) {
		return Set.of("saga", "trip", "cancelled", "sleeper", "timed").contains(workflow) && ordinal < 900;
	}

}
