package io.kraft.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import io.kraft.client.StartOptions;
import io.kraft.client.WorkflowHandle;
import io.kraft.engine.store.Change;
import io.kraft.engine.store.Store;
import io.kraft.engine.testing.ForwardingStore;
import io.kraft.engine.testing.SamePartition;
import io.kraft.engine.testing.TestEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * One thread writes, many changes share a commit, and nothing leaves before it is
 * durable.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class CommitPipelineTests {

	private final TestEngine engine = new TestEngine();

	private final List<Integer> batches = Collections.synchronizedList(new ArrayList<>());

	private final AtomicBoolean wroteOnVirtualThread = new AtomicBoolean();

	private volatile CountDownLatch disk = new CountDownLatch(0);

	@AfterEach
	void close() {
		this.disk.countDown();
		this.engine.close();
	}

	@Test
	void nothingIsEverWrittenOnAVirtualThread() throws Exception {
		start();

		Thread.ofVirtual().start(() -> this.engine.run("two", "a", "x").result()).join();

		assertThat(this.batches).isNotEmpty();
		assertThat(this.wroteOnVirtualThread).isFalse();
	}

	@Test
	void whatQueuesUpWhileTheDiskIsBusySharesOneCommit() {
		start();
		this.disk = new CountDownLatch(1);
		List<CompletableFuture<?>> starts = new ArrayList<>();
		starts.add(this.engine.client().startAsync("two", StartOptions.defaults().id(here("first")), "x"));
		await().until(() -> !this.batches.isEmpty());
		for (int i = 0; i < 200; i++) {
			starts.add(this.engine.client().startAsync("two", StartOptions.defaults().id(here("run-" + i)), "x"));
		}
		await().atMost(50, TimeUnit.SECONDS).until(() -> this.engine.engine().health().queuedCommits() >= 200);

		this.disk.countDown();

		CompletableFuture.allOf(starts.toArray(CompletableFuture[]::new)).join();
		assertThat(List.copyOf(this.batches)).anyMatch((changes) -> changes >= 400);
	}

	@Test
	void theHealthTellsForHowLongTheDiskHasBeenWriting() {
		start();
		assertThat(this.engine.engine().health().commitLag()).isZero();
		this.disk = new CountDownLatch(1);

		CompletableFuture<?> run = this.engine.client().startAsync("two", StartOptions.defaults().id("slow"), "x");

		await().until(() -> this.engine.engine().health().commitLag().isPositive());
		Duration lag = this.engine.engine().health().commitLag();
		await().until(() -> this.engine.engine().health().commitLag().compareTo(lag) > 0);
		this.disk.countDown();
		run.join();
		await().until(() -> this.engine.engine().health().commitLag().isZero());
	}

	@Test
	void noBodyIsEnteredAndNothingIsAnsweredBeforeTheDiskHasAnswered() {
		AtomicInteger entered = new AtomicInteger();
		CountDownLatch first = new CountDownLatch(1);
		this.engine.workflow("barrier", String.class, (argument) -> {
			this.engine.step("one", void.class, () -> {
				this.disk = new CountDownLatch(1);
				first.countDown();
				return null;
			});
			return this.engine.step("two", String.class, () -> "entered " + entered.incrementAndGet());
		});
		start();
		WorkflowHandle<?> run = this.engine.run("barrier", here("b"), "x");
		CompletableFuture<?> result = run.resultAsync();
		await().until(() -> first.getCount() == 0);
		await().until(() -> this.batches.size() >= 2);
		CompletableFuture<?> another = this.engine.client()
			.startAsync("two", StartOptions.defaults().id(here("another")), "x");
		await().until(() -> this.engine.engine().health().queuedCommits() >= 1);

		assertThat(entered).hasValue(0);
		assertThat(result).isNotDone();
		assertThat(another).isNotDone();
		assertThat(this.engine.client().find(here("another"))).isEmpty();
		this.disk.countDown();

		assertThat(result.join()).isEqualTo("entered 1");
		another.join();
	}

	/** One committer writes them. */
	private String here(String name) {
		return SamePartition.id(this.engine, name);
	}

	private void start() {
		this.engine
			.workflow("two", String.class,
					(argument) -> this.engine.step("one", String.class, () -> "1")
							+ this.engine.step("two", String.class, () -> "2"))
			.withStore(Disk::new)
			.start();
	}

	/**
	 * A store whose commits wait while the test holds the disk.
	 */
	private final class Disk extends ForwardingStore {

		Disk(Store store) {
			super(store);
		}

		@Override
		public void commit(long epoch, List<Change> changes) {
			CommitPipelineTests.this.wroteOnVirtualThread.compareAndSet(false, Thread.currentThread().isVirtual());
			CommitPipelineTests.this.batches.add(changes.size());
			try {
				CommitPipelineTests.this.disk.await();
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
			super.commit(epoch, changes);
		}

	}

}
