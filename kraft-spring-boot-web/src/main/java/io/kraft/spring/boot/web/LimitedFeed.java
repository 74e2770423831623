package io.kraft.spring.boot.web;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * A feed that ends when its reader is not known to be authenticated any more: after a
 * time, or with its session, which is looked at with each batch and each keep-alive. The
 * connection of a reader that does not take what was sent before the end, and so not the
 * end either, is closed some time later.
 */
final class LimitedFeed implements Feed {

	/** Within which a reader has taken the end. */
	static final Duration GRACE = Duration.ofSeconds(5);

	private final Feed feed;

	private final BooleanSupplier isSessionOver;

	/** Whether it was over before the feed was closed. */
	private final CompletableFuture<Boolean> life = new CompletableFuture<>();

	private volatile Runnable abort = () -> {
	};

	/**
	 * A feed that begins its life.
	 * @param life within which it is closed
	 * @param grace after which the connection is closed, too
	 */
	LimitedFeed(Feed feed, Duration life, Duration grace, BooleanSupplier isSessionOver) {
		this.feed = feed;
		this.isSessionOver = isSessionOver;
		var unused = this.life.completeOnTimeout(true, life.toNanos(), TimeUnit.NANOSECONDS).thenAccept((isOver) -> {
			feed.close();
			if (isOver) {
				CompletableFuture.delayedExecutor(grace.toNanos(), TimeUnit.NANOSECONDS)
					.execute(() -> this.abort.run());
			}
		});
	}

	@Override
	public CompletionStage<List<Frame>> next() {
		return this.feed.next().thenApply(this::unlessOver);
	}

	private List<Frame> unlessOver(List<Frame> frames) {
		if (this.life.isDone() || this.isSessionOver.getAsBoolean()) {
			this.life.complete(true);
			return List.of();
		}
		return frames;
	}

	@Override
	public void onDrop(Runnable abort) {
		this.abort = abort;
		this.feed.onDrop(abort);
	}

	@Override
	public void close() {
		this.feed.close();
		this.life.complete(false);
	}

}
