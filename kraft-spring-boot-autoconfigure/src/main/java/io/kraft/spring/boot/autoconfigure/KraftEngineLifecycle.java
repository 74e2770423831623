package io.kraft.spring.boot.autoconfigure;

import io.kraft.engine.KraftEngine;

import org.springframework.context.SmartLifecycle;

/**
 * Starts the engine before the port opens, and stops it after requests have drained. A
 * paused context releases the data directory, and resumes its runs when it is restarted.
 * A context that fails later in its start closes the engine as a bean, by
 * {@link KraftEngine#close()}.
 */
final class KraftEngineLifecycle implements SmartLifecycle {

	/** Before the web server's start, and after its graceful shutdown. */
	static final int PHASE = DEFAULT_PHASE - 4096;

	private final KraftEngine engine;

	private volatile boolean running;

	KraftEngineLifecycle(KraftEngine engine) {
		this.engine = engine;
	}

	@Override
	public void start() {
		this.engine.start();
		this.running = true;
	}

	@Override
	public void stop() {
		this.running = false;
		this.engine.stop();
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

}
