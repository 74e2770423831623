package io.kraft.engine.run;

import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;

/**
 * Determines for which run a thread works that is not one of the run's own: because the
 * code of its workflow has made the thread, or has handed it a task. Thread-safe.
 * <p>
 * A thread inherits it from the thread that makes it; what the body of a step makes is
 * free. It is held weakly, because a thread of a pool outlives the run that happened to
 * make it. Such a thread may work for another run meanwhile, so that what it inherits is
 * certain for a thread of a single task only; a task that was handed over is certain on
 * every thread.
 */
public final class ThreadOrigin {

	private static final InheritableThreadLocal<@Nullable WeakReference<ThreadOrigin>> INHERITED = new Inherited();

	private static final ThreadLocal<@Nullable WeakReference<ThreadOrigin>> TASK = new ThreadLocal<>();

	private final LoadedRun run;

	private final WeakReference<ThreadOrigin> weakly = new WeakReference<>(this);

	private final AtomicBoolean warned = new AtomicBoolean();

	ThreadOrigin(LoadedRun run) {
		this.run = run;
	}

	/** The calling thread is the run's own from here on. */
	void enter() {
		INHERITED.set(this.weakly);
	}

	/** The calling thread belongs to no run from here on. */
	static void leave() {
		INHERITED.remove();
	}

	/**
	 * The run for whose code the calling thread works without being one of its own; null
	 * if there is none, or it does not execute any more.
	 */
	public static @Nullable ThreadOrigin ofCaller() {
		if (Branch.current() != null) {
			return null;
		}
		WeakReference<ThreadOrigin> task = TASK.get();
		WeakReference<ThreadOrigin> reference = (task != null) ? task : INHERITED.get();
		ThreadOrigin origin = (reference != null) ? reference.get() : null;
		return (origin != null && !origin.run.journal().isClosed()) ? origin : null;
	}

	/**
	 * Whether {@link #ofCaller} is beyond doubt on the calling thread. Looks at its
	 * stack.
	 */
	public static boolean isCertain() {
		return TASK.get() != null || !CallerStack.isOfPool();
	}

	/**
	 * A task as the calling thread hands it to another: it works for the run for whose
	 * code the calling thread works. The same task if there is none, and in the body of a
	 * step.
	 */
	public static Runnable handOver(Runnable task) {
		WeakReference<ThreadOrigin> reference = (TASK.get() != null) ? TASK.get() : INHERITED.get();
		if (reference == null || isInBody()) {
			return task;
		}
		return () -> call(reference, task);
	}

	private static void call(WeakReference<ThreadOrigin> reference, Runnable task) {
		if (Branch.current() != null) {
			task.run();
			return;
		}
		WeakReference<ThreadOrigin> taskBefore = TASK.get();
		WeakReference<ThreadOrigin> inheritedBefore = INHERITED.get();
		TASK.set(reference);
		INHERITED.set(reference);
		try {
			task.run();
		}
		finally {
			restore(TASK, taskBefore);
			restore(INHERITED, inheritedBefore);
		}
	}

	private static <T> void restore(ThreadLocal<@Nullable T> local, @Nullable T before) {
		if (before != null) {
			local.set(before);
		}
		else {
			local.remove();
		}
	}

	private static boolean isInBody() {
		Branch branch = Branch.current();
		return branch != null && branch.isInBody();
	}

	/**
	 * The run.
	 */
	public LoadedRun run() {
		return this.run;
	}

	/**
	 * What becomes of such calls.
	 */
	public OffThreadCalls calls() {
		return this.run.environment().settings().offThreadCalls();
	}

	/**
	 * Whether the run is to be warned of. True once for each time that it is loaded.
	 */
	public boolean isToBeWarnedOf() {
		return !this.warned.getAndSet(true);
	}

	/**
	 * What a new thread gets, on the thread that makes it.
	 */
	private static final class Inherited extends InheritableThreadLocal<@Nullable WeakReference<ThreadOrigin>> {

		@Override
		protected @Nullable WeakReference<ThreadOrigin> childValue(@Nullable WeakReference<ThreadOrigin> parents) {
			return isInBody() ? null : parents;
		}

	}

}
