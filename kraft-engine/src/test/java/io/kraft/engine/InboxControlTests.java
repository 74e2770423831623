package io.kraft.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.annotation.JsonCreator;
import io.kraft.client.MessageNotFoundException;
import io.kraft.client.MessageView;
import io.kraft.client.UnexpectedPayloadException;
import io.kraft.client.WorkflowClient;
import io.kraft.client.WorkflowEndedException;
import io.kraft.client.WorkflowHandle;
import io.kraft.client.WorkflowNotFoundException;
import io.kraft.client.WorkflowStatus;
import io.kraft.engine.testing.TestEngine;
import io.kraft.workflow.Callback;
import io.kraft.workflow.WorkflowContext;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * What an operator does to messages that a run has not taken, with waiting runs kept in
 * memory and unloaded.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
@ParameterizedClass(name = "{0} waiting runs and {1} bytes of messages in memory")
@CsvSource({ "0, 1000000", "10000, 1000000", "10000, 1" })
class InboxControlTests {

	private static volatile CountDownLatch reading = new CountDownLatch(0);

	private static volatile CountDownLatch read = new CountDownLatch(0);

	private final TestEngine engine = new TestEngine();

	private final WorkflowContext workflow = WorkflowContext.ofCallingRun();

	private final List<String> tokens = Collections.synchronizedList(new ArrayList<>());

	private final int parked;

	InboxControlTests(int parked, long inboxBytes) {
		this.parked = parked;
		this.engine.with((builder) -> builder.maxParkedWorkflows(parked).maxLoadedInboxBytes(inboxBytes));
	}

	@AfterEach
	void close() {
		this.engine.close();
	}

	@Test
	void aMessageThatPausesItsRunIsNamedAndReplaced() {
		WorkflowHandle<?> run = paused("much");

		MessageView message = client().messages("w").getFirst();
		assertThat(run.describe().reason()).startsWith("KRAFT-1004: the payload of signal 'amount'")
			.contains("message " + message.number() + " of its inbox", "java.lang.Integer", "\"much\"",
					"discardMessage(\"w\", " + message.number() + ")");
		client().replaceMessage("w", message.number(), 7);
		assertThat(run.status()).isEqualTo(WorkflowStatus.PAUSED);
		client().resume("w");

		assertThat(this.engine.finish(run)).isEqualTo("7");
		assertThat(client().messages("w")).isEmpty();
	}

	@Test
	void aMessageThatPausesItsRunIsDiscardedAlsoAfterACrash() {
		paused("much");
		this.engine.crashAndStart();
		WorkflowHandle<?> run = client().handle("w");
		// It is tried again at each start.
		await().until(() -> run.status() == WorkflowStatus.PAUSED);

		client().discardMessage("w", number());
		this.engine.crashAndStart();
		client().resume("w");
		awaitSuspended(client().handle("w"));
		client().signal("w", "amount", 8);

		assertThat(this.engine.finish(client().handle("w"))).isEqualTo("8");
	}

	@Test
	void anotherUnreadableReplacementPausesTheRunAgain() {
		WorkflowHandle<?> run = paused("much");
		long number = number();

		client().replaceMessage("w", number, "more");
		client().resume("w");

		await().until(() -> String.valueOf(run.describe().reason()).contains("\"more\""));
		assertThat(number()).isEqualTo(number);
	}

	@Test
	void aNullThatPausesItsRunIsReplaced() {
		WorkflowHandle<?> run = paused(null);

		client().replaceMessage("w", number(), 7);
		client().resume("w");

		assertThat(this.engine.finish(run)).isEqualTo("7");
	}

	@Test
	void theMessagesOfARunAreListedInOrderWithTheirPayloads() {
		this.engine.workflow("sleeper", String.class, (argument) -> {
			this.tokens.add(this.workflow.callback(String.class).token());
			this.tokens.add(this.workflow.callback(String.class).token());
			this.workflow.sleep(Duration.ofDays(1));
			return "";
		}).start();
		awaitSuspended(this.engine.run("sleeper", "w", "x"));
		client().signal("w", "a", List.of(1, 2));
		client().complete(this.tokens.get(0), "paid");
		client().fail(this.tokens.get(1), "no money");
		client().pause("w");

		List<MessageView> messages = client().messages("w");

		assertThat(messages).extracting(MessageView::kind).startsWith("signal", "callback", "callback").hasSize(3);
		assertThat(messages).extracting(MessageView::name).containsExactly("a", "1", "2");
		assertThat(messages).extracting((message) -> Objects.requireNonNullElse(message.payload(), "none"))
			.containsExactly("[1,2]", "\"paid\"", "none");
		assertThat(messages).extracting(MessageView::sizeBytes).containsExactly(5, 6, 0);
		assertThat(messages.get(2).failure()).contains("no money");
		assertThat(messages).extracting(MessageView::number).isSorted();
	}

	@Test
	void aDiscardedCompletionCanBeMadeAgainByItsToken() {
		this.engine.workflow("payment", String.class, (argument) -> {
			Callback<Integer> callback = this.workflow.callback(Integer.class);
			this.tokens.add(callback.token());
			this.workflow.awaitSignal("go on");
			return String.valueOf(callback.await());
		}).start();
		awaitSuspended(this.engine.run("payment", "w", "x"));
		client().pause("w");
		await().until(() -> client().handle("w").status() == WorkflowStatus.PAUSED);
		client().complete(this.tokens.getFirst(), "much");
		client().signal("w", "go on", null);
		client().resume("w");
		await().until(() -> String.valueOf(client().handle("w").describe().reason()).startsWith("KRAFT-1004"));

		client().discardMessage("w", number());
		client().complete(this.tokens.getFirst(), 7);
		client().complete(this.tokens.getFirst(), "a second one has no effect");
		client().resume("w");

		assertThat(this.engine.finish(client().handle("w"))).isEqualTo("7");
	}

	@Test
	void aFailedCallbackIsCompletedByAReplacement() {
		this.engine.workflow("payment", String.class, (argument) -> {
			Callback<Integer> callback = this.workflow.callback(Integer.class);
			this.tokens.add(callback.token());
			this.workflow.awaitSignal("go on");
			return String.valueOf(callback.await());
		}).start();
		awaitSuspended(this.engine.run("payment", "w", "x"));
		client().fail(this.tokens.getFirst(), "no money");

		client().replaceMessage("w", number(), 7);
		client().complete(this.tokens.getFirst(), 8);
		client().signal("w", "go on", null);

		assertThat(this.engine.finish(client().handle("w"))).isEqualTo("7");
	}

	@Test
	void aReplacementOfAnotherTypeIsRefusedWhereTheTypeIsKnown() {
		this.engine.workflow("payment", String.class, (argument) -> {
			Callback<Integer> callback = this.workflow.callback(Integer.class);
			this.tokens.add(callback.token());
			this.workflow.awaitSignal("go on");
			return String.valueOf(callback.await());
		}).start();
		awaitSuspended(this.engine.run("payment", "w", "x"));
		client().complete(this.tokens.getFirst(), 7);
		long number = number();

		if (this.parked > 0) {
			for (Object payload : new @Nullable Object[] { "much", null }) {
				assertThatExceptionOfType(UnexpectedPayloadException.class)
					.isThrownBy(() -> client().replaceMessage("w", number, payload))
					.withMessageStartingWith("KRAFT-3013")
					.withMessageContainingAll("callback", "'w'", "java.lang.Integer");
			}
			assertThat(client().messages("w").getFirst().payload()).contains("7");
		}
		client().replaceMessage("w", number, 8);
		client().signal("w", "go on", null);

		assertThat(this.engine.finish(client().handle("w"))).isEqualTo("8");
	}

	@Test
	void theMessageIdOfADiscardedSignalStaysKnown() {
		sleeper();
		client().signal("w", "amount", 1, "m-1");

		client().discardMessage("w", number());
		client().signal("w", "amount", 2, "m-1");
		client().signal("w", "amount", 3, "m-2");

		assertThat(this.engine.finish(client().handle("w"))).isEqualTo("3");
	}

	@Test
	void aReplacedMessageKeepsItsPlace() {
		this.engine.workflow("sleeper", String.class, (argument) -> {
			this.workflow.sleep(Duration.ofHours(1));
			return this.workflow.awaitSignal("n", String.class) + this.workflow.awaitSignal("n", String.class);
		}).start();
		awaitSuspended(this.engine.run("sleeper", "w", "x"));
		client().signal("w", "n", "a");
		client().signal("w", "n", "b");

		client().replaceMessage("w", number(), "A");

		assertThat(this.engine.finish(client().handle("w"))).isEqualTo("Ab");
	}

	@Test
	void aRunInMemoryDoesNotTakeWhatItHasSeenAndWasDiscardedOrReplacedSince() {
		this.engine.workflow("picky", String.class, (argument) -> {
			this.workflow.awaitSignal("first", Integer.class);
			this.workflow.awaitSignal("second", Integer.class);
			return this.workflow.awaitSignal("other", String.class) + this.workflow.awaitSignal("other", String.class);
		}).start();
		WorkflowHandle<?> run = this.engine.run("picky", "w", "x");
		awaitSuspended(run);
		client().signal("w", "other", "a");
		client().signal("w", "other", "b");
		client().signal("w", "other", "c");
		client().signal("w", "first", 1);
		await().until(() -> client().operations("w").size() == 2);
		awaitSuspended(run);
		List<MessageView> messages = client().messages("w");

		client().discardMessage("w", messages.get(0).number());
		client().replaceMessage("w", messages.get(1).number(), "B");
		client().signal("w", "second", 2);

		assertThat(this.engine.finish(run)).isEqualTo("Bc");
	}

	@Test
	void whatARunHasTakenIsNotDiscardedThoughThatIsNotDurableYet() throws InterruptedException {
		reading = new CountDownLatch(1);
		read = new CountDownLatch(1);
		this.engine.workflow("slow", String.class, (argument) -> {
			this.workflow.sleep(Duration.ofHours(1));
			return this.workflow.awaitSignal("slowly", Slow.class).text();
		}).start();
		WorkflowHandle<?> run = this.engine.run("slow", "w", "x");
		awaitSuspended(run);
		client().signal("w", "slowly", "text");
		long number = number();
		this.engine.time().advance(Duration.ofHours(1));
		reading.await();

		assertNotFound(() -> client().discardMessage("w", number));
		assertNotFound(() -> client().replaceMessage("w", number, "another"));
		read.countDown();

		assertThat(this.engine.finish(run)).isEqualTo("text");
		assertThatExceptionOfType(WorkflowEndedException.class).isThrownBy(() -> client().discardMessage("w", number));
	}

	@Test
	void aMessageThatIsNoneOrTheEnginesOwnIsNotFound() {
		sleeper();
		client().signal("w", "amount", 1);
		client().pause("w");
		long number = number();
		long request = number + 1;

		assertNotFound(() -> client().discardMessage("w", request));
		assertNotFound(() -> client().discardMessage("w", 0));
		assertNotFound(() -> client().replaceMessage("w", -1, 1));
		client().discardMessage("w", number);
		assertNotFound(() -> client().discardMessage("w", number));
		assertNotFound(() -> client().replaceMessage("w", number, 1));
		assertThatExceptionOfType(WorkflowNotFoundException.class).isThrownBy(() -> client().messages("nobody"));
		assertThatExceptionOfType(WorkflowNotFoundException.class)
			.isThrownBy(() -> client().discardMessage("nobody", number));
	}

	private void assertNotFound(ThrowingCallable call) {
		assertThatExceptionOfType(MessageNotFoundException.class).isThrownBy(call)
			.withMessageStartingWith("KRAFT-3014")
			.satisfies((refused) -> assertThat(refused.runId()).isEqualTo("w"));
	}

	private WorkflowHandle<?> paused(@Nullable Object payload) {
		WorkflowHandle<?> run = sleeper();
		client().signal("w", "amount", payload);
		this.engine.time().advance(Duration.ofHours(1));
		await().until(() -> run.status() == WorkflowStatus.PAUSED);
		return run;
	}

	/** While it sleeps, nothing says what it will wait for. */
	private WorkflowHandle<?> sleeper() {
		this.engine.workflow("waiter", String.class, (argument) -> {
			this.workflow.sleep(Duration.ofHours(1));
			return String.valueOf(this.workflow.awaitSignal("amount", Integer.class));
		}).start();
		WorkflowHandle<?> run = this.engine.run("waiter", "w", "x");
		awaitSuspended(run);
		return run;
	}

	private long number() {
		return client().messages("w").getFirst().number();
	}

	private WorkflowClient client() {
		return this.engine.client();
	}

	private static void awaitSuspended(WorkflowHandle<?> run) {
		await().until(() -> run.status() == WorkflowStatus.SUSPENDED);
	}

	record Slow(String text) {

		@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
		static Slow of(String text) throws InterruptedException {
			reading.countDown();
			read.await();
			return new Slow(text);
		}

	}

}
