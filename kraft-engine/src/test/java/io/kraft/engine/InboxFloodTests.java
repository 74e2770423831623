package io.kraft.engine;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

import io.kraft.client.InboxFullException;
import io.kraft.client.UnexpectedPayloadException;
import io.kraft.client.WorkflowHandle;
import io.kraft.client.WorkflowStatus;
import io.kraft.engine.store.InboxSize;
import io.kraft.engine.store.MessageVisitor;
import io.kraft.engine.store.Store;
import io.kraft.engine.testing.ForwardingStore;
import io.kraft.engine.testing.TestEngine;
import io.kraft.workflow.WorkflowContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Whoever floods an inbox, full or not, does not let it be read by each message.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class InboxFloodTests {

	/** About as many messages as there is room for. */
	private static final int FULL = 3_000;

	private final AtomicLong heads = new AtomicLong();

	private final AtomicLong journals = new AtomicLong();

	private final TestEngine engine = new TestEngine();

	private final WorkflowContext workflow = WorkflowContext.ofCallingRun();

	@BeforeEach
	void start() {
		this.engine.withStore(CountingStore::new)
			.with((builder) -> builder.maxInboxBytes(FULL * 300L))
			.workflow("order", String.class, (argument) -> {
				String taken = "";
				while (!taken.equals("stop")) {
					taken = this.workflow.awaitSignal("go", String.class);
				}
				return taken;
			})
			.start();
	}

	@AfterEach
	void close() {
		this.engine.close();
	}

	@Test
	void aMessageThatIsRefusedReadsNoFullInbox() {
		WorkflowHandle<?> run = waiting();
		int sent = fill("o");
		assertThat(sent).isGreaterThan(FULL / 2);
		this.heads.set(0);

		for (int i = 0; i < 1000; i++) {
			assertRefused("o");
		}

		assertThat(this.heads.get() / 1000).isLessThan(100);
		assertThat(run.status()).isNotEqualTo(WorkflowStatus.PAUSED);
	}

	@Test
	void whatTheRunTakesMakesRoomImmediately() {
		waiting();
		fill("o");
		this.engine.client().discardMessage("o", this.engine.client().messages("o").getFirst().number());
		this.heads.set(0);

		this.engine.client().signal("o", "other", "again");
		assertRefused("o");

		assertThat(this.heads.get()).isLessThan(200);
	}

	@Test
	void aMessageThatDoesNotFitItsWaitReadsTheInboxOnce() {
		waiting();
		for (int i = 0; i < FULL / 2; i++) {
			this.engine.client().signal("o", "other", "x");
		}
		this.heads.set(0);

		for (int i = 0; i < 100; i++) {
			assertThatExceptionOfType(UnexpectedPayloadException.class)
				.isThrownBy(() -> this.engine.client().signal("o", "go", new int[] { 1 }));
		}

		assertThat(this.heads.get()).isLessThan(FULL);
		this.engine.client().signal("o", "go", "stop");
		assertThat(this.engine.finish(this.engine.client().handle("o"))).isEqualTo("stop");
	}

	@Test
	void aRequestThatIsRepeatedReadsTheInboxOnce() {
		this.engine.workflow("deaf", String.class, (argument) -> {
			this.workflow.nonCancellable(() -> this.workflow.awaitSignal("go", String.class));
			return "never";
		}).crashAndStart();
		this.engine.run("deaf", "o", "x");
		await().until(() -> this.engine.client().handle("o").status() == WorkflowStatus.SUSPENDED);
		this.engine.client().pause("o");
		await().until(() -> this.engine.client().handle("o").status() == WorkflowStatus.PAUSED);
		for (int i = 0; i < FULL / 2; i++) {
			this.engine.client().signal("o", "other", "x");
		}
		this.engine.client().cancel("o");
		this.heads.set(0);

		for (int i = 0; i < 100; i++) {
			this.engine.client().cancel("o");
		}

		assertThat(this.heads.get()).isLessThan(FULL);
	}

	@Test
	void signalsThatNobodyWaitsForLetNoJournalBeReplayed() {
		this.engine.with((builder) -> builder.maxParkedWorkflows(0)).crashAndStart();
		waiting();
		this.engine.awaitQuiet();
		this.journals.set(0);

		for (int i = 0; i < 100; i++) {
			this.engine.client().signal("o", "other", "x");
		}
		this.engine.awaitQuiet();

		assertThat(this.journals).hasValue(0);
		this.engine.client().signal("o", "go", "on");
		this.engine.awaitQuiet();
		assertThat(this.journals).hasPositiveValue();
		this.engine.client().signal("o", "go", "stop");
		assertThat(this.engine.finish(this.engine.client().handle("o"))).isEqualTo("stop");
	}

	private WorkflowHandle<?> waiting() {
		WorkflowHandle<?> run = this.engine.run("order", "o", "x");
		await().until(() -> run.status() == WorkflowStatus.SUSPENDED);
		return run;
	}

	private int fill(String id) {
		for (int sent = 0;; sent++) {
			try {
				this.engine.client().signal(id, "other", "x".repeat(20));
			}
			catch (InboxFullException ex) {
				return sent;
			}
		}
	}

	private void assertRefused(String id) {
		assertThatExceptionOfType(InboxFullException.class)
			.isThrownBy(() -> this.engine.client().signal(id, "other", "x".repeat(20)));
	}

	/**
	 * Counts the heads of messages that are read.
	 */
	private final class CountingStore extends ForwardingStore {

		private final Store store;

		CountingStore(Store store) {
			super(store);
			this.store = store;
		}

		@Override
		public void readMessages(long run, long after, MessageVisitor visitor) {
			this.store.readMessages(run, after, (message, isWhole, bytes) -> {
				InboxFloodTests.this.heads.incrementAndGet();
				return visitor.visit(message, isWhole, bytes);
			});
		}

		@Override
		public void journal(long run, int from, Consumer<byte[]> reader) {
			InboxFloodTests.this.journals.incrementAndGet();
			super.journal(run, from, reader);
		}

		@Override
		public InboxSize inboxSize(long run) {
			InboxSize size = this.store.inboxSize(run);
			InboxFloodTests.this.heads.addAndGet(size.messages());
			return size;
		}

	}

}
