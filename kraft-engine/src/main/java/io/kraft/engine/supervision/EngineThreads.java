package io.kraft.engine.supervision;

/**
 * Makes the engine's threads. They inherit nothing from the thread that happens to make
 * them: what a workflow sees must be the same in its first execution and in a replay,
 * which other threads begin. Thread-safe.
 *
 * @param contextClassLoader of all of them
 */
public record EngineThreads(ClassLoader contextClassLoader) {

	/**
	 * With the context class loader of the calling thread, or, if it has none, the one
	 * that has loaded Kraft.
	 */
	public static EngineThreads ofCaller() {
		ClassLoader loader = Thread.currentThread().getContextClassLoader();
		return new EngineThreads((loader != null) ? loader : EngineThreads.class.getClassLoader());
	}

	/**
	 * A virtual thread, not started.
	 */
	public Thread virtual(String name, Runnable task) {
		return prepared(Thread.ofVirtual().name(name).inheritInheritableThreadLocals(false).unstarted(task));
	}

	/**
	 * A platform thread, a daemon, not started.
	 */
	public Thread platform(String name, Runnable task) {
		return prepared(Thread.ofPlatform().name(name).daemon().inheritInheritableThreadLocals(false).unstarted(task));
	}

	private Thread prepared(Thread thread) {
		thread.setContextClassLoader(this.contextClassLoader);
		return thread;
	}

	/**
	 * Resets what code has set on the calling thread, which is one of these.
	 */
	public void restoreContextClassLoader() {
		Thread.currentThread().setContextClassLoader(this.contextClassLoader);
	}

}
