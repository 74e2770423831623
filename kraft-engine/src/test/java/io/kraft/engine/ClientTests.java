package io.kraft.engine;

import java.io.IOException;
import java.io.Serial;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.kraft.client.OperationView;
import io.kraft.client.Page;
import io.kraft.client.ResultTimeoutException;
import io.kraft.client.StartOptions;
import io.kraft.client.WorkflowDescription;
import io.kraft.client.WorkflowHandle;
import io.kraft.client.WorkflowNotFoundException;
import io.kraft.client.WorkflowQuery;
import io.kraft.client.WorkflowStatus;
import io.kraft.engine.definition.MethodSignature;
import io.kraft.engine.definition.ResultStyle;
import io.kraft.engine.definition.RetryPolicy;
import io.kraft.engine.definition.StepDefinition;
import io.kraft.engine.testing.ProxiedWorkflow;
import io.kraft.engine.testing.TestEngine;
import io.kraft.workflow.Delivery;
import io.kraft.workflow.InvalidCallException;
import io.kraft.workflow.WorkflowFailedException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/**
 * What a client learns of runs, and how their results reach it.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Promises are results here, as Objects.
@Timeout(60)
class ClientTests {

	private final TestEngine engine = new TestEngine();

	private final CountDownLatch gate = new CountDownLatch(1);

	@AfterEach
	void close() {
		this.gate.countDown();
		this.engine.close();
	}

	@Test
	void onlyFindIsEmptyForAnUnknownId() {
		this.engine.start();
		WorkflowHandle<?> unknown = this.engine.client().handle("nobody");

		assertThat(unknown.id()).isEqualTo("nobody");
		assertThat(this.engine.client().find("nobody")).isEmpty();
		assertUnknown(unknown::status);
		assertUnknown(unknown::describe);
		assertUnknown(unknown::result);
		assertUnknown(() -> unknown.result(Duration.ofDays(1)));
		assertUnknown(unknown::resultAsync);
		assertUnknown(() -> this.engine.client().operations("nobody"));
	}

	private static void assertUnknown(Callable<?> call) {
		assertThatExceptionOfType(WorkflowNotFoundException.class).isThrownBy(call::call)
			.withMessageStartingWith("KRAFT-3001")
			.withMessageContaining("'nobody'");
	}

	@Test
	void aWaitForAResultEndsAtItsTimeoutAndTheRunGoesOn() {
		WorkflowHandle<?> run = startWaiting();

		for (Duration timeout : List.of(Duration.ofMillis(5), Duration.ZERO, Duration.ofSeconds(-1))) {
			assertThatExceptionOfType(ResultTimeoutException.class).isThrownBy(() -> run.result(timeout))
				.withMessageStartingWith("KRAFT-3004")
				.withMessageContainingAll("'waiting'", timeout.toString(), "RUNNING");
		}
		this.gate.countDown();

		assertThat(run.result(Duration.ofSeconds(Long.MAX_VALUE))).isEqualTo("through");
		assertThat(run.result(Duration.ZERO)).isEqualTo("through");
	}

	@Test
	void aWaiterThatIsInterruptedStaysInterruptedAndTheRunGoesOn() {
		WorkflowHandle<?> run = startWaiting();

		Thread.currentThread().interrupt();

		assertThatExceptionOfType(CancellationException.class).isThrownBy(run::result);
		assertThat(Thread.interrupted()).isTrue();
		Thread.currentThread().interrupt();
		assertThatExceptionOfType(CancellationException.class).isThrownBy(() -> run.result(Duration.ofHours(1)));
		assertThat(Thread.interrupted()).isTrue();
		this.gate.countDown();
		assertThat(run.result()).isEqualTo("through");
	}

	private WorkflowHandle<?> startWaiting() {
		this.engine.workflow("wait", String.class, (argument) -> this.engine.step("wait", String.class, () -> {
			this.gate.await();
			return "through";
		})).start();
		WorkflowHandle<?> run = this.engine.run("wait", "waiting", "x");
		await().until(() -> run.status() == WorkflowStatus.RUNNING);
		return run;
	}

	@Test
	void aFutureOfTheResultCompletesWithTheRunOrFailsWithIt() throws Exception {
		this.engine.workflow("echo", String.class, (argument) -> argument)
			.workflow("fail", String.class, (argument) -> {
				throw new IllegalStateException(argument);
			})
			.start();

		assertThat(this.engine.run("echo", "e", "x").resultAsync().get(30, TimeUnit.SECONDS)).isEqualTo("x");
		CompletableFuture<?> failed = this.engine.run("fail", "f", "x").resultAsync();
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> failed.get(30, TimeUnit.SECONDS))
			.havingCause()
			.isInstanceOf(WorkflowFailedException.class)
			.havingCause()
			.isInstanceOf(IllegalStateException.class)
			.withMessage("x");
	}

	@Test
	void aResultIsThereAfterARestart() {
		this.engine.workflow("echo", String.class, (argument) -> argument).start();
		this.engine.run("echo", "e", "7").result();

		this.engine.crashAndStart();

		assertThat(this.engine.client().handle("e").result()).isEqualTo("7");
		assertThat(this.engine.client().handle("e", String.class).result()).isEqualTo("7");
	}

	@Test
	void theResultOfAWorkflowThatIsNoMoreIsReadAsAnyType() {
		this.engine.workflow("list", List.class, (argument) -> List.of(argument, 2)).start();
		this.engine.run("list", "l", "one").result();

		this.engine.crash().withoutWorkflow("list").start();

		assertThat(this.engine.client().handle("l").result()).isEqualTo(List.of("one", 2));
	}

	@Test
	void runsAreListedByNameStatusTagAndTime() {
		this.engine.workflow("a", String.class, (argument) -> argument).workflow("b", String.class, (argument) -> {
			throw new IllegalStateException("no");
		}).start();
		Instant begun = this.engine.time().instant();
		for (int i = 0; i < 6; i++) {
			WorkflowHandle<?> run = this.engine.client()
				.start((i % 2 == 0) ? "a" : "b",
						StartOptions.defaults().id("run-" + i).tags(Map.of("third", String.valueOf(i % 3), "all", "x")),
						"x");
			await().until(() -> run.status().isTerminal());
			this.engine.time().advance(Duration.ofMinutes(1));
		}

		assertThat(ids(WorkflowQuery.all())).containsExactly("run-5", "run-4", "run-3", "run-2", "run-1", "run-0");
		assertThat(ids(WorkflowQuery.all().name("a"))).containsExactly("run-4", "run-2", "run-0");
		assertThat(ids(WorkflowQuery.all().status(WorkflowStatus.FAILED))).containsExactly("run-5", "run-3", "run-1");
		assertThat(ids(WorkflowQuery.all().status(WorkflowStatus.FAILED, WorkflowStatus.COMPLETED).limit(2)))
			.containsExactly("run-5", "run-4");
		assertThat(ids(WorkflowQuery.all().tag("third", "0"))).containsExactly("run-3", "run-0");
		assertThat(ids(WorkflowQuery.all().tag("third", "0").tag("all", "x").name("b"))).containsExactly("run-3");
		assertThat(ids(WorkflowQuery.all().tag("third", "7"))).isEmpty();
		assertThat(ids(WorkflowQuery.all()
			.startedAfter(begun.plus(Duration.ofMinutes(1)))
			.startedBefore(begun.plus(Duration.ofMinutes(4))))).containsExactly("run-3", "run-2");
		assertThat(ids(WorkflowQuery.all().name("unknown"))).isEmpty();
	}

	private List<String> ids(WorkflowQuery query) {
		return this.engine.client().list(query).items().stream().map(WorkflowDescription::id).toList();
	}

	@ParameterizedTest(name = "{0} a page")
	@ValueSource(ints = { 1, 3, 7, 8 })
	void aCursorLeadsThroughAllPages(int limit) {
		this.engine.workflow("a", String.class, (argument) -> argument).start();
		for (int i = 0; i < 7; i++) {
			this.engine.run("a", "run-" + i, "x").result();
			this.engine.time().advance(Duration.ofMillis(1));
		}
		List<String> seen = new ArrayList<>();

		Page<WorkflowDescription> page = this.engine.client().list(WorkflowQuery.all().name("a").limit(limit));
		page.items().forEach((run) -> seen.add(run.id()));
		while (page.nextCursor().isPresent()) {
			page = this.engine.client()
				.list(WorkflowQuery.all().name("a").limit(limit).cursor(page.nextCursor().get()));
			page.items().forEach((run) -> seen.add(run.id()));
		}

		assertThat(seen).containsExactly("run-6", "run-5", "run-4", "run-3", "run-2", "run-1", "run-0");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "x", "-1", "0", "99999999999999999999" })
	void aCursorOfNoPageIsRefused(String cursor) {
		this.engine.start();

		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.engine.client().list(WorkflowQuery.all().cursor(cursor)))
			.withMessageContaining("'" + cursor + "' is not a cursor");
	}

	@Test
	void aDescriptionTellsWhatARunDoes() {
		this.engine.workflow("wait", String.class, (argument) -> this.engine.step("wait", String.class, () -> {
			this.gate.await();
			return argument;
		})).start();
		WorkflowHandle<?> run = this.engine.client()
			.start("wait", StartOptions.defaults().id("w").tags(Map.of("k", "v")), "x");

		await().until(() -> run.describe().currentStep() != null);
		WorkflowDescription running = run.describe();
		this.gate.countDown();
		run.result();
		WorkflowDescription ended = this.engine.client().find("w").orElseThrow();

		assertThat(running.status()).isEqualTo(WorkflowStatus.RUNNING);
		assertThat(running.currentStep()).contains("wait");
		assertThat(running.attempt()).isEqualTo(1);
		assertThat(running.startedAt()).isNotNull();
		assertThat(running.finishedAt()).isNull();
		assertThat(ended.status()).isEqualTo(WorkflowStatus.COMPLETED);
		assertThat(ended.currentStep()).isNull();
		assertThat(ended.attempt()).isZero();
		assertThat(ended.finishedAt()).isNotNull();
		assertThat(ended.tags()).isEqualTo(Map.of("k", "v"));
		assertThat(ended.failure()).isNull();
	}

	@Test
	void aDirectCallThrowsTheWorkflowsOwnException() {
		ProxiedWorkflow order = ProxiedWorkflow.define(this.engine, "order", MethodSignature.of(String.class),
				(arguments) -> {
					throw new IllegalArgumentException("no such card", new IllegalStateException("expired"));
				});
		this.engine.start();

		assertThatThrownBy(order::call).isExactlyInstanceOf(IllegalArgumentException.class)
			.hasMessage("no such card")
			.cause()
			.isExactlyInstanceOf(IllegalStateException.class)
			.hasMessage("expired");
	}

	@Test
	void aDirectCallThrowsADeclaredExceptionAsItself() {
		MethodSignature declaring = new MethodSignature(List.of(), String.class, List.of(CardException.class),
				getClass().getClassLoader());
		ProxiedWorkflow order = ProxiedWorkflow.define(this.engine, "order", declaring, (arguments) -> {
			throw new CardException("expired");
		});
		this.engine.start();

		assertThatThrownBy(order::call).isExactlyInstanceOf(CardException.class).hasMessage("expired");
	}

	@Test
	void aDirectCallFailsWithWhatCanBeSaidOfAnExceptionThatCannotBeRestored() {
		ProxiedWorkflow order = ProxiedWorkflow.define(this.engine, "order", MethodSignature.of(String.class),
				(arguments) -> {
					throw new UnknownTypeException(7);
				});
		this.engine.start();

		assertThatThrownBy(order::call).isInstanceOf(WorkflowFailedException.class)
			.hasMessageStartingWith("KRAFT-2005")
			.hasMessageContaining("UnknownTypeException: number 7");
	}

	@Test
	void aPromisedResultIsJournaledWhenItArrives() throws Exception {
		AtomicInteger entered = new AtomicInteger();
		StepDefinition charge = new StepDefinition("charge", MethodSignature.of(String.class),
				ResultStyle.COMPLETION_STAGE, RetryPolicy.defaults(), null, Delivery.AT_LEAST_ONCE, null);
		StepDefinition refuse = new StepDefinition("refuse", MethodSignature.of(String.class),
				ResultStyle.COMPLETION_STAGE, RetryPolicy.none(), null, Delivery.AT_LEAST_ONCE, null);
		ProxiedWorkflow order = ProxiedWorkflow.define(this.engine, "order", MethodSignature.of(String.class),
				ResultStyle.COMPLETION_STAGE, (arguments) -> "order-1", (arguments) -> {
					CompletionStage<String> charged = promised(this.engine.<Object>step(charge,
							() -> CompletableFuture.supplyAsync(() -> "charged " + entered.incrementAndGet())));
					CompletionStage<String> refused = promised(this.engine.<Object>step(refuse,
							() -> CompletableFuture.failedFuture(new IOException("refused"))));
					return charged.thenCombine(refused.exceptionally(Throwable::toString), (a, b) -> a + ", " + b);
				});
		this.engine.start();

		CompletionStage<String> direct = promised(order.call());

		assertThat(direct.toCompletableFuture().get(30, TimeUnit.SECONDS)).startsWith("charged 1, ")
			.endsWith("refused");
		this.engine.crashAndStart();
		CompletionStage<String> again = promised(order.call());
		assertThat(again.toCompletableFuture().get(30, TimeUnit.SECONDS)).startsWith("charged 1, ");
		assertThat(this.engine.client().operations("order-1")).extracting(OperationView::outcome)
			.anySatisfy((outcome) -> assertThat(outcome).contains("\"charged 1\""));
	}

	@Test
	void aPromiseOfAWorkflowFailsWithItsOwnException() throws Exception {
		ProxiedWorkflow order = ProxiedWorkflow.define(this.engine, "order", MethodSignature.of(String.class),
				ResultStyle.COMPLETION_STAGE, (arguments) -> null,
				(arguments) -> CompletableFuture.failedFuture(new IllegalArgumentException("no")));
		this.engine.start();

		CompletionStage<String> direct = promised(order.call());

		assertThatExceptionOfType(ExecutionException.class)
			.isThrownBy(() -> direct.toCompletableFuture().get(30, TimeUnit.SECONDS))
			.havingCause()
			.isExactlyInstanceOf(IllegalArgumentException.class)
			.withMessage("no");
	}

	@SuppressWarnings("unchecked")
	private static CompletionStage<String> promised(Object returned) {
		return (CompletionStage<String>) returned;
	}

	@Test
	void nothingIsAResultToo() throws Exception {
		List<@Nullable Object> seen = new ArrayList<>();
		ProxiedWorkflow none = ProxiedWorkflow.define(this.engine, "none", MethodSignature.of(void.class),
				(arguments) -> {
					seen.add(this.engine.step("null", String.class, () -> null));
					seen.add(this.engine.step("void", void.class, () -> null));
					return null;
				});
		this.engine.workflow("null", String.class, (argument) -> null).start();

		assertThat(this.engine.run("null", "n", "x").result()).isNull();
		assertThat(none.<@Nullable Object>call()).isNull();
		assertThat(this.engine.client().start(() -> {
			none.call();
		}).result()).isNull();
		assertThat(seen).containsOnlyNulls().hasSize(4);
	}

	@Test
	void aWorkflowCalledByAStepIsARunOfItsOwn() throws Exception {
		ProxiedWorkflow other = ProxiedWorkflow.define(this.engine, "other", MethodSignature.of(String.class),
				ResultStyle.PLAIN, (arguments) -> "other-1", (arguments) -> "other");
		ProxiedWorkflow order = ProxiedWorkflow.define(this.engine, "order", MethodSignature.of(String.class),
				(arguments) -> this.engine.step("call", String.class, other::<String>call));
		this.engine.start();

		assertThat(order.<String>call()).isEqualTo("other");
		assertThat(this.engine.client().handle("other-1").status()).isEqualTo(WorkflowStatus.COMPLETED);
	}

	static class CardException extends Exception {

		@Serial
		private static final long serialVersionUID = 1L;

		CardException(String message) {
			super(message);
		}

	}

	static class UnknownTypeException extends Exception {

		@Serial
		private static final long serialVersionUID = 1L;

		UnknownTypeException(int number) {
			super("number " + number);
		}

	}

}
