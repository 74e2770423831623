package io.kraft.test.bench;

import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;

import io.kraft.engine.KraftEngine;
import org.jspecify.annotations.Nullable;

/**
 * The engine of a bench, from one incarnation to the next. It has no grace period, so
 * that stopping it is what the death of its process would be. Thread-safe: starts and
 * stops exclude each other.
 */
final class EngineLifecycle {

	private final ReentrantLock lock = new ReentrantLock();

	private @Nullable KraftEngine engine;

	void put(KraftEngine engine) {
		this.engine = engine;
	}

	boolean hasEngine() {
		return this.engine != null;
	}

	KraftEngine engine() {
		return Objects.requireNonNull(this.engine, "no engine is on the bench yet");
	}

	void crash() {
		this.lock.lock();
		try {
			engine().stop();
		}
		finally {
			this.lock.unlock();
		}
	}

	void restart() {
		this.lock.lock();
		try {
			engine().start();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Starts the next incarnation over what an action has reset, while none is there.
	 */
	void renew(Runnable reset) {
		this.lock.lock();
		try {
			engine().stop();
			reset.run();
			engine().start();
		}
		finally {
			this.lock.unlock();
		}
	}

}
