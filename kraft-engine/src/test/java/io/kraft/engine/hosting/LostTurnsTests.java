package io.kraft.engine.hosting;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.kraft.client.EnqueueOptions;
import io.kraft.client.WorkflowHandle;
import io.kraft.client.WorkflowStatus;
import io.kraft.engine.definition.MethodSignature;
import io.kraft.engine.definition.WorkflowDefinition;
import io.kraft.engine.testing.TestEngine;
import io.kraft.workflow.WorkQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What opens a limit in one partition is noticed in another one that waits there,
 * whatever that was doing when it was refused.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class LostTurnsTests {

	private final TestEngine engine = new TestEngine().partitions(3);

	private final Map<String, CountDownLatch> gates = new ConcurrentHashMap<>();

	private final List<String> begun = Collections.synchronizedList(new ArrayList<>());

	@AfterEach
	void close() {
		this.gates.values().forEach(CountDownLatch::countDown);
		this.engine.close();
	}

	@Test
	void aRunThatHadNoSlotWhenItCameIsWokenByAPlaceThatIsFreeLater() {
		define(2).start();
		run("one", 0, "first");
		run("free", 0, "other");
		WorkflowHandle<?> second = run("one", 1, "second");
		this.engine.settle();
		assertThat(second.status()).isEqualTo(WorkflowStatus.PENDING);

		open("other");
		await().until(() -> this.engine.client().handle(idIn(0, "other")).status() == WorkflowStatus.COMPLETED);
		this.engine.settle();
		open("first");

		awaitBegun("second");
		open("second");
		assertThat(second.result()).isEqualTo("second");
	}

	@Test
	void anItemIsWokenByItsRateWhereTheConcurrencyHadKeptItFromKnowingTheTime() {
		this.engine.queue(WorkQueue.named("mail").concurrency(2).rateLimit(2, Duration.ofMinutes(1)))
			.namedStep("send", String.class, this::hold)
			.start();
		WorkflowHandle<?> first = enqueue(0, "first");
		awaitBegun("first");
		// Partition 0 knows that it has no more.
		this.engine.settle();
		enqueue(2, "other");
		awaitBegun("other");
		WorkflowHandle<?> second = enqueue(1, "second");
		this.engine.settle();

		open("first");
		assertThat(first.result()).isEqualTo("first");
		this.engine.settle();
		this.engine.time().advance(Duration.ofMinutes(1));

		awaitBegun("second");
		open("second");
		assertThat(second.result()).isEqualTo("second");
	}

	@Test
	void aPlaceOfAPartitionThatIsReleasedGoesToTheOnlyOneThatIsLeft() {
		define(10).start();
		this.engine.release(2, Duration.ofSeconds(10));
		run("one", 0, "first");
		awaitBegun("first");
		WorkflowHandle<?> second = run("one", 1, "second");
		this.engine.settle();
		assertThat(second.status()).isEqualTo(WorkflowStatus.PENDING);

		this.engine.release(0, Duration.ZERO);

		awaitBegun("second");
		open("second");
		assertThat(second.result()).isEqualTo("second");
	}

	private TestEngine define(int slots) {
		return this.engine.with((builder) -> builder.maxConcurrentWorkflows(slots).maxParkedWorkflows(0))
			.workflow(WorkflowDefinition
				.of("one", MethodSignature.of(String.class, String.class),
						(arguments) -> held(String.valueOf(arguments[0])))
				.withMaxConcurrent(1))
			.workflow("free", String.class, this::held);
	}

	private String held(String name) {
		return this.engine.step("hold", String.class, () -> hold(name));
	}

	private String hold(String name) throws InterruptedException {
		this.begun.add(name);
		gate(name).await();
		return name;
	}

	private CountDownLatch gate(String name) {
		return this.gates.computeIfAbsent(name, (key) -> new CountDownLatch(1));
	}

	private void open(String name) {
		gate(name).countDown();
	}

	private void awaitBegun(String name) {
		await().until(() -> this.begun.contains(name));
	}

	private WorkflowHandle<?> run(String workflow, int partition, String name) {
		return this.engine.run(workflow, idIn(partition, name), name);
	}

	private WorkflowHandle<?> enqueue(int partition, String name) {
		String key = idIn(partition, "queue:mail:" + name).substring("queue:mail:".length());
		return this.engine.enqueue("mail", EnqueueOptions.defaults().key(key), "send", name);
	}

	private String idIn(int partition, String name) {
		String id = name;
		while (this.engine.partitionOf(id) != partition) {
			id += "-";
		}
		return id;
	}

}
