package io.kraft.engine.hosting;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.kraft.client.EngineStoppedException;
import io.kraft.client.EnqueueOptions;
import io.kraft.client.QueueDescription;
import io.kraft.client.WorkflowHandle;
import io.kraft.client.WorkflowStatus;
import io.kraft.engine.store.Store;
import io.kraft.engine.testing.SamePartition;
import io.kraft.engine.testing.TestEngine;
import io.kraft.workflow.KraftException;
import io.kraft.workflow.WorkQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Queues whose items are in all partitions of a node.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class QueuesAcrossPartitionsTests {

	private static final int PARTITIONS = 4;

	private static final Duration MINUTE = Duration.ofMinutes(1);

	private final List<Instant> attempts = Collections.synchronizedList(new ArrayList<>());

	private final AtomicInteger inside = new AtomicInteger();

	private final AtomicInteger most = new AtomicInteger();

	private final Semaphore gate = new Semaphore(0);

	private final TestEngine engine = new TestEngine().partitions(PARTITIONS)
		.namedStep("send", String.class, this::send)
		.namedStep("hold", String.class, this::hold);

	@AfterEach
	void close() {
		this.gate.release(1000);
		this.engine.close();
	}

	private String send(String argument) {
		this.attempts.add(this.engine.time().instant());
		return argument;
	}

	private String hold(String argument) throws InterruptedException {
		this.most.accumulateAndGet(this.inside.incrementAndGet(), Math::max);
		this.gate.acquire();
		this.inside.decrementAndGet();
		return argument;
	}

	@Test
	void noMoreItemsAreInTheirStepThanTheNodeMayHave() {
		this.engine.queue(WorkQueue.named("mail").concurrency(9).concurrencyPerNode(2)).start();

		List<WorkflowHandle<Object>> items = IntStream.range(0, 40)
			.mapToObj((number) -> item("hold", number % PARTITIONS, "i" + number))
			.toList();
		await().until(() -> this.inside.get() == 2);
		this.gate.release(40);

		items.forEach(WorkflowHandle::result);
		assertThat(this.most).hasValue(2);
	}

	@Test
	void noPeriodHasMoreAttemptsThanTheRateInAllPartitionsTogetherAlsoAcrossCrashes() {
		this.engine.queue(WorkQueue.named("mail").rateLimit(3, MINUTE)).start();
		List<String> items = IntStream.range(0, 24)
			.mapToObj((number) -> item("send", number % PARTITIONS, "i" + number).id())
			.toList();

		for (int third = 0; third < 30; third++) {
			this.engine.awaitQuiet();
			if (third % 4 == 3) {
				this.engine.crashAndStart();
				this.engine.awaitQuiet();
			}
			this.engine.time().advance(Duration.ofSeconds(20));
		}

		items.forEach((id) -> assertThat(this.engine.client().handle(id).status()).isEqualTo(WorkflowStatus.COMPLETED));
		List<Instant> made = this.attempts.stream().sorted().toList();
		assertThat(made).hasSize(24);
		for (int i = 3; i < made.size(); i++) {
			assertThat(Duration.between(made.get(i - 3), made.get(i))).isGreaterThanOrEqualTo(MINUTE);
		}
		assertThat(Duration.between(made.getFirst(), made.getLast())).as("and no fewer")
			.isEqualTo(MINUTE.multipliedBy(7));
	}

	@Test
	void theStoresKeepNoMoreAttemptsThanTheRateEach() {
		this.engine.queue(WorkQueue.named("mail").rateLimit(2, MINUTE)).start();
		for (int number = 0; number < 20; number++) {
			item("send", (number / 5) % PARTITIONS, "i" + number).result();
			this.engine.awaitQuiet();
			this.engine.time().advance(MINUTE);
		}

		this.engine.crash();
		for (int partition = 0; partition < PARTITIONS; partition++) {
			try (Store store = this.engine.medium(partition).open()) {
				assertThat(store.queueAttempts("mail").size()).isLessThanOrEqualTo(2);
			}
		}
	}

	@Test
	void aPauseThatOnePartitionCannotRecordHoldsAndIsLearntByItWhenItIsOpened() {
		this.engine.start();
		fail(2);

		for (int call = 0; call < 2; call++) {
			assertThatExceptionOfType(EngineStoppedException.class)
				.isThrownBy(() -> this.engine.client().pauseQueue("mail"))
				.withMessageContaining("queue 'mail' was not paused in all partitions")
				.withMessageContaining("[2] of 4");
		}
		WorkflowHandle<Object> item = item("send", 1, "a");
		this.engine.awaitQuiet();
		assertThat(item.status()).as("it holds").isEqualTo(WorkflowStatus.PENDING);

		this.engine.crashAndStart();
		this.engine.awaitQuiet();
		assertThat(item("send", 2, "b").status()).isEqualTo(WorkflowStatus.PENDING);
		this.engine.crash();
		assertThat(pausedIn()).containsExactly(0, 1, 2, 3);
		this.engine.start();
		this.engine.client().pauseQueue("mail");
		this.engine.client().resumeQueue("mail");

		assertThat(this.engine.client().handle(item.id()).result()).isEqualTo("a");
		assertThat(item("send", 2, "c").result()).isEqualTo("c");
		this.engine.crash();
		assertThat(pausedIn()).isEmpty();
	}

	@Test
	void aResumeThatOnePartitionCannotRecordLeavesTheQueuePaused() {
		this.engine.start();
		this.engine.client().pauseQueue("mail");
		WorkflowHandle<Object> item = item("send", 1, "a");
		fail(3);

		assertThatExceptionOfType(EngineStoppedException.class)
			.isThrownBy(() -> this.engine.client().resumeQueue("mail"))
			.withMessageContaining("[3] of 4");
		this.engine.awaitQuiet();
		assertThat(item.status()).isEqualTo(WorkflowStatus.PENDING);
		assertThat(this.engine.client().queues()).extracting(QueueDescription::paused).containsExactly(true);

		this.engine.crashAndStart();
		this.engine.awaitQuiet();
		assertThat(this.engine.client().handle(item.id()).status()).isEqualTo(WorkflowStatus.PENDING);
		this.engine.client().resumeQueue("mail");
		assertThat(this.engine.client().handle(item.id()).result()).isEqualTo("a");
	}

	private void fail(int partition) {
		this.engine.medium(partition).failWrites();
		assertThatExceptionOfType(KraftException.class).isThrownBy(() -> item("send", partition, "x"));
	}

	private List<Integer> pausedIn() {
		List<Integer> paused = new ArrayList<>();
		for (int partition = 0; partition < PARTITIONS; partition++) {
			try (Store store = this.engine.medium(partition).open()) {
				if (store.pausedQueues().contains("mail")) {
					paused.add(partition);
				}
			}
		}
		return paused;
	}

	private WorkflowHandle<Object> item(String step, int partition, String name) {
		String id = SamePartition.id(this.engine, "queue:mail:" + name, partition);
		EnqueueOptions options = EnqueueOptions.defaults().key(id.substring("queue:mail:".length()));
		return this.engine.enqueue("mail", options, step, name);
	}

}
