package io.kraft.engine.channel;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@Timeout(60)
class ChannelBarrierTests {

	private static final Duration LONG = Duration.ofMinutes(1);

	private final ChannelBarrier barrier = new ChannelBarrier();

	@Test
	void whatCrossesWaitsWhileItIsHeld() throws InterruptedException {
		AtomicBoolean crossed = new AtomicBoolean();
		assertThat(this.barrier.hold(LONG)).isTrue();

		Thread crossing = Thread.ofPlatform().start(() -> this.barrier.cross(() -> {
			crossed.set(true);
			return "";
		}));
		await().until(() -> crossing.getState() == Thread.State.WAITING);
		assertThat(crossed).isFalse();

		assertThat(this.barrier.release()).isTrue();
		crossing.join();
		assertThat(crossed).isTrue();
	}

	@Test
	void itIsHeldOnlyWhenNothingIsCrossing() throws InterruptedException {
		CountDownLatch inside = new CountDownLatch(1);
		CountDownLatch end = new CountDownLatch(1);
		Thread crossing = Thread.ofPlatform().start(() -> this.barrier.cross(() -> {
			inside.countDown();
			return awaited(end);
		}));
		inside.await();

		assertThat(this.barrier.hold(Duration.ofMillis(1))).isFalse();
		end.countDown();
		crossing.join();

		assertThat(this.barrier.hold(Duration.ofMillis(1))).isTrue();
	}

	private static boolean awaited(CountDownLatch latch) {
		try {
			latch.await();
			return true;
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void aHoldThatWasGivenUpKeepsNothingWaiting() throws InterruptedException {
		this.barrier.cross(() -> {
			Thread.currentThread().interrupt();
			try {
				return this.barrier.hold(LONG);
			}
			catch (InterruptedException ex) {
				return false;
			}
		});

		assertThat(this.barrier.cross(() -> "crossed")).isEqualTo("crossed");
		assertThat(this.barrier.hold(LONG)).isTrue();
	}

	@Test
	void oneCallerHoldsIt() throws InterruptedException {
		assertThat(this.barrier.hold(LONG)).isTrue();
		assertThat(this.barrier.hold(LONG)).isFalse();
		assertThat(this.barrier.release()).isTrue();
		assertThat(this.barrier.release()).isFalse();
	}

	@Test
	void newsThatArriveWhileItIsHeldAreHeardOfAfterwards() throws InterruptedException {
		CompletableFuture<String> before = new CompletableFuture<>();
		CompletableFuture<String> early = this.barrier.crossed(before);
		before.complete("early");
		assertThat(early).isCompletedWithValue("early");

		this.barrier.hold(LONG);
		CompletableFuture<String> news = new CompletableFuture<>();
		CompletableFuture<String> heard = this.barrier.crossed(news);
		CompletableFuture<String> failed = this.barrier
			.crossed(CompletableFuture.failedFuture(new IllegalStateException()));
		news.complete("late");
		assertThat(heard).isNotDone();
		assertThat(failed).isNotDone();

		this.barrier.release();
		assertThat(heard).isCompletedWithValue("late");
		assertThat(failed).isCompletedExceptionally();
	}

	@Test
	void newsThatAreGivenUpAreCancelled() {
		CompletableFuture<String> news = new CompletableFuture<>();

		this.barrier.crossed(news).cancel(false);

		assertThat(news).isCancelled();
	}

	@Test
	void theEndOfTheNodeReleasesItForGood() throws InterruptedException {
		assertThat(this.barrier.hold(LONG)).isTrue();

		this.barrier.end();

		assertThat(this.barrier.cross(() -> "crossed")).isEqualTo("crossed");
		assertThat(this.barrier.release()).isFalse();
		assertThat(this.barrier.hold(LONG)).isFalse();
	}

}
