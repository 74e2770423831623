package io.kraft.engine.partition;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.kraft.client.EngineStoppedException;
import io.kraft.engine.store.Change;
import io.kraft.engine.testing.CountedWork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The queue of commits with one thread at either end; all interleavings of them are those
 * of {@link CommitQueueTests}.
 */
@Timeout(10)
class SleepingCommitterTests {

	private static final Duration PATIENCE = Duration.ofSeconds(3);

	private final CommitQueue queue = new CommitQueue(4 * 1024, new CountedWork());

	private final List<Commit> taken = new ArrayList<>();

	@Test
	void aCommitWakesTheConsumerThatSleeps() throws InterruptedException {
		Thread consumer = consumer();

		this.queue.put(commit());

		assertThat(consumer.join(PATIENCE)).isTrue();
		assertThat(this.taken).hasSize(1);
	}

	@Test
	void aCloseWakesTheConsumerThatSleeps() throws InterruptedException {
		Thread consumer = consumer();

		this.queue.close();

		assertThat(consumer.join(PATIENCE)).isTrue();
		assertThat(this.taken).isEmpty();
	}

	@Test
	void roomThatWasTakenIsGivenBack() throws InterruptedException {
		for (int i = 0; i < 20; i++) {
			assertThat(this.queue.offer(commit(), Duration.ZERO)).isTrue();
			this.queue.take(this.taken, 1);
		}

		assertThat(this.taken).hasSize(20);
	}

	@Test
	void whatIsLeftInTheQueueIsFailed() {
		Commit left = commit();
		this.queue.put(left);

		this.queue.failAll(() -> new EngineStoppedException("it has ended"));

		assertThat(this.queue.length()).isZero();
		assertThatExceptionOfType(EngineStoppedException.class).isThrownBy(left::await);
	}

	private Thread consumer() throws InterruptedException {
		Thread consumer = Thread.ofPlatform().daemon().start(() -> this.queue.take(this.taken, 1));
		while (consumer.getState() != Thread.State.WAITING) {
			Thread.onSpinWait();
		}
		return consumer;
	}

	private static Commit commit() {
		return new Commit(List.of(new Change.EntryAppended(1, 0, new byte[1])));
	}

}
