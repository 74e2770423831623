package io.kraft.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;

import io.kraft.client.WorkflowDescription;
import io.kraft.client.WorkflowHandle;
import io.kraft.client.WorkflowQuery;
import io.kraft.client.WorkflowStatus;
import io.kraft.engine.definition.MethodSignature;
import io.kraft.engine.definition.RetryPolicy;
import io.kraft.engine.definition.StepDefinition;
import io.kraft.engine.definition.WorkflowDefinition;
import io.kraft.engine.run.ArgumentMismatch;
import io.kraft.engine.store.Change;
import io.kraft.engine.store.RunRow;
import io.kraft.engine.store.Store;
import io.kraft.engine.testing.TestEngine;
import io.kraft.workflow.KraftException;
import io.kraft.workflow.NotInWorkflowException;
import io.kraft.workflow.PayloadSerializationException;
import io.kraft.workflow.PayloadTooLargeException;
import io.kraft.workflow.StepContext;
import io.kraft.workflow.ThrowingRunnable;
import io.kraft.workflow.WorkflowContext;
import io.kraft.workflow.WorkflowFailedException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/**
 * Whatever the code or the disk holds: a clear error with its code, the run paused and
 * listed where that applies, and nothing lost.
 */
@Timeout(60)
class BadInputTests {

	private final TestEngine engine = new TestEngine();

	private final WorkflowContext workflow = WorkflowContext.ofCallingRun();

	private final AtomicInteger entered = new AtomicInteger();

	@AfterEach
	void close() {
		this.engine.close();
	}

	/** Two steps and an hour between them; suspended in it. */
	private void startOrder() {
		defineOrder(this::order);
		this.engine.start();
		WorkflowHandle<?> run = this.engine.run("order", "order-7", "x");
		await().until(() -> run.status() == WorkflowStatus.SUSPENDED);
		this.engine.crash();
	}

	private String order(String argument) {
		String charged = step("charge", argument);
		String reserved = step("reserve", argument);
		this.workflow.sleep(Duration.ofHours(1));
		return charged + reserved + step("ship", argument);
	}

	private void defineOrder(TestEngine.WorkflowCode code) {
		this.engine.workflow("order", String.class, code);
	}

	private String step(String name, String argument) {
		return this.engine.step(
				StepDefinition.of(name, MethodSignature.of(String.class, String.class), RetryPolicy.defaults()), () -> {
					this.entered.incrementAndGet();
					return name + " ";
				}, argument);
	}

	private WorkflowDescription startUntilPaused() {
		this.engine.start();
		// Its timer loads it.
		this.engine.time().advance(Duration.ofHours(1));
		return awaitPaused("order-7");
	}

	private WorkflowDescription awaitPaused(String id) {
		WorkflowHandle<?> run = this.engine.client().handle(id);
		await().until(() -> run.status() == WorkflowStatus.PAUSED);
		assertThat(this.engine.client().list(WorkflowQuery.all().status(WorkflowStatus.PAUSED)).items())
			.extracting(WorkflowDescription::id)
			.contains(id);
		return run.describe();
	}

	private void finishesWithTheRightCode() {
		defineOrder(this::order);
		this.engine.crashAndStart();

		assertThat(this.engine.finish(this.engine.client().handle("order-7"))).isEqualTo("charge reserve ship ");
		assertThat(this.entered).hasValue(3);
	}

	@Test
	void anUnknownWorkflowIsPausedUntilItIsBack() {
		startOrder();
		this.engine.withoutWorkflow("order").workflow("other", String.class, (argument) -> argument);

		WorkflowDescription paused = startUntilPaused();

		assertThat(paused.reason()).satisfies((reason) -> assertThat(reason).startsWith("KRAFT-1006")
			.contains("'order' in version 1", "'other' version 1"));
		finishesWithTheRightCode();
	}

	@Test
	void aRenamedStepPausesTheRun() {
		startOrder();
		defineOrder((argument) -> step("bill", argument) + step("reserve", argument));

		assertDivergence(startUntilPaused(), "position 1 holds step 'charge', but the code asked for step 'bill'");
		finishesWithTheRightCode();
	}

	@Test
	void reorderedStepsPauseTheRun() {
		startOrder();
		defineOrder((argument) -> step("charge", argument) + step("ship", argument) + step("reserve", argument));

		assertDivergence(startUntilPaused(), "position 2 holds step 'reserve', but the code asked for step 'ship'");
		finishesWithTheRightCode();
	}

	@Test
	void aRemovedLastStepPausesTheRun() {
		startOrder();
		defineOrder((argument) -> step("charge", argument));

		assertDivergence(startUntilPaused(), "its code ended, but position 2 holds step 'reserve'");
		finishesWithTheRightCode();
	}

	@Test
	void codeThatFailsBeforeTheEndOfItsJournalPausesTheRun() {
		startOrder();
		defineOrder((argument) -> {
			throw new IllegalStateException(step("charge", argument));
		});

		assertDivergence(startUntilPaused(), "its code ended, but position 2 holds step 'reserve'");
		finishesWithTheRightCode();
	}

	@Test
	void anExtraSleepPausesTheRun() {
		startOrder();
		defineOrder((argument) -> {
			step("charge", argument);
			this.workflow.sleep(Duration.ofMinutes(1));
			return step("reserve", argument);
		});

		assertDivergence(startUntilPaused(), "position 2 holds step 'reserve', but the code asked for a timer");
		finishesWithTheRightCode();
	}

	@Test
	void codeThatCatchesEverythingIsPausedAllTheSame() {
		startOrder();
		List<String> after = new ArrayList<>();
		defineOrder((argument) -> {
			try {
				step("bill", argument);
			}
			catch (Throwable ex) {
				after.add("caught");
			}
			try {
				after.add(step("refund", argument));
			}
			catch (Throwable ex) {
				after.add("caught again");
			}
			finally {
				swallow(() -> this.workflow.state().set("k", "v"));
				swallow(() -> this.workflow.sleep(Duration.ofDays(1)));
				swallow(() -> this.workflow.sideEffect("undo", () -> after.add("undone")));
			}
			return "done";
		});

		assertDivergence(startUntilPaused(), "position 1 holds step 'charge'");
		assertThat(after).containsExactly("caught", "caught again");
		finishesWithTheRightCode();
	}

	@SuppressWarnings("CatchAndPrintStackTrace")
	private static void swallow(ThrowingRunnable code) {
		try {
			code.run();
		}
		catch (Throwable ex) {
			// As careless code would.
		}
	}

	@Test
	void codeThatCatchesEverythingIsUnloadedAndStoppedAllTheSame() {
		this.engine.with((builder) -> builder.maxParkedWorkflows(0));
		List<String> caught = new ArrayList<>();
		defineOrder((argument) -> {
			try {
				return order(argument);
			}
			catch (Throwable ex) {
				caught.add("caught");
				swallow(() -> step("refund", argument));
				return "swallowed";
			}
		});
		this.engine.start();
		WorkflowHandle<?> run = this.engine.run("order", "order-7", "x");
		await().until(() -> run.status() == WorkflowStatus.SUSPENDED && !caught.isEmpty());

		this.engine.crashAndStart();

		assertThat(this.engine.finish(this.engine.client().handle("order-7"))).isEqualTo("charge reserve ship ");
		assertThat(this.entered).hasValue(3);
	}

	private static void assertDivergence(WorkflowDescription paused, String difference) {
		assertThat(paused.reason()).satisfies((reason) -> assertThat(reason).startsWith("KRAFT-1001")
			.contains("'order-7'", difference, "docs/reference/errors.md#kraft-1001"));
	}

	@Test
	void aPausedRunIsTriedOnceAtEachStart() {
		startOrder();
		AtomicInteger calls = new AtomicInteger();
		defineOrder((argument) -> {
			calls.incrementAndGet();
			return step("bill", argument);
		});
		startUntilPaused();
		assertThat(calls).hasValue(1);

		this.engine.crashAndStart();

		await().until(() -> calls.get() == 2);
		awaitPaused("order-7");
		assertThat(calls).hasValue(2);
	}

	@Test
	void aChangedResultTypePausesTheRun() {
		startOrder();
		defineOrder((argument) -> String.valueOf(this.engine.<Integer>step(
				StepDefinition.of("charge", MethodSignature.of(Integer.class, String.class), RetryPolicy.defaults()),
				() -> 1, argument)));

		assertUnreadable(startUntilPaused(), "the result of step 'charge' of run 'order-7'", "java.lang.Integer");
		finishesWithTheRightCode();
	}

	@Test
	void aChangedArgumentTypePausesTheRun() {
		startOrder();
		this.engine.workflow(WorkflowDefinition.of("order", MethodSignature.of(String.class, Integer.class),
				(arguments) -> "never"));

		assertUnreadable(startUntilPaused(), "the arguments of run 'order-7'", "java.lang.Integer");
		finishesWithTheRightCode();
	}

	@Test
	void aChangedNumberOfArgumentsPausesTheRun() {
		startOrder();
		this.engine.workflow(WorkflowDefinition.of("order",
				MethodSignature.of(String.class, String.class, Integer.class), (arguments) -> "never"));

		assertUnreadable(startUntilPaused(), "the arguments of run 'order-7'");
		finishesWithTheRightCode();
	}

	@Test
	void aChangedTypeOfStatePausesTheRun() {
		defineOrder((argument) -> {
			this.workflow.state().set("attempts", "three");
			this.workflow.sleep(Duration.ofHours(1));
			return this.workflow.state().get("attempts", String.class).orElseThrow();
		});
		this.engine.start();
		WorkflowHandle<?> run = this.engine.run("order", "order-7", "x");
		await().until(() -> run.status() == WorkflowStatus.SUSPENDED);
		this.engine.crash();
		defineOrder((argument) -> {
			this.workflow.state().set("attempts", "three");
			this.workflow.sleep(Duration.ofHours(1));
			return String.valueOf(this.workflow.state().get("attempts", Integer.class).orElseThrow());
		});

		assertUnreadable(startUntilPaused(), "the state 'attempts' of run 'order-7'", "java.lang.Integer");
		defineOrder((argument) -> {
			this.workflow.state().set("attempts", "three");
			this.workflow.sleep(Duration.ofHours(1));
			return this.workflow.state().get("attempts", String.class).orElseThrow();
		});
		this.engine.crashAndStart();
		assertThat(this.engine.finish(this.engine.client().handle("order-7"))).isEqualTo("three");
	}

	private static void assertUnreadable(WorkflowDescription paused, String... parts) {
		assertThat(paused.reason()).satisfies((reason) -> assertThat(reason).startsWith("KRAFT-1004").contains(parts));
	}

	@ParameterizedTest(name = "entry {0} of the journal")
	@ValueSource(ints = { 0, 1, 2 })
	void anEntryThatCannotBeReadPausesTheRun(int sequence) {
		startOrder();
		byte[] before = replaceEntry(sequence, new byte[] { 1, 5, 99, 99 });

		WorkflowDescription paused = startUntilPaused();

		assertThat(paused.reason()).satisfies((reason) -> assertThat(reason).startsWith("KRAFT-4008"));
		this.engine.crash();
		replaceEntry(sequence, before);
		finishesWithTheRightCode();
	}

	@Test
	void anEntryOfALaterVersionPausesTheRun() {
		startOrder();
		byte[] before = replaceEntry(1, new byte[] { 9, 1, 2, 3 });

		WorkflowDescription paused = startUntilPaused();

		assertThat(paused.reason())
			.satisfies((reason) -> assertThat(reason).startsWith("KRAFT-4005").contains("format version 9"));
		this.engine.crash();
		replaceEntry(1, before);
		finishesWithTheRightCode();
	}

	@ParameterizedTest(name = "seed {0}")
	@ValueSource(longs = { 1, 2, 3 })
	void garbageInAJournalHarmsNoOtherRun(long seed) {
		startOrder();
		Random random = new Random(seed);
		List<byte[]> entries = new ArrayList<>();
		try (Store store = this.engine.mediumOf("order-7").open()) {
			store.journal(1, 0, entries::add);
		}
		for (int round = 0; round < 60; round++) {
			int sequence = random.nextInt(entries.size());
			byte[] garbage = entries.get(sequence).clone();
			garbage[random.nextInt(garbage.length)] ^= (byte) (1 << random.nextInt(8));
			byte[] before = replaceEntry(sequence, garbage);
			AtomicInteger others = new AtomicInteger();
			this.engine.workflow("other", int.class, (argument) -> others.incrementAndGet()).start();

			assertThat(this.engine.run("other", "other-" + round, "x").result(Duration.ofSeconds(30))).isEqualTo(1);

			assertThat(this.engine.engine().health().state()).isEqualTo(EngineHealth.State.RUNNING);
			this.engine.crash();
			replaceEntry(sequence, before);
		}
		finishesWithTheRightCode();
	}

	/** Answers the entry as it was. */
	private byte[] replaceEntry(int sequence, byte[] bytes) {
		List<byte[]> entries = new ArrayList<>();
		try (Store store = this.engine.mediumOf("order-7").open()) {
			store.journal(1, 0, entries::add);
			store.claim(store.epoch() + 1);
			store.commit(store.epoch(), List.of(new Change.EntryAppended(1, sequence, bytes)));
		}
		return entries.get(sequence);
	}

	@Test
	void aJournalWithoutItsStartPausesTheRun() {
		this.engine.damaged();
		this.engine.start().crash();
		try (Store store = this.engine.mediumOf("headless").open()) {
			store.claim(store.epoch() + 1);
			RunRow row = RunRow.pending(1, "headless", "order", 1, java.util.Map.of(), this.engine.time().instant());
			store.commit(store.epoch(), List.of(new Change.RunChanged(null, row)));
		}
		defineOrder(this::order);

		this.engine.start();

		assertThat(awaitPaused("headless").reason()).satisfies((reason) -> assertThat(reason).startsWith("KRAFT-4008"));
	}

	@Test
	void aValueOverTheLimitIsRefusedWhereItIsMade() {
		List<Throwable> seen = new ArrayList<>();
		this.engine.with((builder) -> builder.maxPayloadBytes(1000))
			.workflow("echo", String.class, (argument) -> argument.repeat(2000))
			.workflow("steps", String.class, (argument) -> {
				seen.add(failureOf(() -> this.engine.step("big", String.class, () -> {
					this.entered.incrementAndGet();
					return "x".repeat(2000);
				})));
				seen.add(failureOf(() -> step("big argument", "x".repeat(2000))));
				seen.add(failureOf(() -> this.workflow.sideEffect("big effect", String.class, () -> "x".repeat(2000))));
				seen.add(failureOf(() -> this.workflow.state().set("big state", "x".repeat(2000))));
				return "caught";
			})
			.start();

		assertThatExceptionOfType(PayloadTooLargeException.class)
			.isThrownBy(() -> this.engine.run("echo", "e", "x".repeat(2000)))
			.withMessageStartingWith("KRAFT-1005")
			.withMessageContainingAll("the arguments of workflow 'echo'", "1000");
		assertThat(this.engine.client().find("e")).isEmpty();
		assertThatExceptionOfType(WorkflowFailedException.class)
			.isThrownBy(() -> this.engine.finish(this.engine.run("echo", "e", "x")))
			.havingCause()
			.isInstanceOf(PayloadTooLargeException.class)
			.withMessageContaining("the result of workflow 'echo'");
		assertThat(this.engine.finish(this.engine.run("steps", "s", "x"))).isEqualTo("caught");
		assertThat(this.entered).as("no retries").hasValue(1);
		assertThat(seen)
			.allSatisfy((failure) -> assertThat(failure).isInstanceOf(PayloadTooLargeException.class)
				.hasMessageStartingWith("KRAFT-1005"))
			.extracting(Throwable::getMessage)
			.satisfiesExactly((message) -> assertThat(message).contains("step 'big'"),
					(message) -> assertThat(message).contains("step 'big argument'"),
					(message) -> assertThat(message).contains("side effect 'big effect'"),
					(message) -> assertThat(message).contains("state 'big state'"));
	}

	@Test
	void aValueThatCannotBeWrittenIsNamedWithItsTypeAndPath() {
		List<Throwable> seen = new ArrayList<>();
		this.engine.workflow("steps", String.class, (argument) -> {
			seen.add(failureOf(() -> this.engine.step("open", Parcel.class, () -> {
				this.entered.incrementAndGet();
				return new Parcel("p", Thread.currentThread());
			})));
			seen.add(failureOf(() -> this.engine.step(
					StepDefinition.of("send", MethodSignature.of(String.class, Parcel.class), RetryPolicy.defaults()),
					() -> "never", new Parcel("p", Thread.currentThread()))));
			return "caught";
		}).start();

		assertThat(this.engine.finish(this.engine.run("steps", "s", "x"))).isEqualTo("caught");

		assertThat(this.entered).as("no retries").hasValue(1);
		assertThat(seen).allSatisfy((failure) -> assertThat(failure).isInstanceOf(PayloadSerializationException.class)
			.hasMessageStartingWith("KRAFT-1004")
			.hasMessageContaining("contents"));
	}

	@Test
	void aStepWhoseArgumentCannotBeWrittenFailsTheSameOnReplay() {
		List<String> seen = new ArrayList<>();
		this.engine.workflow("send", String.class, (argument) -> {
			Throwable failure = failureOf(() -> this.engine.step(
					StepDefinition.of("send", MethodSignature.of(String.class, Parcel.class), RetryPolicy.defaults()),
					() -> "never", new Parcel("p", Thread.currentThread())));
			seen.add(failure.getClass().getName() + ": " + failure.getMessage());
			this.workflow.sleep(Duration.ofHours(1));
			return "handled";
		}).start();
		WorkflowHandle<?> run = this.engine.run("send", "s", "x");
		await().until(() -> run.status() == WorkflowStatus.SUSPENDED);

		this.engine.crashAndStart();

		assertThat(this.engine.finish(this.engine.client().handle("s"))).isEqualTo("handled");
		assertThat(seen).hasSize(2).containsOnly(seen.getFirst());
	}

	@Test
	void aFullJournalPausesTheRunUntilTheLimitIsRaised() {
		this.engine.with((builder) -> builder.maxJournalEntries(5)).workflow("long", String.class, (argument) -> {
			StringBuilder all = new StringBuilder();
			for (int i = 0; i < 8; i++) {
				all.append(step("s" + i, argument));
			}
			return all.toString();
		}).start();
		this.engine.run("long", "l", "x");

		WorkflowDescription paused = awaitPaused("l");
		this.engine.crashAndStart();
		awaitPaused("l");

		assertThat(paused.reason()).satisfies((reason) -> assertThat(reason).startsWith("KRAFT-1007")
			.contains("'l'", "5 entries", "kraft.engine.max-journal-entries"));
		this.engine.with((builder) -> builder.maxJournalEntries(100)).crashAndStart();
		assertThat(this.engine.finish(this.engine.client().handle("l"))).isEqualTo("s0 s1 s2 s3 s4 s5 s6 s7 ");
		assertThat(this.entered).hasValue(8);
	}

	@ParameterizedTest
	@EnumSource
	void otherArgumentsOnReplayAreTreatedAsToldTo(ArgumentMismatch mismatch) {
		startOrder();
		defineOrder((argument) -> order("other"));
		this.engine.with((builder) -> builder.argumentMismatch(mismatch));

		if (mismatch == ArgumentMismatch.PAUSE) {
			assertDivergence(startUntilPaused(),
					"position 1 holds step 'charge' with the arguments [\"x\"], but the code asked for it with [\"other\"]");
			finishesWithTheRightCode();
		}
		else {
			this.engine.start();
			assertThat(this.engine.finish(this.engine.client().handle("order-7"))).isEqualTo("charge reserve ship ");
			assertThat(this.entered).hasValue(3);
		}
	}

	@Test
	void whatOnlyAWorkflowCanDoIsRefusedInStepsAndSideEffects() {
		List<Throwable> seen = new ArrayList<>();
		List<String> worked = new ArrayList<>();
		this.engine.workflow("misuse", String.class, (argument) -> {
			ThrowingRunnable all = () -> {
				seen.add(failureOf(this.workflow::now));
				seen.add(failureOf(this.workflow::randomUuid));
				seen.add(failureOf(this.workflow::random));
				seen.add(failureOf(() -> sleep(Duration.ofHours(1))));
				seen.add(failureOf(() -> sleep(Duration.ZERO)));
				seen.add(failureOf(() -> this.workflow.sideEffect("inner", String.class, () -> "")));
				seen.add(failureOf(() -> this.workflow.state().get("k", String.class)));
				worked.add(this.workflow.workflowId() + this.workflow.workflowName() + this.workflow.workflowVersion()
						+ this.workflow.isReplaying());
			};
			this.engine.step("step", void.class, () -> {
				all.run();
				return null;
			});
			this.workflow.sideEffect("effect", all);
			this.workflow.sideEffect("no step", () -> seen.add(failureOf(StepContext::current)));
			seen.add(failureOf(StepContext::current));
			return "done";
		}).start();

		assertThat(this.engine.finish(this.engine.run("misuse", "m", "x"))).isEqualTo("done");

		assertThat(seen).hasSize(16)
			.allSatisfy((failure) -> assertThat(failure).isInstanceOf(NotInWorkflowException.class)
				.hasMessageStartingWith("KRAFT-1002"));
		assertThat(worked).containsExactly("mmisuse1false", "mmisuse1false");
		assertThat(this.engine.client().operations("m")).hasSize(5);
	}

	private @Nullable Object sleep(Duration duration) {
		this.workflow.sleep(duration);
		return null;
	}

	@Test
	void aStepCalledByAStepIsPartOfIt() {
		this.engine
			.workflow(
					"nested", String.class, (
							argument) -> this.engine
								.step("outer", String.class,
										() -> StepContext.current().stepName() + step("inner", argument)
												+ StepContext.current().stepName()))
			.start();

		assertThat(this.engine.finish(this.engine.run("nested", "n", "x"))).isEqualTo("outerinner outer");
		assertThat(this.engine.client().operations("n")).hasSize(3);
	}

	@Test
	void aForeignThreadBelongsToNoRun() {
		this.engine.workflow("foreign", String.class, (argument) -> {
			try {
				return CompletableFuture.supplyAsync(() -> step("plain", argument) + this.workflow.now()).join();
			}
			catch (CompletionException ex) {
				return ex.getCause().getMessage();
			}
		}).start();

		assertThat(this.engine.finish(this.engine.run("foreign", "f", "x"))).asString()
			.startsWith("KRAFT-1002")
			.contains("executes no workflow run");
		assertThat(this.entered).as("outside runs a step is a plain call").hasValue(1);
		assertThat(this.engine.client().operations("f")).hasSize(2);
	}

	private static Throwable failureOf(Callable<?> call) {
		try {
			return new AssertionError("answered " + call.call());
		}
		catch (Exception ex) {
			return ex;
		}
	}

	private static Throwable failureOf(ThrowingRunnable call) {
		return failureOf(() -> {
			call.run();
			return null;
		});
	}

	@Test
	void anErrorOfTheCodeFailsTheRun() {
		this.engine.workflow("deep", String.class, this::deep).start();

		assertThatThrownBy(() -> this.engine.finish(this.engine.run("deep", "d", "x")))
			.isInstanceOf(WorkflowFailedException.class)
			.hasMessageContaining("java.lang.StackOverflowError");
	}

	@SuppressWarnings("InfiniteRecursion") // That is the error.
	private String deep(String argument) {
		return deep(argument) + "x";
	}

	@Test
	void anUnreadableResultOfTheDefinitionIsSaidToTheCaller() {
		this.engine.workflow("echo", String.class, (argument) -> argument).start();
		this.engine.run("echo", "e", "not a number").result();

		assertThatExceptionOfType(KraftException.class)
			.isThrownBy(() -> this.engine.client().handle("e", Integer.class).result())
			.withMessageStartingWith("KRAFT-1004")
			.withMessageContainingAll("the result of run 'e'", "java.lang.Integer");
	}

	record Parcel(String name, Thread contents) {
	}

}
