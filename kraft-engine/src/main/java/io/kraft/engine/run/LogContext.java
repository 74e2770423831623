package io.kraft.engine.run;

import java.util.Objects;

import io.kraft.engine.store.RunRow;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * The fields of log lines about a run, in the log's context (MDC): documented names,
 * which users' patterns refer to. The threads that execute a run have them all the time;
 * the engine's other threads have them around what they do about a run.
 */
public final class LogContext {

	private static final String ID = "kraft.run.id";

	private static final String WORKFLOW = "kraft.workflow";

	private static final String STEP = "kraft.step";

	private LogContext() {
	}

	static void enter(LoadedRun run) {
		MDC.put(ID, run.id());
		MDC.put(WORKFLOW, run.definition().name());
	}

	static void leave() {
		MDC.remove(ID);
		MDC.remove(WORKFLOW);
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

	/**
	 * Does something about a run, such as logging.
	 */
	public static void about(RunRow run, Runnable action) {
		about(run.id(), run.name(), action);
	}

	/**
	 * Does something about a run, such as logging.
	 * @param workflow its name; null if it is not known here
	 */
	public static void about(String id, @Nullable String workflow, Runnable action) {
		with(ID, id, () -> with(WORKFLOW, workflow, action));
	}

	/**
	 * Does something about an attempt of a step, such as logging.
	 */
	public static void aboutStep(String step, Runnable action) {
		with(STEP, step, action);
	}

	/** Fields that the thread has set for something else are restored afterwards. */
	private static void with(String key, @Nullable String value, Runnable action) {
		String before = MDC.get(key);
		set(key, value);
		try {
			action.run();
		}
		finally {
			if (!Objects.equals(before, MDC.get(key))) {
				set(key, before);
			}
		}
	}

	private static void set(String key, @Nullable String value) {
		if (value != null) {
			MDC.put(key, value);
		}
		else {
			MDC.remove(key);
		}
	}

}
