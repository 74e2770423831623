package io.kraft.spring.boot.web;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Notifies a feed that waits for news. It is armed before the feed reads: what arrives
 * after the read notifies it. Thread-safe.
 */
final class FeedNotifier {

	private volatile CompletableFuture<Boolean> notification = new CompletableFuture<>();

	void arm() {
		this.notification = new CompletableFuture<>();
	}

	void notifyFeed() {
		this.notification.complete(true);
	}

	/**
	 * Completes at the notification, or when the time is over, with whether there was
	 * one.
	 */
	CompletableFuture<Boolean> await(Duration time) {
		return this.notification.completeOnTimeout(false, time.toNanos(), TimeUnit.NANOSECONDS);
	}

}
