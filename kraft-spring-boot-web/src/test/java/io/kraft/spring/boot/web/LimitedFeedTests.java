package io.kraft.spring.boot.web;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LimitedFeedTests {

	private static final Duration SOON = Duration.ofMillis(1);

	private static final Duration NEVER = Duration.ofDays(1);

	private final CountDownLatch closed = new CountDownLatch(1);

	private final CountDownLatch aborted = new CountDownLatch(1);

	private final AtomicBoolean isSessionOver = new AtomicBoolean();

	private final Feed feed = new Feed() {

		@Override
		public CompletionStage<List<Frame>> next() {
			return CompletableFuture.completedFuture(List.of(Frame.KEEP_ALIVE));
		}

		@Override
		public void onDrop(Runnable abort) {
		}

		@Override
		public void close() {
			LimitedFeedTests.this.closed.countDown();
		}

	};

	@Test
	void whenItsTimeIsOverItEndsAndItsConnectionIsClosed() throws Exception {
		LimitedFeed limited = limited(SOON);

		assertThat(this.closed.await(30, TimeUnit.SECONDS)).isTrue();
		assertThat(this.aborted.await(30, TimeUnit.SECONDS)).isTrue();
		assertThat(limited.next().toCompletableFuture().join()).isEmpty();
	}

	@Test
	void whenTheSessionIsOverItEndsAndItsConnectionIsClosed() throws Exception {
		LimitedFeed limited = limited(NEVER);
		assertThat(limited.next().toCompletableFuture().join()).hasSize(1);

		this.isSessionOver.set(true);

		assertThat(limited.next().toCompletableFuture().join()).isEmpty();
		assertThat(this.closed.await(30, TimeUnit.SECONDS)).isTrue();
		assertThat(this.aborted.await(30, TimeUnit.SECONDS)).isTrue();
	}

	private LimitedFeed limited(Duration life) {
		LimitedFeed limited = new LimitedFeed(this.feed, life, SOON, this.isSessionOver::get);
		limited.onDrop(this.aborted::countDown);
		return limited;
	}

}
