package io.kraft.spring.boot.autoconfigure.web;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Wakes a feed that waits. It is armed before the feed looks for what is new: what comes
 * after the look rings it. Thread-safe.
 */
final class Bell {

	private volatile CompletableFuture<Boolean> ring = new CompletableFuture<>();

	void arm() {
		this.ring = new CompletableFuture<>();
	}

	void ring() {
		this.ring.complete(true);
	}

	/**
	 * Completes when the bell rings, with whether it did so before the time was over.
	 */
	CompletableFuture<Boolean> await(Duration time) {
		return this.ring.completeOnTimeout(false, time.toNanos(), TimeUnit.NANOSECONDS);
	}

}
