package io.kraft.spring.boot.web;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ExpiringFeedTests {

	private final CountDownLatch closed = new CountDownLatch(1);

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
			ExpiringFeedTests.this.closed.countDown();
		}

	};

	@Test
	void aFeedThatNobodyReadsIsClosed() throws Exception {
		ExpiringFeed.of(this.feed, Duration.ofMillis(1));

		assertThat(this.closed.await(30, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void aFeedThatIsReadIsNot() throws Exception {
		Feed read = ExpiringFeed.of(this.feed, Duration.ofMillis(200));
		read.next();
		CountDownLatch later = new CountDownLatch(1);
		ExpiringFeed.of(new Feed() {

			@Override
			public CompletionStage<List<Frame>> next() {
				return CompletableFuture.completedFuture(List.of());
			}

			@Override
			public void onDrop(Runnable abort) {
			}

			@Override
			public void close() {
				later.countDown();
			}

		}, Duration.ofMillis(400));

		assertThat(later.await(30, TimeUnit.SECONDS)).isTrue();
		assertThat(this.closed.getCount()).isEqualTo(1);
	}

}
