package io.kraft.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.kraft.client.EnqueueOptions;
import io.kraft.client.OperationView;
import io.kraft.client.QueueDescription;
import io.kraft.client.WorkflowDescription;
import io.kraft.client.WorkflowHandle;
import io.kraft.client.WorkflowQuery;
import io.kraft.client.WorkflowStatus;
import io.kraft.engine.definition.MethodSignature;
import io.kraft.engine.definition.RetryPolicy;
import io.kraft.engine.definition.StepDefinition;
import io.kraft.engine.store.Store;
import io.kraft.engine.testing.SamePartition;
import io.kraft.engine.testing.TestEngine;
import io.kraft.workflow.InvalidCallException;
import io.kraft.workflow.StepContext;
import io.kraft.workflow.UnknownStepException;
import io.kraft.workflow.WorkQueue;
import io.kraft.workflow.WorkflowFailedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

/**
 * Work items, with waiting runs kept in memory and unloaded.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
@ParameterizedClass(name = "{0} waiting runs in memory")
@ValueSource(ints = { 0, 10_000 })
class QueueTests {

	private static final Duration MINUTE = Duration.ofMinutes(1);

	private final TestEngine engine = new TestEngine();

	private final List<String> sent = Collections.synchronizedList(new ArrayList<>());

	private final List<Instant> attempts = Collections.synchronizedList(new ArrayList<>());

	private final Semaphore gate = new Semaphore(0);

	private final AtomicInteger inside = new AtomicInteger();

	private volatile boolean fails;

	QueueTests(int parked) {
		this.engine.with((builder) -> builder.maxParkedWorkflows(parked))
			.namedStep("send", String.class, this::send)
			.namedStep(
					StepDefinition.of("fail", MethodSignature.of(String.class, String.class),
							RetryPolicy.defaults().withMaxAttempts(3).withInitialDelay(MINUTE).withMaxDelay(MINUTE)),
					this::failOrSend)
			.namedStep("hold", String.class, this::hold);
	}

	@AfterEach
	void close() {
		this.gate.release(1000);
		this.engine.close();
	}

	private String send(String argument) {
		this.attempts.add(this.engine.time().instant());
		this.sent.add(argument);
		return "sent " + argument;
	}

	private String failOrSend(String argument) {
		this.attempts.add(this.engine.time().instant());
		if (this.fails) {
			throw new IllegalStateException("no network for " + argument);
		}
		return send(argument);
	}

	private String hold(String argument) throws InterruptedException {
		this.inside.incrementAndGet();
		this.gate.acquire();
		this.inside.decrementAndGet();
		return send(argument);
	}

	private String holdAndFail(String argument) throws InterruptedException {
		hold(argument);
		throw new IllegalStateException("no network for " + argument);
	}

	@Test
	void anItemRunsItsStepOnceAndAnswersItsResult() {
		this.engine.start();

		WorkflowHandle<Object> item = this.engine.enqueue("mail", "send", "a");

		assertThat(item.result()).isEqualTo("sent a");
		assertThat(this.sent).containsExactly("a");
		assertThat(item.describe().name()).isEqualTo("queue:mail");
		assertThat(this.engine.client().operations(item.id())).extracting(OperationView::kind, OperationView::name)
			.containsExactly(tuple("start", "queue:mail"), tuple("step", "send"), tuple("end", "queue:mail"));
		this.engine.crashAndStart();
		assertThat(this.engine.client().handle(item.id(), String.class).result()).isEqualTo("sent a");
		assertThat(this.sent).as("not again").containsExactly("a");
	}

	@Test
	void anAcknowledgedItemSurvivesACrash() {
		this.engine.queue(WorkQueue.named("mail").concurrency(1)).start();
		this.engine.enqueue("mail", "hold", "first");
		await().until(() -> this.inside.get() == 1);
		WorkflowHandle<Object> second = this.engine.enqueue("mail", "send", "second");
		this.gate.release(10);
		this.engine.crashAndStart();

		assertThat(this.engine.finish(this.engine.client().handle(second.id()))).isEqualTo("sent second");
	}

	@Test
	void aKeyMeansOneItemAlsoWhenItHasEndedAndOnlyWithinItsQueue() {
		this.engine.start();
		EnqueueOptions options = EnqueueOptions.defaults().key("welcome-42");

		WorkflowHandle<Object> first = this.engine.enqueue("mail", options, "send", "a");
		first.result();
		WorkflowHandle<Object> again = this.engine.enqueue("mail", options, "send", "b");
		WorkflowHandle<Object> elsewhere = this.engine.enqueue("sms", options, "send", "c");

		assertThat(again.id()).isEqualTo(first.id());
		assertThat(again.result()).isEqualTo("sent a");
		assertThat(elsewhere.result()).isEqualTo("sent c");
		this.engine.client().delete(first.id());
		assertThat(this.engine.enqueue("mail", options, "send", "d").result()).as("the key is free")
			.isEqualTo("sent d");
	}

	@Test
	void higherPrioritiesGoFirstAndADelayedItemComesWhenItsTimeHasCome() {
		this.engine.queue(WorkQueue.named("mail").concurrency(1)).start();
		this.engine.enqueue("mail", "hold", "first");
		await().until(() -> this.inside.get() == 1);
		List<WorkflowHandle<Object>> items = new ArrayList<>();
		for (int i = 0; i < 4; i++) {
			items.add(this.engine.enqueue("mail", here("k" + i).priority(i % 2), "send", i % 2 + "-" + i));
		}
		WorkflowHandle<Object> delayed = this.engine.enqueue("mail",
				EnqueueOptions.defaults().priority(9).delay(MINUTE), "send", "delayed");
		assertThat(delayed.status()).isEqualTo(WorkflowStatus.SCHEDULED);
		this.gate.release();
		items.forEach(WorkflowHandle::result);
		this.engine.time().advance(MINUTE);

		assertThat(delayed.result()).isEqualTo("sent delayed");
		assertThat(this.sent).containsExactly("first", "1-1", "1-3", "0-0", "0-2", "delayed");
	}

	@Test
	void noMoreItemsAreInTheirStepThanTheLimitOfTheQueueAllows() {
		this.engine.queue(WorkQueue.named("mail").concurrency(3))
			.queue(WorkQueue.named("sms").concurrency(5).concurrencyPerNode(2))
			.start();
		IntStream.range(0, 10).forEach((i) -> this.engine.enqueue("mail", "hold", "m" + i));
		await().until(() -> this.inside.get() == 3);
		assertThat(this.engine.enqueue("unlimited", "send", "x").result()).isEqualTo("sent x");
		assertThat(this.inside.get()).isEqualTo(3);
		IntStream.range(0, 10).forEach((i) -> this.engine.enqueue("sms", "hold", "s" + i));
		await().until(() -> this.inside.get() == 5);
		assertThat(this.engine.enqueue("unlimited", "send", "y").result()).isEqualTo("sent y");
		assertThat(this.inside.get()).isEqualTo(5);
		this.gate.release(100);
		await().until(() -> this.sent.size() == 22);
	}

	@Test
	void anItemThatWaitsForItsNextAttemptHoldsUpNobody() {
		this.fails = true;
		this.engine.queue(WorkQueue.named("mail").concurrency(1)).start();
		WorkflowHandle<Object> failing = this.engine.enqueue("mail", "fail", "a");
		await().until(() -> failing.status() == WorkflowStatus.SUSPENDED);

		assertThat(this.engine.enqueue("mail", "send", "b").result()).isEqualTo("sent b");

		this.engine.enqueue("mail", "hold", "c");
		await().until(() -> this.inside.get() == 1);
		this.fails = false;
		this.engine.time().advance(MINUTE.multipliedBy(2));
		await().until(() -> failing.status() == WorkflowStatus.PENDING);
		assertThat(this.attempts).as("its attempt waits for its turn").hasSize(2);
		this.gate.release();
		assertThat(failing.result()).isEqualTo("sent a");
		assertThat(this.sent).containsExactly("b", "c", "a");
	}

	@Test
	void anItemWhoseWaitIsOverComesBeforeThoseThatCameLaterHoweverManyTheyAre() {
		this.fails = true;
		this.engine.queue(WorkQueue.named("mail").concurrency(1)).start();
		WorkflowHandle<Object> failing = this.engine.enqueue("mail", here("a"), "fail", "a");
		await().until(() -> failing.status() == WorkflowStatus.SUSPENDED);
		this.engine.enqueue("mail", here("first"), "hold", "first");
		this.engine.enqueue("mail", here("second"), "hold", "second");
		IntStream.range(0, 600).forEach((i) -> this.engine.enqueue("mail", here("m" + i), "send", "m" + i));
		this.gate.release();
		await().until(() -> this.sent.size() == 1 && this.inside.get() == 1);
		this.fails = false;
		this.engine.time().advance(MINUTE.multipliedBy(2));
		await().until(() -> failing.status() == WorkflowStatus.PENDING);

		this.gate.release();

		await().until(() -> this.sent.size() == 603);
		assertThat(this.sent).startsWith("first", "second", "a", "m0", "m1").endsWith("m599");
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void anItemThatWaitsForItsNextAttemptRestsWhileItsQueueIsPaused(boolean limited) {
		this.fails = true;
		if (limited) {
			this.engine.queue(WorkQueue.named("mail").concurrency(1));
		}
		this.engine.start();
		WorkflowHandle<Object> item = this.engine.enqueue("mail", EnqueueOptions.defaults().key("a"), "fail", "a");
		await().until(() -> item.status() == WorkflowStatus.SUSPENDED);
		this.engine.client().pauseQueue("mail");
		this.engine.time().advance(MINUTE.multipliedBy(2));
		await().until(() -> item.status() == WorkflowStatus.PENDING);
		this.engine.crashAndStart();
		assertThat(this.engine.enqueue("unlimited", "send", "x").result()).isEqualTo("sent x");
		assertThat(this.sent).containsExactly("x");
		this.fails = false;

		this.engine.client().resumeQueue("mail");

		assertThat(this.engine.client().handle(item.id()).result()).isEqualTo("sent a");
		assertThat(this.attempts).as("one before the pause, and one after").hasSize(4);
	}

	@Test
	void anItemWhoseAttemptsAllFailIsDeadUntilItIsRetried() {
		this.fails = true;
		this.engine.with((builder) -> builder.retention(Duration.ofHours(1))).start();
		WorkflowHandle<Object> item = this.engine.enqueue("mail", "fail", "a");

		assertThatExceptionOfType(WorkflowFailedException.class).isThrownBy(() -> this.engine.finish(item))
			.withCauseInstanceOf(IllegalStateException.class)
			.withMessageContaining("no network for a");
		assertThat(this.attempts).hasSize(3);
		assertThat(item.status()).isEqualTo(WorkflowStatus.DEAD);
		this.engine.time().advance(Duration.ofDays(400));
		this.engine.crashAndStart();
		assertThat(dead("mail")).as("kept, whatever the retention").containsExactly(item.id());
		assertThat(dead("sms")).isEmpty();
		assertThat(this.engine.client().list(WorkflowQuery.all().status(WorkflowStatus.COMPLETED)).items()).isEmpty();

		this.fails = false;
		assertThat(this.engine.client().retry(item.id()).result()).isEqualTo("sent a");
		assertThat(dead("mail")).isEmpty();
	}

	@Test
	void aDeadItemCanBeLookedIntoAndDiscarded() {
		this.fails = true;
		this.engine.queue(WorkQueue.named("mail").retry(1, Duration.ZERO, Duration.ZERO)).start();
		WorkflowHandle<Object> item = this.engine.enqueue("mail",
				EnqueueOptions.defaults().key("a").tags(Map.of("customer", "7")), "fail", "a");
		assertThatExceptionOfType(WorkflowFailedException.class).isThrownBy(item::result);

		assertThat(this.attempts).as("the queue's own retries").hasSize(1);
		assertThat(item.describe().failure()).satisfies((text) -> assertThat(text).contains("no network"));
		assertThat(item.describe().tags()).containsEntry("customer", "7");
		this.engine.client().delete(item.id());
		assertThat(this.engine.client().find(item.id())).isEmpty();
		assertThat(dead("mail")).isEmpty();
	}

	@Test
	void noPeriodHasMoreAttemptsThanTheRateAllowsAlsoAcrossCrashes() {
		this.engine.queue(WorkQueue.named("mail").rateLimit(3, MINUTE)).start();
		List<WorkflowHandle<Object>> items = new ArrayList<>(
				IntStream.range(0, 10).mapToObj((i) -> this.engine.enqueue("mail", "send", "m" + i)).toList());
		awaitAttempts(3);
		this.engine.time().advance(Duration.ofSeconds(20));
		this.engine.crashAndStart();
		assertThat(this.engine.enqueue("unlimited", "send", "x").result()).isEqualTo("sent x");
		assertThat(this.sent).hasSize(4);
		this.engine.time().advance(Duration.ofSeconds(40));
		awaitAttempts(7);
		this.engine.time().advance(MINUTE);
		awaitAttempts(10);
		this.engine.time().advance(MINUTE);

		awaitAttempts(11);
		items.forEach((item) -> this.engine.client().handle(item.id()).result());
		assertThat(this.sent).doesNotHaveDuplicates();
		if (this.engine.partitions() > 1) {
			return;
		}
		assertThat(this.sent.subList(0, 3)).containsExactlyInAnyOrder("m0", "m1", "m2");
		assertThat(this.sent.subList(4, 7)).containsExactlyInAnyOrder("m3", "m4", "m5");
		assertThat(this.sent.subList(7, 10)).containsExactlyInAnyOrder("m6", "m7", "m8");
		assertThat(this.sent.subList(10, 11)).containsExactly("m9");
	}

	@Test
	void repeatedAttemptsCountForTheRate() {
		this.fails = true;
		this.engine
			.queue(WorkQueue.named("mail").rateLimit(1, Duration.ofHours(1)).retry(3, Duration.ZERO, Duration.ZERO))
			.start();
		WorkflowHandle<Object> item = this.engine.enqueue("mail", "fail", "a");

		for (int made = 1; made <= 3; made++) {
			int expected = made;
			awaitAttempts(expected);
			if (made < 3) {
				await().until(() -> {
					this.engine.time().advance(Duration.ZERO);
					return item.status() == WorkflowStatus.PENDING;
				});
				this.engine.time().advance(Duration.ofMinutes(59));
				assertThat(this.engine.enqueue("unlimited", "send", "x").result()).isEqualTo("sent x");
				this.attempts.removeLast();
				assertThat(this.attempts).hasSize(expected);
			}
			this.engine.time().advance(MINUTE);
		}
		assertThatExceptionOfType(WorkflowFailedException.class).isThrownBy(item::result);
	}

	@Test
	void aQueueWhoseRateIsUsedUpGoesOnByItselfWhateverClosedItMeanwhile() {
		this.engine.queue(WorkQueue.named("mail").rateLimit(1, MINUTE))
			.queue(WorkQueue.named("sms").concurrency(1).rateLimit(1, MINUTE))
			.start();
		this.engine.enqueue("mail", "send", "a").result();
		this.engine.client().pauseQueue("mail");
		WorkflowHandle<Object> afterPause = this.engine.enqueue("mail", "send", "b");
		this.engine.client().resumeQueue("mail");
		WorkflowHandle<Object> holding = this.engine.enqueue("sms", "hold", "c");
		await().until(() -> this.inside.get() == 1);
		WorkflowHandle<Object> afterPlace = this.engine.enqueue("sms", "send", "d");
		this.gate.release();
		holding.result();

		assertThat(this.engine.finish(afterPause)).isEqualTo("sent b");
		assertThat(this.engine.finish(afterPlace)).isEqualTo("sent d");
	}

	@Test
	void aPausedQueueRestsAcrossRestartsUntilItIsResumed() {
		this.engine.queue(WorkQueue.named("mail").concurrency(4)).start();
		this.engine.client().pauseQueue("mail");
		this.engine.client().pauseQueue("undeclared");
		WorkflowHandle<Object> item = this.engine.enqueue("mail", EnqueueOptions.defaults().key("a"), "send", "a");
		WorkflowHandle<Object> other = this.engine.enqueue("undeclared", EnqueueOptions.defaults().key("b"), "send",
				"b");
		this.engine.crashAndStart();
		assertThat(this.engine.enqueue("unlimited", "send", "x").result()).isEqualTo("sent x");
		assertThat(this.sent).containsExactly("x");
		assertThat(this.engine.client().queues()).extracting(QueueDescription::paused).containsExactly(true, true);
		assertThat(this.engine.client().queues()).extracting((queue) -> queue.queue().name())
			.containsExactly("mail", "undeclared");

		this.engine.client().resumeQueue("mail");
		this.engine.client().resumeQueue("undeclared");

		assertThat(this.engine.client().handle(item.id()).result()).isEqualTo("sent a");
		assertThat(this.engine.client().handle(other.id()).result()).isEqualTo("sent b");
		assertThat(this.engine.client().queues()).extracting(QueueDescription::paused).containsExactly(false);
	}

	@Test
	void anItemThatIsResumedWaitsForItsTurnAndHoldsUpNobody() {
		this.engine.queue(WorkQueue.named("mail").concurrency(1)).start();
		for (String key : List.of("a", "b", "c", "d")) {
			this.engine.enqueue("mail", here(key), "hold", key);
		}
		await().until(() -> this.inside.get() == 1);
		this.gate.release();
		await().until(() -> this.sent.equals(List.of("a")) && this.inside.get() == 1);
		this.engine.client().pause(mail("c"));
		await().until(() -> status(mail("c")) == WorkflowStatus.PAUSED);
		this.engine.client().resume(mail("c"));
		assertThat(status(mail("c"))).isEqualTo(WorkflowStatus.PENDING);

		WorkflowHandle<Object> other = this.engine.enqueue("other", EnqueueOptions.defaults().delay(MINUTE), "send",
				"other");
		this.engine.time().advance(MINUTE);
		assertThat(other.result()).isEqualTo("sent other");
		assertThat(this.inside.get()).isEqualTo(1);
		this.gate.release(3);
		await().until(() -> status(mail("d")) == WorkflowStatus.COMPLETED);
		assertThat(this.sent).containsExactly("a", "other", "b", "c", "d");
	}

	@Test
	void whatWakesAnItemBeforeItsTimeLetsItInNowhere() {
		this.fails = true;
		this.engine.queue(WorkQueue.named("mail").concurrency(1)).start();
		WorkflowHandle<Object> item = this.engine.enqueue("mail", "fail", "a");
		await().until(() -> item.status() == WorkflowStatus.SUSPENDED);
		this.engine.client().pauseQueue("mail");

		item.signal("hello", "x");
		await().until(() -> item.status() == WorkflowStatus.PENDING);
		this.engine.time().advance(MINUTE.multipliedBy(2));

		WorkflowHandle<Object> fence = this.engine.enqueue("other", EnqueueOptions.defaults().delay(MINUTE), "send",
				"x");
		this.engine.time().advance(MINUTE);
		fence.result();
		assertThat(this.attempts).as("one of the item, one of the other queue").hasSize(2);
		this.fails = false;
		this.engine.client().resumeQueue("mail");
		assertThat(item.result()).isEqualTo("sent a");
	}

	@Test
	void itemsThatAreCancelledBeforeTheirTurnDoNotCountForTheRate() {
		this.engine.queue(WorkQueue.named("mail").rateLimit(1, Duration.ofHours(1))).start();
		this.engine.client().pauseQueue("mail");
		for (int i = 0; i < 4; i++) {
			WorkflowHandle<Object> item = this.engine.enqueue("mail", EnqueueOptions.defaults().key("c" + i), "send",
					"c");
			item.cancel();
			await().until(() -> item.status() == WorkflowStatus.CANCELLED);
		}
		this.engine.client().resumeQueue("mail");

		assertThat(this.engine.enqueue("mail", "send", "live").result()).isEqualTo("sent live");
	}

	/** A key of an item: within a partition the order of turns is exact. */
	private EnqueueOptions here(String key) {
		return EnqueueOptions.defaults().key(mail(key).substring("queue:mail:".length()));
	}

	private String mail(String key) {
		return SamePartition.id(this.engine, "queue:mail:" + key);
	}

	private WorkflowStatus status(String id) {
		return this.engine.client().handle(id).status();
	}

	@Test
	void anItemThatWaitsForItsNextAttemptCanBeCancelledAtOnce() {
		this.fails = true;
		this.engine.queue(WorkQueue.named("mail").concurrency(1)).start();
		WorkflowHandle<Object> item = this.engine.enqueue("mail", "fail", "a");
		await().until(() -> item.status() == WorkflowStatus.SUSPENDED);

		item.cancel();

		await().until(() -> item.status() == WorkflowStatus.CANCELLED);
		assertThat(this.engine.enqueue("mail", "send", "b").result()).as("its place is free").isEqualTo("sent b");
	}

	@Test
	void anItemThatIsCancelledInAnAttemptThatFailsLeavesNoTimer() {
		this.engine.namedStep("hold-and-fail", String.class, this::holdAndFail).start();
		WorkflowHandle<Object> item = this.engine.enqueue("mail", "hold-and-fail", "a");
		await().until(() -> this.inside.get() == 1);

		item.cancel();
		this.gate.release();

		await().until(() -> item.status() == WorkflowStatus.CANCELLED);
		this.engine.crash();
		try (Store store = this.engine.medium().open()) {
			assertThat(store.timers(null, 10)).isEmpty();
		}
	}

	@Test
	void aStepIsToldThatItIsAnItemAndHasTheSameKeyInEachAttempt() {
		List<String> seen = Collections.synchronizedList(new ArrayList<>());
		this.fails = true;
		this.engine.namedStep(
				StepDefinition.of("context", MethodSignature.of(String.class, String.class), RetryPolicy.defaults()),
				(argument) -> {
					StepContext context = StepContext.current();
					seen.add(context.workflowId() + " " + context.attempt() + " " + context.idempotencyKey());
					if (context.attempt() == 1) {
						throw new IllegalStateException("once more");
					}
					return argument;
				})
			.queue(WorkQueue.named("mail").concurrency(1))
			.start();
		WorkflowHandle<Object> item = this.engine.enqueue("mail", "context", "a");

		assertThat(this.engine.finish(item)).isEqualTo("a");
		String key = seen.get(0).substring(seen.get(0).lastIndexOf(' '));
		assertThat(seen).containsExactly(item.id() + " 1" + key, item.id() + " 2" + key);
	}

	@Test
	void anItemWhoseStepIsUnknownIsPausedAndGoesOnWhenItIsKnown() {
		this.engine.start();
		this.engine.client().pauseQueue("mail");
		WorkflowHandle<Object> item = this.engine.enqueue("mail", "send", "a");
		this.engine.withoutStep("send").crashAndStart();
		this.engine.client().resumeQueue("mail");
		await().until(() -> this.engine.client().handle(item.id()).status() == WorkflowStatus.PAUSED);
		WorkflowDescription paused = this.engine.client().handle(item.id()).describe();
		assertThat(paused.reason()).satisfies((text) -> assertThat(text)
			.startsWith("KRAFT-1010: no bean of this application defines the step 'send'. Known are: 'fail', 'hold'"));

		this.engine.namedStep("send", String.class, this::send).crashAndStart();

		assertThat(this.engine.client().handle(item.id()).result()).isEqualTo("sent a");
	}

	@Test
	void whatIsNotOneCallOfAKnownStepIsRefused() {
		this.engine.workflow("echo", String.class, (argument) -> argument)
			.workflow("enqueues", String.class, (argument) -> this.engine.enqueue("mail", "send", argument).id())
			.start();
		assertThatExceptionOfType(InvalidCallException.class)
			.isThrownBy(() -> this.engine.client().enqueue("mail", () -> "nothing"))
			.withMessageContaining("the lambda given to enqueue(…) makes one call of a @Step method")
			.withMessageContaining("it made none");
		assertThatExceptionOfType(InvalidCallException.class)
			.isThrownBy(() -> this.engine.client().enqueue("mail", () -> {
				this.engine.step("one", String.class, () -> "x");
				this.engine.step("two", String.class, () -> "y");
			}))
			.withMessageContaining("it called 'one' and 'two'");
		assertThatExceptionOfType(UnknownStepException.class)
			.isThrownBy(
					() -> this.engine.client().enqueue("mail", () -> this.engine.step("one", String.class, () -> "x")))
			.withMessageContaining("'one'")
			.withMessageContaining("Known are: 'fail', 'hold', 'send'");
		assertThatExceptionOfType(InvalidCallException.class).isThrownBy(() -> this.engine.enqueue(" ", "send", "a"))
			.withMessageContaining("The name of a queue has 1 to 200 characters");
		assertThatExceptionOfType(InvalidCallException.class)
			.isThrownBy(() -> this.engine.enqueue("mail\u202e", "send", "a"))
			.withMessageContaining("'mail\\u202E'");
		assertThatExceptionOfType(WorkflowFailedException.class)
			.isThrownBy(() -> this.engine.run("enqueues", "e", "x").result())
			.withMessageContaining("was put into queue 'mail' by the code of run 'e'");
		assertThat(this.sent).isEmpty();
	}

	/** What became due just before it was asked for is called by the next move. */
	private void awaitAttempts(int expected) {
		await().until(() -> {
			this.engine.time().advance(Duration.ZERO);
			return this.attempts.size() == expected;
		});
	}

	private List<String> dead(String queue) {
		return this.engine.client()
			.list(WorkflowQuery.all().queue(queue).status(WorkflowStatus.DEAD))
			.items()
			.stream()
			.map(WorkflowDescription::id)
			.toList();
	}

}
