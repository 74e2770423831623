package io.kraft.spring.boot.web;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * A feed that is closed unless it is read within some time: if the caller is gone before
 * the answer is written, nothing else closes it.
 */
final class ExpiringFeed implements Feed {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private final Feed feed;

	private volatile boolean isRead;

	private ExpiringFeed(Feed feed) {
		this.feed = feed;
	}

	static Feed of(Feed feed) {
		return of(feed, PATIENCE);
	}

	static Feed of(Feed feed, Duration patience) {
		ExpiringFeed expiring = new ExpiringFeed(feed);
		Executor later = CompletableFuture.delayedExecutor(patience.toNanos(), TimeUnit.NANOSECONDS);
		later.execute(expiring::closeUnlessRead);
		return expiring;
	}

	private void closeUnlessRead() {
		if (!this.isRead) {
			close();
		}
	}

	@Override
	public CompletionStage<List<Frame>> next() {
		this.isRead = true;
		return this.feed.next();
	}

	@Override
	public void onDrop(Runnable abort) {
		this.feed.onDrop(abort);
	}

	@Override
	public void close() {
		this.feed.close();
	}

}
