package io.kraft.engine.run;

import java.util.Set;

/**
 * What the calling thread's stack shows of what executes its code. Costs tens of
 * microseconds.
 */
public final class CallerStack {

	private static final StackWalker WALKER = StackWalker.getInstance();

	private static final String FORK_JOIN_TASK = "java.util.concurrent.ForkJoinTask";

	/** Whose threads serve one caller after another. */
	private static final Set<String> POOLS = Set.of("java.util.concurrent.ThreadPoolExecutor", FORK_JOIN_TASK,
			"java.util.concurrent.ForkJoinPool");

	private CallerStack() {
	}

	/**
	 * Whether the code is part of a fork-join task, such as that of a parallel stream,
	 * whichever thread that is on.
	 */
	public static boolean isInForkJoinTask() {
		return WALKER.walk((frames) -> frames.anyMatch((frame) -> frame.getClassName().equals(FORK_JOIN_TASK)));
	}

	/**
	 * Whether the calling thread may serve others than the one that has started it. A
	 * virtual thread does so in a pool of the JDK only; of a platform thread only a plain
	 * one is known to have a single task.
	 */
	static boolean isOfPool() {
		Thread thread = Thread.currentThread();
		if (!thread.isVirtual() && thread.getClass() != Thread.class) {
			return true;
		}
		return WALKER.walk((frames) -> frames.anyMatch((frame) -> isPool(frame.getClassName(), thread.isVirtual())));
	}

	private static boolean isPool(String className, boolean isVirtual) {
		if (isVirtual) {
			return POOLS.contains(className);
		}
		String name = className.substring(className.lastIndexOf('.') + 1);
		return name.contains("Pool") || name.contains("Executor") || name.contains("Worker")
				|| name.contains("EventLoop") || name.contains("Scheduler");
	}

}
