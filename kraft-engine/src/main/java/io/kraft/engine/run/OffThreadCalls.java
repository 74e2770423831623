package io.kraft.engine.run;

/**
 * What happens when a step or a workflow is called, or something is changed by the
 * client, on a thread that the code of a run has started while that run executes. Such a
 * call is not an operation of the run: nothing of it is recorded, and each replay makes
 * it again.
 */
public enum OffThreadCalls {

	/**
	 * It is refused with {@code KRAFT-1008} where the thread is certain to work for the
	 * run, and warned of where it may work for others, too.
	 */
	REFUSE,

	/** A warning, once per run. */
	WARN,

	/** Nothing. */
	ALLOW

}
