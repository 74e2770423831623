package io.kraft.benchmark;

import java.util.concurrent.TimeUnit;

/**
 * Lets time pass.
 */
final class Pause {

	private Pause() {
	}

	static void millis(long millis) {
		try {
			TimeUnit.MILLISECONDS.sleep(millis);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
