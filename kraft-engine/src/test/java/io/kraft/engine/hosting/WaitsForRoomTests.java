package io.kraft.engine.hosting;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import io.kraft.client.WorkflowHandle;
import io.kraft.client.WorkflowStatus;
import io.kraft.engine.HostAccess;
import io.kraft.engine.definition.MethodSignature;
import io.kraft.engine.journal.Outcome;
import io.kraft.engine.journal.Payload;
import io.kraft.engine.message.channel.Channel;
import io.kraft.engine.store.Change;
import io.kraft.engine.store.Channels;
import io.kraft.engine.store.OutboxEntry;
import io.kraft.engine.store.OutboxRow;
import io.kraft.engine.store.Requester;
import io.kraft.engine.store.Store;
import io.kraft.engine.testing.ForwardingStore;
import io.kraft.engine.testing.ProxiedWorkflow;
import io.kraft.engine.testing.TestEngine;
import io.kraft.engine.timer.ManualScheduler;
import io.kraft.workflow.WorkflowCancelledException;
import io.kraft.workflow.WorkflowContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Runs that wait for room in a channel whose receiver takes a batch only where a test
 * lets it.
 */
@Timeout(60)
class WaitsForRoomTests {

	private static final int ROWS_OF_A_COMMIT = 10_000;

	private final WorkflowContext workflow = WorkflowContext.ofCallingRun();

	private final TestEngine engine = new TestEngine().partitions(2);

	private final String target = idIn(1, "target");

	private final Receiver receiver = new Receiver();

	@BeforeEach
	void define() {
		this.engine.with((builder) -> builder.maxConcurrentWorkflows(1))
			.withStoreOf(this.target, this.receiver::over)
			.workflow("echo", String.class, (argument) -> argument)
			.workflow("target", String.class, (argument) -> this.workflow.awaitSignal("never", String.class))
			.workflow("sender", String.class, (argument) -> {
				this.workflow.signal(this.target, "go", argument);
				return "sent";
			});
	}

	@AfterEach
	void close() {
		this.receiver.takeAll();
		this.engine.close();
	}

	@Test
	void aRunThatWaitsForRoomGivesItsSlotBack() {
		fill(0);
		WorkflowHandle<?> sender = waiting("sender", "one");

		assertThat(this.engine.run("echo", idIn(0, "echo"), "x").result()).isEqualTo("x");
		assertThat(sender.status()).isEqualTo(WorkflowStatus.RUNNING);
		assertThat(sent()).isEmpty();
		this.receiver.takeBatch();

		assertThat(sender.result()).isEqualTo("sent");
		assertThat(sent()).containsExactly("one");
	}

	@Test
	void aRunThatWaitsForRoomIsCancelledWithoutWaitingForIt() {
		fill(0);
		WorkflowHandle<?> sender = waiting("sender", "one");

		sender.cancel();

		assertThatExceptionOfType(WorkflowCancelledException.class).isThrownBy(sender::result);
		assertThat(sender.status()).isEqualTo(WorkflowStatus.CANCELLED);
		this.receiver.takeBatch();
		assertThat(this.engine.run("sender", idIn(0, "two"), "two").result()).isEqualTo("sent");
		assertThat(sent()).containsExactly("two");
	}

	@Test
	void aRunThatWaitsForRoomIsPausedAndAsksAgainWhenItIsResumed() {
		fill(0);
		WorkflowHandle<?> sender = waiting("sender", "one");

		sender.pause();
		await().until(() -> sender.status() == WorkflowStatus.PAUSED);
		sender.resume();
		awaitWaiting(sender);
		this.receiver.takeBatch();

		assertThat(sender.result()).isEqualTo("sent");
		assertThat(sent()).containsExactly("one");
	}

	@Test
	void aRunThatWaitsForRoomIsTerminated() {
		fill(0);
		WorkflowHandle<?> sender = waiting("sender", "one");

		sender.terminate();

		assertThat(sender.status()).isEqualTo(WorkflowStatus.TERMINATED);
		this.receiver.takeBatch();
		assertThat(this.engine.run("sender", idIn(0, "two"), "two").result()).isEqualTo("sent");
		assertThat(sent()).containsExactly("two");
	}

	@Test
	void theStopOfItsPartitionEndsTheWaitAndTheNextOwnerContinues() {
		fill(0);
		WorkflowHandle<?> sender = waiting("sender", "one");

		this.engine.release(0, Duration.ofSeconds(30));
		this.engine.take(0);
		awaitWaiting(sender);
		this.engine.release(0, Duration.ZERO);
		this.engine.take(0);
		awaitWaiting(sender);
		this.receiver.takeBatch();

		assertThat(sender.result()).isEqualTo("sent");
		assertThat(sent()).containsExactly("one");
	}

	@Test
	void aChildIsNotStartedWhereItsParentIsCancelledBeforeThereIsRoom() {
		ProxiedWorkflow child = ProxiedWorkflow.define(this.engine, "child",
				MethodSignature.of(String.class, String.class), (arguments) -> arguments[0]);
		this.engine.workflow("parent", String.class, (argument) -> child.<String>call("a"));
		fill(0);
		String id = idIn(0, "parent");
		while (this.engine.partitionOf(id + ".1") != 1) {
			id = idIn(0, id + "-");
		}
		WorkflowHandle<?> parent = this.engine.run("parent", id, "x");
		awaitWaiting(parent);

		parent.cancel();

		assertThatExceptionOfType(WorkflowCancelledException.class).isThrownBy(parent::result);
		this.receiver.takeBatch();
		assertThat(this.engine.run("sender", idIn(0, "two"), "two").result()).isEqualTo("sent");
		assertThat(rowsOfCode()).hasSize(1).first().isInstanceOf(OutboxRow.Signal.class);
	}

	@Test
	void aBranchThatWaitsForRoomLetsOthersOfItsRunContinue() {
		this.engine.workflow("branches", String.class, (argument) -> {
			List<String> results = this.workflow.parallel(List.of(() -> {
				this.workflow.signal(this.target, "go", argument);
				return "sent";
			}, () -> this.workflow.awaitSignal("one", String.class) + this.workflow.awaitSignal("two", String.class)));
			return String.join(",", results);
		});
		fill(0);
		WorkflowHandle<?> run = waiting("branches", "x");
		assertThat(this.engine.run("echo", idIn(0, "e1"), "x").result()).isEqualTo("x");

		run.signal("one", "1");
		await().until(() -> this.engine.client().messages(run.id()).isEmpty());
		assertThat(this.engine.run("echo", idIn(0, "e2"), "x").result()).isEqualTo("x");
		assertThat(run.status()).isEqualTo(WorkflowStatus.RUNNING);
		run.signal("two", "2");
		await().until(() -> this.engine.client().messages(run.id()).isEmpty());
		assertThat(this.engine.run("echo", idIn(0, "e3"), "x").result()).isEqualTo("x");
		this.receiver.takeBatch();

		assertThat(run.result()).isEqualTo("sent,12");
	}

	@Test
	void roomGoesToThoseWhoHaveWaitedLongest() {
		fill(Channels.BATCH_ROWS - 1);
		WorkflowHandle<?> one = waiting("sender", "one");
		WorkflowHandle<?> two = waiting("sender", "two");

		this.receiver.takeBatch();
		assertThat(one.result()).isEqualTo("sent");
		awaitWaiting(two);
		assertThat(sent()).containsExactly("one");
		this.receiver.takeBatch();

		assertThat(two.result()).isEqualTo("sent");
		assertThat(sent()).containsExactly("one", "two");
	}

	@RepeatedTest(6)
	void whereRoomComesAsItIsCancelledItHasSentOrNotAndTheNextOneContinues(RepetitionInfo repetition) {
		fill(Channels.BATCH_ROWS - 1);
		WorkflowHandle<?> one = waiting("sender", "one");
		WorkflowHandle<?> two = waiting("sender", "two");

		if (repetition.getCurrentRepetition() % 2 == 0) {
			this.receiver.takeBatch();
			one.cancel();
		}
		else {
			one.cancel();
			this.receiver.takeBatch();
		}
		await().until(() -> one.status().isTerminal());
		if (one.status() == WorkflowStatus.COMPLETED) {
			// It has taken the room, perhaps.
			this.receiver.takeBatch();
		}

		assertThat(two.result()).isEqualTo("sent");
		assertThat(sent()).containsExactlyInAnyOrderElementsOf(
				(one.status() == WorkflowStatus.COMPLETED) ? List.of("one", "two") : List.of("two"));
	}

	@Test
	void aRunThatMayNotWaitInMemoryKeepsItsSlotAndIsCancelledAllTheSame() {
		this.engine.with((builder) -> builder.maxParkedWorkflows(0));
		fill(0);
		WorkflowHandle<?> sender = waiting("sender", "one");
		WorkflowHandle<?> echo = this.engine.run("echo", idIn(0, "echo"), "x");
		assertThat(echo.status()).isEqualTo(WorkflowStatus.PENDING);

		sender.cancel();

		assertThat(echo.result()).isEqualTo("x");
		assertThat(sender.status()).isEqualTo(WorkflowStatus.CANCELLED);
	}

	private WorkflowHandle<?> waiting(String workflow, String argument) {
		WorkflowHandle<?> run = this.engine.run(workflow, idIn(0, workflow + argument), argument);
		awaitWaiting(run);
		return run;
	}

	private void awaitWaiting(WorkflowHandle<?> run) {
		await().until(() -> this.engine.client()
			.find(run.id())
			.map((found) -> String.valueOf(found.waitingFor()))
			.orElse("")
			.startsWith("room"));
	}

	/**
	 * Fills the channel with rows that have no effect.
	 * @param surplus so many more than let runs wait
	 */
	private void fill(int surplus) {
		this.engine.start();
		this.engine.run("target", this.target, "x");
		this.engine.awaitQuiet();
		Requester parent = new Requester(this.target, Long.MAX_VALUE, "1");
		long all = Channel.MOST_ROWS + surplus;
		for (long rows = 0; rows < all; rows += ROWS_OF_A_COMMIT) {
			List<Change> changes = new ArrayList<>();
			for (long row = rows; row < Math.min(rows + ROWS_OF_A_COMMIT, all); row++) {
				changes.add(new Change.OutboxAdded(1, new OutboxRow.ChildEnded("fill " + row, parent, "child", 1L,
						new Outcome.Success(Payload.NULL), ManualScheduler.START)));
			}
			sender().partition().submit(changes).await();
		}
	}

	private List<String> sent() {
		return rowsOfCode().stream()
			.map((row) -> new String(((OutboxRow.Signal) row).value().bytes(), StandardCharsets.UTF_8).replace("\"",
					""))
			.toList();
	}

	/** What was not taken yet, behind what the channel was filled with. */
	private List<OutboxRow> rowsOfCode() {
		return sender().partition()
			.store()
			.channels()
			.rows(1, Channel.MOST_ROWS, 1000, 1_000_000)
			.stream()
			.map(OutboxEntry::row)
			.filter(OutboxRow::waitsForRoom)
			.toList();
	}

	private HostedPartition sender() {
		return HostAccess.of(this.engine.engine()).at(0);
	}

	private String idIn(int partition, String name) {
		String id = name;
		while (this.engine.partitionOf(id) != partition) {
			id += "-";
		}
		return id;
	}

	/**
	 * A partition that takes what it may of others, and holds up the rest.
	 */
	private static final class Receiver {

		private final ReentrantLock lock = new ReentrantLock();

		private final Condition raised = this.lock.newCondition();

		private long mayTake;

		void takeBatch() {
			raise(this.mayTake + Channels.BATCH_ROWS);
		}

		void takeAll() {
			raise(Long.MAX_VALUE);
		}

		private void raise(long mayTake) {
			this.lock.lock();
			try {
				this.mayTake = mayTake;
				this.raised.signalAll();
			}
			finally {
				this.lock.unlock();
			}
		}

		Store over(Store store) {
			return new ForwardingStore(store) {

				@Override
				public void commit(long epoch, List<Change> changes) {
					for (Change change : changes) {
						if (change instanceof Change.ChannelTaken taken) {
							awaitMayTake(taken.sequence());
						}
					}
					super.commit(epoch, changes);
				}

			};
		}

		private void awaitMayTake(long sequence) {
			this.lock.lock();
			try {
				while (sequence > this.mayTake) {
					this.raised.awaitUninterruptibly();
				}
			}
			finally {
				this.lock.unlock();
			}
		}

	}

}
