package io.kraft.engine;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.kraft.client.EnqueueOptions;
import io.kraft.client.StartOptions;
import io.kraft.client.WorkflowHandle;
import io.kraft.client.WorkflowNotFoundException;
import io.kraft.client.WorkflowStatus;
import io.kraft.engine.testing.CapturedLog;
import io.kraft.engine.testing.TestEngine;
import io.kraft.workflow.Callback;
import io.kraft.workflow.InvalidCallException;
import io.kraft.workflow.StepFailedException;
import io.kraft.workflow.WorkflowContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Ids and names are what they look like, and a text of somebody else begins no line of a
 * log.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class HiddenCharacterTests {

	private static final List<String> HIDDEN = List.of("a\u0000b", "a\nb", "a\r", "\tb", "a\u001bb", "a\u007fb",
			"a\u0085b", "a\u061cb", "a\u200eb", "a\u200fb", "a\u2028b", "a\u202ab", "a\u202eb", "a\u2066b", "a\u2069b",
			"a\ud800b", "b\udc00", "x".repeat(513));

	private static final String FORGED = "no\n12:00 INFO [main] Bank : paid\u001b[2K\u202e";

	private final TestEngine engine = new TestEngine();

	private final WorkflowContext workflow = WorkflowContext.ofCallingRun();

	@AfterEach
	void close() {
		this.engine.close();
	}

	static Stream<String> hidden() {
		return HIDDEN.stream();
	}

	@ParameterizedTest
	@MethodSource("hidden")
	void theyAreRefusedInAllThatClientsName(String name) {
		this.engine.namedStep("send", String.class, (argument) -> argument)
			.workflow("wait", String.class, (argument) -> this.workflow.awaitSignal("go", String.class))
			.start();
		this.engine.run("wait", "w", "x");

		checkRefused(() -> StartOptions.defaults().id(name));
		checkRefused(() -> StartOptions.defaults().tags(java.util.Map.of(name, "x")));
		checkRefused(() -> StartOptions.defaults().tags(java.util.Map.of("x", name)));
		checkRefused(() -> this.engine.enqueue("mail", EnqueueOptions.defaults().key(name), "send", "a"));
		checkRefused(() -> this.engine.enqueue(name, "send", "a"));
		checkRefused(() -> this.engine.client().signal("w", name, "x"));
		checkRefused(() -> this.engine.client().signal("w", "go", "x", name));
		assertThat(this.engine.client().messages("w")).isEmpty();
	}

	@ParameterizedTest
	@MethodSource("hidden")
	void theyAreRefusedInAllThatCodeNames(String name) {
		List<Consumer<WorkflowContext>> calls = List.of((run) -> run.awaitSignal(name), (run) -> run.publish(name, 1),
				(run) -> run.state().set(name, 1), (run) -> run.sideEffect(name, String.class, () -> "x"),
				(run) -> run.patched(name), (run) -> run.signal("other", name, 1),
				(run) -> this.engine.step(name, String.class, () -> "x"));
		AtomicReference<String> refused = new AtomicReference<>("");
		this.engine.workflow("names", String.class, (argument) -> {
			int count = 0;
			for (Consumer<WorkflowContext> call : calls) {
				try {
					call.accept(this.workflow);
				}
				catch (InvalidCallException ex) {
					refused.accumulateAndGet(String.valueOf(ex.getMessage()), String::concat);
					count++;
				}
			}
			return String.valueOf(count);
		}).start();

		assertThat(this.engine.run("names", "n", "x").result()).isEqualTo(String.valueOf(calls.size()));

		assertThat(refused.get()).isEqualTo(escaped(refused.get()));
		assertThat(this.engine.client().operations("n")).extracting("kind").containsExactly("start", "end");
	}

	@Test
	void aNameThatIsRefusedTakesNoPositionOnReplayEither() {
		this.engine.workflow("falls-back", String.class, (argument) -> {
			try {
				this.workflow.publish("a\nb", 1);
			}
			catch (InvalidCallException ex) {
				this.workflow.publish("fallback", 1);
			}
			return this.workflow.awaitSignal("go", String.class);
		}).start();
		WorkflowHandle<?> run = this.engine.run("falls-back", "n", "x");
		await().until(() -> run.status() == WorkflowStatus.SUSPENDED);

		this.engine.crashAndStart();
		this.engine.client().signal("n", "go", "done");

		assertThat(this.engine.finish(this.engine.client().handle("n"))).isEqualTo("done");
	}

	@Test
	void reasonsAndFailuresOfOthersAreEscaped() {
		AtomicReference<String> token = new AtomicReference<>();
		this.engine.workflow("wait", String.class, (argument) -> {
			Callback<String> callback = this.workflow.callback(String.class);
			token.set(callback.token());
			try {
				return callback.await();
			}
			catch (StepFailedException ex) {
				throw new IllegalStateException(FORGED, ex);
			}
		}).start();
		try (CapturedLog log = CapturedLog.ofAll("io.kraft")) {
			WorkflowHandle<?> failed = this.engine.run("wait", "failed", "x");
			await().until(() -> failed.status() == WorkflowStatus.SUSPENDED);
			this.engine.client().failRun("failed", FORGED);
			await().until(() -> failed.status() == WorkflowStatus.FAILED);
			WorkflowHandle<?> called = this.engine.run("wait", "called", "x");
			await().until(() -> called.status() == WorkflowStatus.SUSPENDED);
			this.engine.client().fail(token.get(), FORGED);
			await().until(() -> called.status() == WorkflowStatus.FAILED);

			for (WorkflowHandle<?> run : List.of(failed, called)) {
				String shown = run.describe() + " " + this.engine.client().operations(run.id())
						+ this.engine.client().inspect(run.id());
				assertThat(shown).contains("no\\n12:00 INFO").isEqualTo(escaped(shown));
			}
			assertThat(log.lines()).anyMatch((line) -> line.contains("no\\n12:00 INFO"))
				.allSatisfy((line) -> assertThat(line).isEqualTo(escaped(line)));
		}
	}

	@Test
	void anUnknownIdIsShownEscaped() {
		this.engine.start();

		assertThatExceptionOfType(WorkflowNotFoundException.class)
			.isThrownBy(() -> this.engine.client().cancel("x\nERROR paid"))
			.withMessageContaining("'x\\nERROR paid'");
	}

	private static void checkRefused(Runnable call) {
		assertThatExceptionOfType(InvalidCallException.class).isThrownBy(call::run)
			.withMessageStartingWith("KRAFT-1008: ")
			.satisfies((ex) -> assertThat(ex.getMessage()).isEqualTo(escaped(String.valueOf(ex.getMessage()))));
	}

	/** Without all that does not show, by other means than those that are tested. */
	private static String escaped(String text) {
		return text.replaceAll("[\\p{Cc}\\p{Cs}\u2028\u2029\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]", "?");
	}

}
