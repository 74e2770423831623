package io.kraft.engine.hosting;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.kraft.client.WorkflowHandle;
import io.kraft.client.WorkflowStatus;
import io.kraft.engine.HostAccess;
import io.kraft.engine.message.channel.Channel;
import io.kraft.engine.store.Change;
import io.kraft.engine.store.OutboxRow;
import io.kraft.engine.store.Requester;
import io.kraft.engine.testing.TestEngine;
import io.kraft.engine.timer.ManualScheduler;
import io.kraft.workflow.WorkflowContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A channel that is full, with all slots held by runs that wait for room in it, because
 * none may wait in memory without one.
 */
class FullChannelTests {

	private static final int ROWS_OF_A_COMMIT = 5000;

	private final WorkflowContext workflow = WorkflowContext.ofCallingRun();

	private final AtomicInteger senders = new AtomicInteger();

	private final TestEngine engine = new TestEngine().partitions(2)
		.with((builder) -> builder.maxConcurrentWorkflows(2).maxParkedWorkflows(0));

	@AfterEach
	void close() {
		this.engine.close();
	}

	@Test
	void runsThatHoldAllSlotsWhileTheyWaitForRoomContinueWhenThePartitionIsBack() {
		String there = idIn(1, "target");
		this.engine.workflow("echo", String.class, (argument) -> argument)
			.workflow("target", String.class,
					(argument) -> this.workflow.awaitSignal("go", String.class)
							+ this.workflow.awaitSignal("go", String.class))
			.workflow("sender", String.class, (argument) -> {
				this.senders.incrementAndGet();
				this.workflow.signal(there, "go", argument);
				return argument;
			})
			.start();
		this.engine.run("target", there, "x");
		this.engine.awaitQuiet();
		this.engine.release(1, Duration.ofSeconds(10));
		fill(there);

		WorkflowHandle<?> one = this.engine.run("sender", idIn(0, "one"), "a");
		WorkflowHandle<?> two = this.engine.run("sender", idIn(0, "two"), "a");
		await().until(() -> this.senders.get() == 2);
		WorkflowHandle<?> other = this.engine.run("echo", idIn(0, "other"), "y");
		assertThat(other.status()).isEqualTo(WorkflowStatus.PENDING);
		this.engine.take(1);

		assertThat(this.engine.finish(one)).isEqualTo("a");
		assertThat(this.engine.finish(two)).isEqualTo("a");
		assertThat(this.engine.finish(other)).isEqualTo("y");
		assertThat(this.engine.finish(this.engine.client().handle(there))).isEqualTo("aa");
	}

	/** With rows that have no effect but the first, and are not logged. */
	private void fill(String there) {
		HostedPartition sender = HostAccess.of(this.engine.engine()).at(0);
		Requester parent = new Requester("a parent", 1, "1");
		for (int rows = 0; rows < Channel.MOST_ROWS; rows += ROWS_OF_A_COMMIT) {
			List<Change> changes = new ArrayList<>();
			for (int row = 0; row < ROWS_OF_A_COMMIT; row++) {
				changes.add(new Change.OutboxAdded(1,
						new OutboxRow.Watch(rows + "." + row, there, parent, "target", ManualScheduler.START)));
			}
			sender.partition().submit(changes).await();
		}
	}

	private String idIn(int partition, String name) {
		String id = name;
		while (this.engine.partitionOf(id) != partition) {
			id += "-";
		}
		return id;
	}

}
