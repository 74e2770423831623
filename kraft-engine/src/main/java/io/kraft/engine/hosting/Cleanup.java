package io.kraft.engine.hosting;

/**
 * What is done after a failure, each whatever the others throw.
 */
final class Cleanup {

	private Cleanup() {
	}

	/**
	 * Calls the actions in their order.
	 * @param cause gets what they throw as suppressed
	 */
	static void after(Throwable cause, Runnable... actions) {
		for (Runnable action : actions) {
			try {
				action.run();
			}
			catch (Throwable ex) {
				cause.addSuppressed(ex);
			}
		}
	}

}
