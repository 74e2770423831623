package io.kraft.spring.boot.autoconfigure.web;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * A feed that is let go of if nobody begins to read it: a caller who is gone before the
 * answer was written takes the answer along, and nobody would close it.
 */
final class ExpectantFeed implements Feed {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private final Feed feed;

	private volatile boolean isRead;

	private ExpectantFeed(Feed feed) {
		this.feed = feed;
	}

	static Feed of(Feed feed) {
		return of(feed, PATIENCE);
	}

	static Feed of(Feed feed, Duration patience) {
		ExpectantFeed expectant = new ExpectantFeed(feed);
		Executor later = CompletableFuture.delayedExecutor(patience.toNanos(), TimeUnit.NANOSECONDS);
		later.execute(expectant::closeUnlessRead);
		return expectant;
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
	public void close() {
		this.feed.close();
	}

}
