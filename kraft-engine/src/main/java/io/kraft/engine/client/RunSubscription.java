package io.kraft.engine.client;

import java.util.concurrent.atomic.AtomicBoolean;

import io.kraft.engine.supervision.SafeLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A listener to one run: what happens while it waits to be called is covered by that
 * call. Thread-safe.
 */
final class RunSubscription implements Runnable {

	private static final Logger logger = LoggerFactory.getLogger(RunSubscription.class);

	private final Runnable listener;

	private final AtomicBoolean expected = new AtomicBoolean();

	RunSubscription(Runnable listener) {
		this.listener = listener;
	}

	/**
	 * Expects a call.
	 * @return whether it is still to be arranged for
	 */
	boolean expect() {
		return this.expected.compareAndSet(false, true);
	}

	void expectNothing() {
		this.expected.set(false);
	}

	@Override
	public void run() {
		this.expected.set(false);
		try {
			this.listener.run();
		}
		catch (Throwable ex) {
			SafeLog.warn(logger, "A listener to a run failed", ex);
		}
	}

}
