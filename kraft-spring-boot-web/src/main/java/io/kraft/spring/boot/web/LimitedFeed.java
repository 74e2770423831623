package io.kraft.spring.boot.web;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * A feed that ends when its reader is not known to be authenticated any more: after a
 * time, or with its session, which is looked at with each batch and each keep-alive.
 */
final class LimitedFeed implements Feed {

	private final Feed feed;

	private final BooleanSupplier isSessionOver;

	private final CompletableFuture<Boolean> life = new CompletableFuture<>();

	/**
	 * A feed that begins its life.
	 * @param life within which it is closed
	 */
	LimitedFeed(Feed feed, Duration life, BooleanSupplier isSessionOver) {
		this.feed = feed;
		this.isSessionOver = isSessionOver;
		var unused = this.life.completeOnTimeout(true, life.toNanos(), TimeUnit.NANOSECONDS)
			.thenAccept((isOver) -> feed.close());
	}

	@Override
	public CompletionStage<List<Frame>> next() {
		return this.feed.next().thenApply(this::unlessOver);
	}

	private List<Frame> unlessOver(List<Frame> frames) {
		if (this.life.isDone() || this.isSessionOver.getAsBoolean()) {
			close();
			return List.of();
		}
		return frames;
	}

	@Override
	public void onDrop(Runnable abort) {
		this.feed.onDrop(abort);
	}

	@Override
	public void close() {
		this.feed.close();
		this.life.complete(false);
	}

}
