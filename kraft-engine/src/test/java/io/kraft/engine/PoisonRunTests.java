package io.kraft.engine;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import io.kraft.client.InboxFullException;
import io.kraft.client.WorkflowHandle;
import io.kraft.client.WorkflowStatus;
import io.kraft.engine.journal.UnreadableEntryException;
import io.kraft.engine.store.Message;
import io.kraft.engine.store.MessageVisitor;
import io.kraft.engine.store.RunRow;
import io.kraft.engine.store.StorageException;
import io.kraft.engine.store.Store;
import io.kraft.engine.testing.ForwardingStore;
import io.kraft.engine.testing.TestEngine;
import io.kraft.workflow.WorkflowContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A run that cannot be read, or is too large, is paused; the others go on.
 */
@Timeout(60)
class PoisonRunTests {

	private final WorkflowContext workflow = WorkflowContext.ofCallingRun();

	private final TestEngine engine = new TestEngine();

	@AfterEach
	void close() {
		this.engine.close();
	}

	@Test
	void aRunWhoseJournalIsDamagedIsPausedAndGoesOnAtTheNextStart() {
		pausesAlone((store) -> new PoisonedStore(store) {

			@Override
			void journalOfPoisoned() {
				throw new StorageException(StorageException.DAMAGED, "a block is damaged", null);
			}

		}, "KRAFT-4003");
	}

	@Test
	void aRunWhoseJournalCannotBeDecodedIsPaused() {
		pausesAlone((store) -> new PoisonedStore(store) {

			@Override
			void journalOfPoisoned() {
				throw new NegativeArraySizeException("-1");
			}

		}, "KRAFT-4013");
	}

	@Test
	void aRunWhoseInboxIsDamagedIsPaused() {
		pausesAlone((store) -> new PoisonedStore(store) {

			@Override
			public void readMessages(long run, long after, MessageVisitor visitor) {
				if (run == 1) {
					throw UnreadableEntryException.corrupt("the message ends early");
				}
				super.readMessages(run, after, visitor);
			}

		}, "KRAFT-4008");
	}

	private void pausesAlone(UnaryOperator<Store> poison, String code) {
		startTwo();
		this.engine.crash().withStoreOf("poisoned", poison).start();

		this.engine.client().signal("sound", "go", "s");
		this.engine.client().signal("poisoned", "go", "p");
		assertThat(this.engine.finish(this.engine.client().handle("sound"))).isEqualTo("s");
		awaitStatus("poisoned", WorkflowStatus.PAUSED);
		assertThat(this.engine.client().handle("poisoned").describe().reason()).startsWith(code);
		assertThat(this.engine.engine().health().state()).isEqualTo(EngineHealth.State.RUNNING);

		this.engine.crash().withStore((store) -> store).start();
		assertThat(this.engine.finish(this.engine.client().handle("poisoned"))).isEqualTo("p");
	}

	@Test
	void aRunWhoseRowCannotBeReadIsLeftOut() {
		startTwo();
		this.engine.crash().withStoreOf("poisoned", (store) -> new PoisonedStore(store) {

			@Override
			public Optional<RunRow> run(long number) {
				if (number == 1) {
					throw UnreadableEntryException.corrupt("the row ends early");
				}
				return super.run(number);
			}

		}).start();

		this.engine.client().signal("sound", "go", "s");
		assertThat(this.engine.finish(this.engine.client().handle("sound"))).isEqualTo("s");
		assertThat(this.engine.engine().health().state()).isEqualTo(EngineHealth.State.RUNNING);
	}

	@Test
	void aJournalThatIsLargerThanAllMayBeTogetherPausesItsRun() {
		this.engine.with((builder) -> builder.maxParkedWorkflows(0));
		this.engine.workflow("large", String.class, (size) -> {
			this.engine.step("fill", String.class, () -> "x".repeat(Integer.parseInt(size)));
			return this.workflow.awaitSignal("go", String.class);
		}).start();
		this.engine.run("large", "poisoned", "100000");
		this.engine.run("large", "sound", "10");
		awaitStatus("poisoned", WorkflowStatus.SUSPENDED);
		this.engine.with((builder) -> builder.maxLoadedJournalBytes(50_000)).crashAndStart();

		this.engine.client().signal("poisoned", "go", "p");
		this.engine.client().signal("sound", "go", "s");
		assertThat(this.engine.finish(this.engine.client().handle("sound"))).isEqualTo("s");
		awaitStatus("poisoned", WorkflowStatus.PAUSED);
		assertThat(this.engine.client().handle("poisoned").describe().reason()).startsWith("KRAFT-1012")
			.contains("kraft.engine.max-loaded-journals");

		this.engine.with((builder) -> builder.maxLoadedJournalBytes(500_000)).crashAndStart();
		assertThat(this.engine.finish(this.engine.client().handle("poisoned"))).isEqualTo("p");
	}

	@Test
	void runsThatDoNotFitBesideEachOtherAreLoadedOneAfterAnother() {
		this.engine.with((builder) -> builder.maxLoadedJournalBytes(150_000));
		this.engine.workflow("large", String.class, (size) -> {
			this.engine.step("fill", String.class, () -> "x".repeat(Integer.parseInt(size)));
			return this.workflow.awaitSignal("go", String.class);
		}).start();
		for (int i = 0; i < 40; i++) {
			this.engine.run("large", "run-" + i, "100000");
		}
		for (int i = 0; i < 40; i++) {
			awaitStatus("run-" + i, WorkflowStatus.SUSPENDED);
		}
		this.engine.crashAndStart();
		for (int i = 0; i < 40; i++) {
			this.engine.client().signal("run-" + i, "go", "s" + i);
		}
		for (int i = 0; i < 40; i++) {
			assertThat(this.engine.finish(this.engine.client().handle("run-" + i))).isEqualTo("s" + i);
		}
	}

	@Test
	void aFullInboxRefusesUntilTheRunHasTakenSome() {
		this.engine.with((builder) -> builder.maxInboxBytes(10_000));
		CountDownLatch go = new CountDownLatch(1);
		this.engine.workflow("reader", Integer.class, (argument) -> {
			this.engine.step("hold", Boolean.class, () -> go.await(30, TimeUnit.SECONDS));
			int length = 0;
			for (int i = 0; i < 9; i++) {
				length += this.workflow.awaitSignal("go", String.class).length();
			}
			return length;
		}).start();
		WorkflowHandle<?> run = this.engine.run("reader", "r", "");
		AtomicInteger accepted = new AtomicInteger();
		assertThatExceptionOfType(InboxFullException.class).isThrownBy(() -> {
			while (accepted.get() < 100) {
				this.engine.client().signal("r", "go", "x".repeat(1000));
				accepted.incrementAndGet();
			}
		}).withMessageContainingAll("KRAFT-3012", "kraft.engine.max-inbox");
		assertThat(accepted).hasValueBetween(6, 8);

		go.countDown();
		for (int i = accepted.get(); i < 9; i++) {
			sendAgainUntilAccepted();
		}
		assertThat(this.engine.finish(run)).isEqualTo(9000);
	}

	private void sendAgainUntilAccepted() {
		while (true) {
			try {
				this.engine.client().signal("r", "go", "x".repeat(1000));
				return;
			}
			catch (InboxFullException ex) {
				Thread.onSpinWait();
			}
		}
	}

	private void startTwo() {
		this.engine.workflow("waits", String.class, (argument) -> {
			this.engine.step("s", String.class, () -> "done");
			return this.workflow.awaitSignal("go", String.class);
		}).start();
		this.engine.run("waits", "poisoned", "");
		this.engine.run("waits", "sound", "");
		awaitStatus("poisoned", WorkflowStatus.SUSPENDED);
		awaitStatus("sound", WorkflowStatus.SUSPENDED);
	}

	private void awaitStatus(String id, WorkflowStatus status) {
		while (this.engine.client().handle(id).status() != status) {
			this.engine.time().advance(Duration.ZERO);
			Thread.onSpinWait();
		}
	}

	/**
	 * A store whose first run may be poisoned.
	 */
	private abstract static class PoisonedStore extends ForwardingStore {

		PoisonedStore(Store store) {
			super(store);
		}

		void journalOfPoisoned() {
		}

		@Override
		public void journal(long run, int from, Consumer<byte[]> reader) {
			if (run == 1) {
				journalOfPoisoned();
			}
			super.journal(run, from, reader);
		}

	}

}
