package io.kraft.engine.kill;

import java.time.Duration;
import java.util.List;

import io.kraft.client.StartOptions;
import io.kraft.workflow.WorkflowContext;

/**
 * Runs that wait for their turn: so many at once, the more important ones first, and some
 * of them later.
 */
final class AdmissionScenarios {

	static final int MAX_CONCURRENT = 3;

	private static final String CAPPED = "capped";

	private final WorkflowContext workflow = WorkflowContext.ofCallingRun();

	private final Steps steps;

	AdmissionScenarios(Steps steps) {
		this.steps = steps;
	}

	List<Scenario> all() {
		return List.of(Scenario.of(CAPPED, this::enter, "1@1 2@1").withMaxConcurrent(MAX_CONCURRENT));
	}

	private String enter() throws Exception {
		String id = this.workflow.workflowId();
		this.steps.marks().add(Mark.Kind.ENTERED, id);
		String first = this.steps.step(1);
		// Some wait longer than the next life takes to begin.
		this.workflow.sleep(Duration.ofMillis((Scenario.kind(id, 4) == 0) ? 400 : 10));
		String second = this.steps.step(2);
		this.steps.marks().add(Mark.Kind.LEFT, id);
		return first + " " + second;
	}

	/**
	 * How a run of any scenario is started.
	 */
	static StartOptions options(String name, String id) {
		StartOptions options = StartOptions.defaults().id(id);
		return name.equals(CAPPED) ? options.priority(priority(id)).delay(Duration.ofMillis(delayMillis(id))) : options;
	}

	private static int priority(String id) {
		return Scenario.kind(id, 3);
	}

	static int delayMillis(String id) {
		return (Scenario.kind(id, 5) == 0) ? 100 : 0;
	}

	static void check(Aftermath aftermath) {
		Places places = Places.of(aftermath, CAPPED, MAX_CONCURRENT);
		places.checkLimit();
		places.checkDelays(AdmissionScenarios::delayMillis);
		places.checkPriorities(AdmissionScenarios::priority, AdmissionScenarios::delayMillis);
	}

}
