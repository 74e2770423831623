package io.kraft.engine.kill;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import io.kraft.workflow.NonRetryableStepException;
import io.kraft.workflow.RetryableStepException;
import io.kraft.workflow.StepContext;
import io.kraft.workflow.StepOutcomeUnknownException;
import io.kraft.workflow.WorkflowContext;

/**
 * Steps, retries, timers and state.
 */
final class StepScenarios {

	private static final int PAGES = 8;

	private final WorkflowContext workflow = WorkflowContext.ofCallingRun();

	private final Steps steps;

	StepScenarios(Steps steps) {
		this.steps = steps;
	}

	List<Scenario> all() {
		return List.of(Scenario.of("plain", this::plain, "1@1 2@1 3@1 4@1 5@1"),
				Scenario.of("flaky", this::flaky, "1@1 2@3 3@1 4@1"), Scenario.of("paged", this::paged, "1@1 2@2 3@1"),
				Scenario.of("everything", this::everything, "1@1 2@1 3@1 same", "1@1 unknown 3@1 same",
						"1@1 2@1 3@2 same", "1@1 unknown 3@2 same"));
	}

	private String plain() throws Exception {
		return String.join(" ", this.steps.step(1), this.steps.step(2), this.steps.step(3), this.steps.step(4),
				this.steps.step(5));
	}

	private String flaky() throws Exception {
		String first = this.steps.step(1);
		String second = this.steps.step(2, () -> {
			if (StepContext.current().attempt() < 3) {
				throw new IOException("down");
			}
		});
		this.workflow.sleep(Duration.ofMillis(20));
		String third = this.steps.sideEffect(3);
		return String.join(" ", first, second, third, this.steps.step(4));
	}

	private String paged() throws Exception {
		String first = this.steps.step(1);
		String second = this.steps.step(2, StepScenarios::readPages);
		return String.join(" ", first, second, this.steps.step(3));
	}

	/** What the first attempt has told is durable before its failure is. */
	private static void readPages() throws IOException {
		StepContext context = StepContext.current();
		int done = context.lastHeartbeat(Integer.class).orElse(0);
		if (done > PAGES || (context.attempt() > 1 && done < PAGES / 2)) {
			throw new NonRetryableStepException("attempt " + context.attempt() + " begins behind page " + done);
		}
		for (int page = done + 1; page <= PAGES; page++) {
			context.heartbeat(page);
			if (context.attempt() == 1 && page == PAGES / 2) {
				break;
			}
		}
		if (context.attempt() == 1) {
			throw new IOException("down");
		}
	}

	private String everything() throws Exception {
		Instant begun = this.workflow.now();
		UUID uuid = this.workflow.randomUuid();
		this.workflow.state().set("uuid", uuid);
		String first = this.steps.step(1);
		String second = once();
		this.workflow.sleep(Duration.ofMillis(30));
		boolean waitsLong = Scenario.kind(this.workflow.workflowId(), 8) == 0;
		String third = this.steps.step(3, () -> {
			if (waitsLong && StepContext.current().attempt() == 1) {
				throw new RetryableStepException("later", Duration.ofMillis(1100));
			}
		});
		boolean same = this.workflow.state().get("uuid", UUID.class).filter(uuid::equals).isPresent()
				&& !this.workflow.now().isBefore(begun.plusMillis(30));
		return String.join(" ", first, second, third, same ? "same" : "different");
	}

	private String once() throws Exception {
		try {
			return this.steps.stepAtMostOnce(2);
		}
		catch (StepOutcomeUnknownException ex) {
			return "unknown";
		}
	}

}
