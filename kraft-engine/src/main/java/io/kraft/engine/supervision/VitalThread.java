package io.kraft.engine.supervision;

/**
 * A thread without which the engine cannot keep its promises, or a kind of such threads.
 */
public enum VitalThread {

	/** Writes the store. */
	COMMITTER("kraft-committer"),

	/** Brings runs into memory. */
	LOADER("kraft-loader"),

	/** Calls what is due. */
	SCHEDULER("kraft-scheduler"),

	/** Reads timers, and removes what has expired. */
	READER("kraft-reader"),

	/** Starts the runs of schedules. */
	SCHEDULES("kraft-schedules"),

	/** Executes a run; the engine's own code around that of the workflow. */
	RUN("kraft-run");

	private final String threadName;

	VitalThread(String threadName) {
		this.threadName = threadName;
	}

	/**
	 * Name of the thread, or its beginning.
	 */
	public String threadName() {
		return this.threadName;
	}

}
