package io.kraft.engine.execution.run;

import org.slf4j.MDC;

/**
 * What log lines of a run's threads say of it, as fields of the log's context (MDC):
 * documented names, which users' patterns refer to.
 */
public final class LogContext {

	private static final String ID = "kraft.workflow.id";

	private static final String NAME = "kraft.workflow.name";

	private static final String STEP = "kraft.step";

	private LogContext() {
	}

	static void enter(LoadedRun run) {
		MDC.put(ID, run.id());
		MDC.put(NAME, run.definition().name());
	}

	static void leave() {
		MDC.remove(ID);
		MDC.remove(NAME);
	}

	/**
	 * The calling thread enters the body of a step.
	 */
	public static void enterStep(String step) {
		MDC.put(STEP, step);
	}

	/**
	 * The calling thread leaves it.
	 */
	public static void leaveStep() {
		MDC.remove(STEP);
	}

}
