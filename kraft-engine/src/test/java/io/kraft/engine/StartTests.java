package io.kraft.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.kraft.client.EnqueueOptions;
import io.kraft.client.BlockingCallException;
import io.kraft.client.EngineStoppedException;
import io.kraft.client.IfExists;
import io.kraft.client.StartOptions;
import io.kraft.client.WorkflowAlreadyExistsException;
import io.kraft.client.WorkflowDescription;
import io.kraft.client.WorkflowHandle;
import io.kraft.client.WorkflowQuery;
import io.kraft.client.WorkflowStatus;
import io.kraft.engine.definition.MethodSignature;
import io.kraft.engine.definition.ResultStyle;
import io.kraft.engine.testing.ProxiedWorkflow;
import io.kraft.engine.testing.TestEngine;
import io.kraft.workflow.InvalidCallException;
import io.kraft.workflow.VisibleText;
import io.kraft.workflow.KraftException;
import io.kraft.workflow.ThrowingRunnable;
import io.kraft.workflow.UnknownWorkflowException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * How runs are started, and what is refused.
 */
@Timeout(60)
class StartTests {

	private final TestEngine engine = new TestEngine();

	private final CountDownLatch gate = new CountDownLatch(1);

	@AfterEach
	void close() {
		this.gate.countDown();
		this.engine.close();
	}

	@Test
	void manyStartsWithOneIdMakeOneRunAndOneResult() throws Exception {
		AtomicInteger entered = new AtomicInteger();
		this.engine
			.workflow("count", String.class,
					(argument) -> this.engine.step("enter", String.class, () -> argument + entered.incrementAndGet()))
			.start();

		List<Object> results = atOnce(() -> this.engine.run("count", "same", "x").result());

		assertThat(results).hasSize(96).containsOnly("x1");
		assertThat(entered).hasValue(1);
		assertThat(this.engine.client().list(WorkflowQuery.all()).items()).hasSize(1);
	}

	@Test
	void manyDirectCallsWithOneIdMakeOneRunAndOneResult() throws Exception {
		AtomicInteger entered = new AtomicInteger();
		ProxiedWorkflow count = ProxiedWorkflow.define(this.engine, "count",
				MethodSignature.of(Integer.class, String.class), ResultStyle.PLAIN,
				(arguments) -> (String) arguments[0],
				(arguments) -> this.engine.step("enter", Integer.class, entered::incrementAndGet));
		this.engine.start();

		List<Object> results = atOnce(() -> count.<Integer>call("order-7"));

		assertThat(results).hasSize(96).containsOnly(1);
		assertThat(this.engine.client().find("order-7")).isPresent();
	}

	/** On platform threads and on virtual ones. */
	private static List<Object> atOnce(Callable<Object> call) throws Exception {
		CountDownLatch start = new CountDownLatch(1);
		List<Future<Object>> calls = new ArrayList<>();
		try (ExecutorService platform = Executors.newFixedThreadPool(32);
				ExecutorService virtual = Executors.newVirtualThreadPerTaskExecutor()) {
			for (int i = 0; i < 96; i++) {
				calls.add(((i % 3 == 0) ? platform : virtual).submit(() -> {
					start.await();
					return call.call();
				}));
			}
			start.countDown();
			List<Object> results = new ArrayList<>();
			for (Future<Object> each : calls) {
				results.add(each.get(30, TimeUnit.SECONDS));
			}
			return results;
		}
	}

	@Test
	void anExistingRunIsAttachedToUnlessItIsRefused() {
		this.engine.workflow("wait", String.class, (argument) -> this.engine.step("wait", String.class, () -> {
			this.gate.await();
			return argument;
		})).start();
		WorkflowHandle<?> first = this.engine.run("wait", "w", "first");
		await().until(() -> first.status() == WorkflowStatus.RUNNING);

		assertThat(this.engine.run("wait", "w", "second").id()).isEqualTo("w");
		for (IfExists refusing : List.of(IfExists.FAIL, IfExists.REPLACE_IF_ENDED)) {
			assertThatExceptionOfType(WorkflowAlreadyExistsException.class)
				.isThrownBy(() -> start("w", refusing, "third"))
				.withMessageStartingWith("KRAFT-3002")
				.withMessageContainingAll("'w'", "wait", "RUNNING", refusing.name());
		}
		this.gate.countDown();
		assertThat(first.result()).isEqualTo("first");
		assertThat(this.engine.run("wait", "w", "fourth").result()).isEqualTo("first");
	}

	@Test
	void anEndedRunIsReplacedOnlyIfAskedTo() {
		this.engine.workflow("wait", String.class, (argument) -> argument).start();
		this.engine.run("wait", "w", "first").result();

		assertThatExceptionOfType(WorkflowAlreadyExistsException.class)
			.isThrownBy(() -> start("w", IfExists.FAIL, "second"))
			.withMessageContaining("COMPLETED");
		assertThat(start("w", IfExists.REPLACE_IF_ENDED, "third").result()).isEqualTo("third");

		assertThat(this.engine.client().list(WorkflowQuery.all()).items()).singleElement()
			.extracting(WorkflowDescription::id)
			.isEqualTo("w");
		this.engine.crashAndStart();
		assertThat(this.engine.client().handle("w").result()).isEqualTo("third");
		assertThat(this.engine.client().operations("w")).hasSize(2);
	}

	private WorkflowHandle<?> start(String id, IfExists ifExists, String argument) {
		return this.engine.client().start("wait", StartOptions.defaults().id(id).ifExists(ifExists), argument);
	}

	@Test
	void anUnknownNameIsRefusedWithTheKnownOnes() {
		this.engine.workflow("order", String.class, (argument) -> argument)
			.workflow("refund", String.class, (argument) -> argument)
			.start();

		assertThatExceptionOfType(UnknownWorkflowException.class).isThrownBy(() -> this.engine.run("ordr", "o", "x"))
			.withMessageStartingWith("KRAFT-1006")
			.withMessageContainingAll("'ordr'", "'order' version 1", "'refund' version 1");
		assertThat(this.engine.client().find("o")).isEmpty();
	}

	@Test
	void argumentsThatDoNotFitAreRefusedAtTheCall() {
		this.engine.workflow("order", String.class, (argument) -> argument).start();

		assertThatExceptionOfType(InvalidCallException.class)
			.isThrownBy(() -> this.engine.client().start("order", StartOptions.defaults().id("o")))
			.withMessageStartingWith("KRAFT-1008")
			.withMessageContainingAll("takes 1", "java.lang.String", "started with 0");
		assertThatExceptionOfType(KraftException.class)
			.isThrownBy(() -> this.engine.client().start("order", StartOptions.defaults().id("o"), 42));
		assertThat(this.engine.client().find("o")).isEmpty();
	}

	@Test
	void theCallInALambdaIsRecordedInsteadOfExecuted() throws Exception {
		ProxiedWorkflow length = ProxiedWorkflow.define(this.engine, "length",
				MethodSignature.of(int.class, String.class), (arguments) -> ((String) arguments[0]).length());
		this.engine.start();
		List<Integer> seen = new ArrayList<>();

		WorkflowHandle<Integer> run = this.engine.client().start(() -> {
			int recorded = length.<Integer>call("four");
			seen.add(recorded);
			return recorded;
		});

		assertThat(run.result()).isEqualTo(4);
		assertThat(seen).hasSize(1).doesNotContain(4);
	}

	@Test
	void aLambdaMakesOneCallOfAWorkflowAndNothingElse() {
		ProxiedWorkflow order = ProxiedWorkflow.define(this.engine, "order",
				MethodSignature.of(String.class, String.class), (arguments) -> arguments[0]);
		this.engine.start();

		refuses("it made none", () -> {
		});
		refuses("it called 'order' and 'order'", () -> {
			order.call("a");
			order.call("b");
		});
		refuses("it called the step 'charge'", () -> this.engine.step("charge", String.class, () -> "charged"));
		refuses("it called the step 'charge'", () -> {
			order.call("a");
			this.engine.step("charge", String.class, () -> "charged");
		});
		refuses("it threw java.lang.IllegalStateException: no", () -> {
			order.call("a");
			throw new IllegalStateException("no");
		});
		refuses("it called 'order' and 'order'", () -> {
			order.call("a");
			try {
				order.call("b");
			}
			catch (KraftException ex) {
				// What the lambda swallows is refused all the same.
			}
		});
		assertThat(this.engine.client().list(WorkflowQuery.all()).items()).isEmpty();
	}

	private void refuses(String found, ThrowingRunnable lambda) {
		assertThatExceptionOfType(InvalidCallException.class).isThrownBy(() -> this.engine.client().start(lambda))
			.withMessageStartingWith("KRAFT-1008")
			.withMessageContaining(found);
	}

	@Test
	void aLambdaThatWasRefusedLeavesNothingBehindOnItsThread() throws Exception {
		ProxiedWorkflow order = ProxiedWorkflow.define(this.engine, "order",
				MethodSignature.of(String.class, String.class), (arguments) -> arguments[0]);
		this.engine.start();
		refuses("it threw", () -> {
			throw new IllegalStateException("no");
		});

		assertThat(order.<String>call("direct")).isEqualTo("direct");
	}

	@ParameterizedTest
	@ValueSource(strings = { " ", "order 7", "a/b\\c", "%00", "ä-ö-ü", "注文-42", "🛒", "x\u00a0y", "'; drop",
			"{\"id\":1}", "~2", "." })
	void anIdMayHaveOddCharacters(String id) {
		this.engine.workflow("echo", String.class, (argument) -> argument).start();

		assertThat(this.engine.run("echo", id, id).result()).isEqualTo(id);

		this.engine.crashAndStart();
		assertThat(this.engine.client().find(id)).map(WorkflowDescription::id).contains(id);
		assertThat(this.engine.client().list(WorkflowQuery.all()).items()).singleElement()
			.extracting(WorkflowDescription::id)
			.isEqualTo(id);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "a\u0000b", "line\nbreak", "tab\t", "\u007f", "\u0085", "half \ud83d", "\udc00 half",
			"\u202eright", "a\u2066b", "\u200f", "\u061c", "a\u2028b" })
	void anIdThatCannotBeKeptIsRefused(String id) {
		this.engine.workflow("echo", String.class, (argument) -> argument).start();

		assertThatExceptionOfType(InvalidCallException.class).isThrownBy(() -> this.engine.run("echo", id, "x"))
			.withMessageStartingWith("KRAFT-1008: A run's id has")
			.satisfies(
					(ex) -> assertThat(VisibleText.escape(String.valueOf(ex.getMessage()))).isEqualTo(ex.getMessage()));
		assertThat(this.engine.client().list(WorkflowQuery.all()).items()).isEmpty();
	}

	@Test
	void anIdHasAtMost512Characters() {
		this.engine.workflow("echo", String.class, (argument) -> argument).start();

		assertThat(this.engine.run("echo", "x".repeat(512), "x").result()).isEqualTo("x");
		assertThatExceptionOfType(InvalidCallException.class)
			.isThrownBy(() -> this.engine.run("echo", "x".repeat(513), "x"))
			.withMessageContaining("513");
	}

	@Test
	void anIdThatTheWorkflowChoosesIsCheckedToo() {
		ProxiedWorkflow order = ProxiedWorkflow.define(this.engine, "order",
				MethodSignature.of(String.class, String.class), ResultStyle.PLAIN, (arguments) -> (String) arguments[0],
				(arguments) -> arguments[0]);
		this.engine.start();

		assertThatExceptionOfType(InvalidCallException.class).isThrownBy(() -> order.call(""));
		assertThatExceptionOfType(InvalidCallException.class).isThrownBy(() -> order.call("a\u202eb"))
			.withMessageContaining("U+202E at index 1: 'a\\u202Eb'");
	}

	@Test
	void theIdOfTheOptionsWinsOverTheOneOfTheWorkflow() {
		ProxiedWorkflow order = ProxiedWorkflow.define(this.engine, "order",
				MethodSignature.of(String.class, String.class), ResultStyle.PLAIN, (arguments) -> "its-own",
				(arguments) -> arguments[0]);
		this.engine.start();

		assertThat(this.engine.client().start(() -> order.call("a")).id()).isEqualTo("its-own");
		assertThat(this.engine.client().start(StartOptions.defaults().id("given"), () -> order.call("a")).id())
			.isEqualTo("given");
	}

	@Test
	void tagsMayHaveOddCharacters() {
		this.engine.workflow("echo", String.class, (argument) -> argument).start();
		Map<String, String> tags = Map.of(" ", "blank key", "empty value", "", "a:b", "c/", "🛒", "ä");

		this.engine.client().start("echo", StartOptions.defaults().id("t").tags(tags), "x").result();
		this.engine.client().start("echo", StartOptions.defaults().id("u").tags(Map.of("a", "b:c/")), "x").result();

		assertThat(this.engine.client().find("t").orElseThrow().tags()).isEqualTo(tags);
		tags.forEach((key, value) -> assertThat(this.engine.client().list(WorkflowQuery.all().tag(key, value)).items())
			.as("with the tag %s=%s", key, value)
			.singleElement()
			.extracting(WorkflowDescription::id)
			.isEqualTo("t"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "a\u0000b", "a\nb", "\u202e", "\u2069", "half \ud83d" })
	void tagsWithHiddenCharactersAreRefused(String text) {
		for (Map<String, String> tags : List.of(Map.of(text, "x"), Map.of("x", text))) {
			assertThatExceptionOfType(InvalidCallException.class).isThrownBy(() -> StartOptions.defaults().tags(tags))
				.withMessageContaining(" tag");
			assertThatExceptionOfType(InvalidCallException.class)
				.isThrownBy(() -> EnqueueOptions.defaults().tags(tags));
		}
		assertThatExceptionOfType(InvalidCallException.class)
			.isThrownBy(() -> StartOptions.defaults().tags(Map.of("", "an empty name")));
	}

	@Test
	void onAThreadThatMustNotBlockOnlyTheTwinsWork() throws Exception {
		ProxiedWorkflow order = ProxiedWorkflow.define(this.engine, "order",
				MethodSignature.of(String.class, String.class), (arguments) -> arguments[0]);
		this.engine
			.with((builder) -> builder.nonBlockingThread(() -> Thread.currentThread().getName().equals("event-loop")))
			.start();
		CompletableFuture<WorkflowHandle<String>> started = new CompletableFuture<>();
		List<Throwable> refused = new ArrayList<>();
		Thread eventLoop = new Thread(() -> {
			refused.add(failureOf(() -> this.engine.run("order", "x", "x")));
			refused.add(failureOf(() -> this.engine.client().start(() -> order.call("x"))));
			refused.add(failureOf(() -> order.call("x")));
			refused.add(failureOf(() -> this.engine.client().handle("x").result()));
			refused.add(failureOf(() -> this.engine.client().handle("x").result(java.time.Duration.ZERO)));
			var unused = this.engine.client()
				.<String>startAsync(() -> order.call("async"))
				.thenAccept(started::complete);
		}, "event-loop");

		eventLoop.start();
		String result = started.thenCompose(WorkflowHandle::resultAsync).get(30, TimeUnit.SECONDS);
		eventLoop.join();

		assertThat(result).isEqualTo("async");
		assertThat(refused).hasSize(5)
			.allSatisfy((failure) -> assertThat(failure).isInstanceOf(BlockingCallException.class)
				.hasMessageStartingWith("KRAFT-3006")
				.hasMessageContaining("'event-loop'"));
		assertThat(refused).extracting(Throwable::getMessage)
			.satisfiesExactly((message) -> assertThat(message).contains("startAsync"),
					(message) -> assertThat(message).contains("startAsync"),
					(message) -> assertThat(message).contains("startAsync"),
					(message) -> assertThat(message).contains("resultAsync"),
					(message) -> assertThat(message).contains("resultAsync"));
		assertThat(this.engine.client().list(WorkflowQuery.all()).items()).hasSize(1);
	}

	private static Throwable failureOf(Callable<?> call) {
		try {
			return new AssertionError("answered " + call.call());
		}
		catch (Throwable ex) {
			return ex;
		}
	}

	@Test
	void anEngineThatDoesNotRunRefusesToStart() {
		this.engine.workflow("echo", String.class, (argument) -> argument).start();
		this.engine.run("echo", "e", "x").result();
		this.engine.engine().stop();

		assertThatExceptionOfType(EngineStoppedException.class).isThrownBy(() -> this.engine.run("echo", "f", "x"))
			.withMessageStartingWith("KRAFT-3007");
		assertThat(this.engine.step("plain", String.class, () -> "outside runs")).isEqualTo("outside runs");
	}

	@Test
	void anInterruptedThreadStartsAllTheSameAndStaysInterrupted() {
		this.engine.workflow("echo", String.class, (argument) -> argument).start();

		Thread.currentThread().interrupt();
		this.engine.run("echo", "e", "x");

		assertThat(Thread.interrupted()).isTrue();
		assertThat(this.engine.client().handle("e").result()).isEqualTo("x");
		assertThat(this.engine.client().handle("e").status()).isEqualTo(WorkflowStatus.COMPLETED);
	}

}
