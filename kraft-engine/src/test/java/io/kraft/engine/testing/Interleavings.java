package io.kraft.engine.testing;

import org.jetbrains.lincheck.Lincheck;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jspecify.annotations.Nullable;

/**
 * Executes a piece of code whose threads meet without a lock in many of the orders in
 * which their reads and writes can be taken. Lincheck decides which thread goes on at
 * each access, so that a run of the test explores the same orders each time; it fails
 * with the order that it found, also where all threads wait for each other.
 * {@code -Dkraft.test.interleavings} explores more of them.
 */
public final class Interleavings {

	private static final int ORDERS = Integer.getInteger("kraft.test.interleavings", 100);

	private static final String HUNG = "has hung";

	private Interleavings() {
	}

	/**
	 * Executes the code in each order.
	 * @param code starts its threads and joins them; throws if something is wrong
	 */
	public static void explore(Runnable code) {
		try {
			Lincheck.runConcurrentTest(ORDERS, code);
		}
		catch (LincheckAssertionError ex) {
			if (!ex.getMessage().contains(HUNG)) {
				throw ex;
			}
			// On a machine with too much to do, the preparation of the classes may take
			// longer than Lincheck waits for. It is done by now; threads that wait for
			// each other do so again.
			Lincheck.runConcurrentTest(ORDERS, code);
		}
	}

	/**
	 * Executes what is given on threads of their own, and returns when all have ended.
	 * Throws what the first of them threw.
	 */
	public static void inParallel(Runnable... bodies) {
		Guarded[] guarded = new Guarded[bodies.length];
		Thread[] threads = new Thread[bodies.length];
		for (int i = 0; i < bodies.length; i++) {
			guarded[i] = new Guarded(bodies[i]);
			threads[i] = new Thread(guarded[i]);
			threads[i].start();
		}
		for (int i = 0; i < bodies.length; i++) {
			join(threads[i]);
			guarded[i].check();
		}
	}

	/**
	 * Fails unless something holds.
	 */
	public static void check(boolean holds, String what) {
		if (!holds) {
			throw new AssertionError("does not hold: " + what);
		}
	}

	private static void join(Thread thread) {
		try {
			thread.join();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException("interrupted while the threads of a test executed", ex);
		}
	}

	/**
	 * Keeps what a body throws for the thread that joins it.
	 */
	private static final class Guarded implements Runnable {

		private final Runnable body;

		private @Nullable Throwable failure;

		Guarded(Runnable body) {
			this.body = body;
		}

		@Override
		public void run() {
			try {
				this.body.run();
			}
			catch (RuntimeException | Error ex) {
				this.failure = ex;
			}
		}

		void check() {
			if (this.failure != null) {
				throw new AssertionError(this.failure.toString(), this.failure);
			}
		}

	}

}
