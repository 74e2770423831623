package io.kraft.engine.hosting;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.kraft.client.WorkflowHandle;
import io.kraft.engine.definition.MethodSignature;
import io.kraft.engine.definition.ResultStyle;
import io.kraft.engine.routing.PartitionMap;
import io.kraft.engine.store.Change;
import io.kraft.engine.store.Change.ChannelTaken;
import io.kraft.engine.store.Store;
import io.kraft.engine.testing.ForwardingStore;
import io.kraft.engine.testing.HoldingStore;
import io.kraft.engine.testing.ProxiedWorkflow;
import io.kraft.engine.testing.TestEngine;
import io.kraft.workflow.DurableFuture;
import io.kraft.workflow.WorkflowContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What a batch of one partition has in common in the other.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ChannelBatchTests {

	private static final int CHILDREN = 20;

	private final PartitionMap map = new PartitionMap(2);

	private final WorkflowContext workflow = WorkflowContext.ofCallingRun();

	private final TestEngine engine = new TestEngine().partitions(2);

	private final ProxiedWorkflow child = ProxiedWorkflow.define(this.engine, "child",
			MethodSignature.of(String.class, String.class), ResultStyle.PLAIN,
			(arguments) -> String.valueOf(arguments[0]), (arguments) -> arguments[0]);

	/** Of the second partition: the first commit of rows that are taken, and the next. */
	private final List<HoldingStore> held = new ArrayList<>();

	private final AtomicInteger opened = new AtomicInteger();

	/** Most rows that share a commit of the store. */
	private final AtomicInteger largest = new AtomicInteger();

	@AfterEach
	void close() {
		this.held.forEach(HoldingStore::release);
		this.engine.close();
	}

	@Test
	void childrenThatAreStartedInAnotherPartitionShareItsCommits() throws InterruptedException {
		this.engine.workflow("parent", Integer.class, (argument) -> {
			List<DurableFuture<String>> children = idsIn(1)
				.map((id) -> this.workflow.startChild(() -> this.child.<String>call(id)))
				.toList();
			return DurableFuture.allOf(children).await().size();
		});
		this.engine.withStore(this::watched).start();

		WorkflowHandle<?> parent = this.engine.run("parent", idsIn(0).iterator().next(), "x");
		this.held.getFirst().awaitReached();
		// One at a time, the parent starts the others meanwhile.
		await()
			.untilAsserted(() -> assertThat(this.engine.client().operations(parent.id())).hasSizeGreaterThan(CHILDREN));
		this.held.getFirst().release();
		this.held.getLast().awaitReached();
		await().until(() -> this.largest.get() > 1 || this.engine.engine().health().queuedCommits() > 0);
		this.held.getLast().release();

		assertThat(this.engine.finish(parent)).isEqualTo(CHILDREN);
	}

	private Store watched(Store store) {
		if (this.opened.getAndIncrement() == 0) {
			return store;
		}
		HoldingStore one = new HoldingStore(store, (change) -> change instanceof ChannelTaken);
		HoldingStore two = new HoldingStore(one, (change) -> change instanceof ChannelTaken && one.isReached());
		this.held.addAll(List.of(one, two));
		return new ForwardingStore(two) {

			@Override
			public void commit(long epoch, List<Change> changes) {
				int rows = (int) changes.stream().filter((change) -> change instanceof ChannelTaken).count();
				ChannelBatchTests.this.largest.accumulateAndGet(rows, Math::max);
				super.commit(epoch, changes);
			}

		};
	}

	private Stream<String> idsIn(int partition) {
		return IntStream.iterate(0, (number) -> number + 1)
			.mapToObj((number) -> "id-" + number)
			.filter((id) -> this.map.of(id) == partition)
			.limit(CHILDREN);
	}

}
