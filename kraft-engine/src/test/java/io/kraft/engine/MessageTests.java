package io.kraft.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import io.kraft.client.WorkflowEndedException;
import io.kraft.client.WorkflowHandle;
import io.kraft.client.WorkflowNotFoundException;
import io.kraft.client.WorkflowStatus;
import io.kraft.engine.testing.TestEngine;
import io.kraft.workflow.Callback;
import io.kraft.workflow.StepFailedException;
import io.kraft.workflow.WorkflowContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Signals, callbacks and published values, with waiting runs kept in memory and unloaded.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
@ParameterizedClass(name = "{0} waiting runs and {1} bytes of messages in memory")
@CsvSource({ "0, 1000000", "10000, 1000000", "10000, 1" })
class MessageTests {

	private final TestEngine engine = new TestEngine();

	private final WorkflowContext workflow = WorkflowContext.ofCallingRun();

	MessageTests(int parked, long inboxBytes) {
		this.engine.with((builder) -> builder.maxParkedWorkflows(parked).maxLoadedInboxBytes(inboxBytes));
	}

	@AfterEach
	void close() {
		this.engine.close();
	}

	@Test
	void aSignalReachesTheRunThatWaitsForIt() {
		this.engine
			.workflow("approval", String.class, (argument) -> this.workflow.awaitSignal("approved", String.class))
			.start();
		WorkflowHandle<?> run = this.engine.run("approval", "a", "x");
		awaitSuspended(run);

		run.signal("approved", "ada");

		assertThat(this.engine.finish(run)).isEqualTo("ada");
	}

	@Test
	void signalsAreTakenInOrderAndOnceAlsoThoseSentBeforeTheWaitAndBeforeACrash() {
		this.engine.workflow("collect", String.class, (argument) -> {
			this.workflow.sleep(Duration.ofHours(1));
			List<String> taken = new ArrayList<>();
			for (int i = 0; i < 3; i++) {
				taken.add(this.workflow.awaitSignal("n", String.class));
			}
			taken.add(this.workflow.awaitSignal("other", String.class));
			return String.join(",", taken);
		}).start();
		WorkflowHandle<?> run = this.engine.run("collect", "c", "x");
		awaitSuspended(run);
		this.engine.client().signal("c", "n", "1");
		this.engine.client().signal("c", "other", "o");
		this.engine.client().signal("c", "n", "2");
		this.engine.crashAndStart();
		this.engine.client().signal("c", "n", "3");

		assertThat(this.engine.finish(this.engine.client().handle("c"))).isEqualTo("1,2,3,o");
	}

	@Test
	void aRepeatedMessageIdIsOneSignal() {
		this.engine
			.workflow("two", String.class,
					(argument) -> this.workflow.awaitSignal("n", String.class)
							+ this.workflow.awaitSignal("n", String.class))
			.start();
		this.engine.run("two", "t", "x");
		this.engine.client().signal("t", "n", "1", "message-1");
		this.engine.client().signal("t", "n", "1", "message-1");
		this.engine.crashAndStart();
		this.engine.client().signal("t", "n", "1", "message-1");
		this.engine.client().signal("t", "n", "2", "message-2");

		assertThat(this.engine.finish(this.engine.client().handle("t"))).isEqualTo("12");
	}

	@Test
	void aWaitEndsWhenItsTimeIsOverAlsoAfterACrash() {
		this.engine.workflow("patient", String.class, (argument) -> {
			Optional<String> first = this.workflow.awaitSignal("n", String.class, Duration.ofHours(1));
			return first + " " + this.workflow.awaitSignal("n", String.class, Duration.ofDays(1));
		}).start();
		WorkflowHandle<?> run = this.engine.run("patient", "p", "x");
		awaitSuspended(run);
		this.engine.crashAndStart();
		this.engine.time().advance(Duration.ofHours(1));
		await().until(() -> this.engine.client().operations("p").size() == 3);

		this.engine.client().signal("p", "n", "late");

		assertThat(this.engine.finish(this.engine.client().handle("p"))).isEqualTo("Optional.empty Optional[late]");
	}

	@Test
	void aRunSignalsAnother() {
		this.engine.workflow("ping", String.class, (other) -> {
			this.workflow.signal(other, "ping", "hello");
			return this.workflow.awaitSignal("pong", String.class);
		}).workflow("pong", String.class, (other) -> {
			String heard = this.workflow.awaitSignal("ping", String.class);
			this.workflow.signal(other, "pong", heard + " back");
			return heard;
		}).start();
		WorkflowHandle<?> pong = this.engine.run("pong", "b", "a");
		WorkflowHandle<?> ping = this.engine.run("ping", "a", "b");

		assertThat(this.engine.finish(ping)).isEqualTo("hello back");
		assertThat(this.engine.finish(pong)).isEqualTo("hello");
	}

	@Test
	void noSignalIsOverlookedByRunsThatComeAndGo() {
		this.engine.workflow("serve", String.class, (other) -> {
			for (int i = 0; i < 50; i++) {
				this.workflow.signal(other, "ball", i);
				this.workflow.awaitSignal("back", Integer.class);
			}
			return "served";
		}).workflow("return", String.class, (other) -> {
			for (int i = 0; i < 50; i++) {
				this.workflow.signal(other, "back", this.workflow.awaitSignal("ball", Integer.class));
			}
			return "returned";
		}).start();
		List<WorkflowHandle<?>> runs = new ArrayList<>();
		for (int pair = 0; pair < 8; pair++) {
			runs.add(this.engine.run("return", "return-" + pair, "serve-" + pair));
			runs.add(this.engine.run("serve", "serve-" + pair, "return-" + pair));
		}

		runs.forEach((run) -> assertThat(run.result(Duration.ofSeconds(50))).isIn("served", "returned"));
	}

	@Test
	void aSignalToNobodyFailsAndSoItDoesOnReplay() {
		this.engine.workflow("lonely", String.class, (argument) -> {
			String seen = "none";
			try {
				this.workflow.signal("nobody", "n", 1);
			}
			catch (WorkflowNotFoundException ex) {
				seen = ex.code();
			}
			this.workflow.sleep(Duration.ofHours(1));
			return seen;
		}).start();
		awaitSuspended(this.engine.run("lonely", "l", "x"));

		this.engine.crashAndStart();

		assertThat(this.engine.finish(this.engine.client().handle("l"))).isEqualTo("KRAFT-3001");
	}

	@Test
	void aSignalToAnEndedOrUnknownRunIsRefused() {
		this.engine.workflow("short", String.class, (argument) -> "done").start();
		this.engine.finish(this.engine.run("short", "s", "x"));

		assertThatExceptionOfType(WorkflowEndedException.class)
			.isThrownBy(() -> this.engine.client().signal("s", "n", 1))
			.withMessageStartingWith("KRAFT-3003");
		assertThatExceptionOfType(WorkflowNotFoundException.class)
			.isThrownBy(() -> this.engine.client().signal("nobody", "n", 1));
	}

	@Test
	void aCallbackIsCompletedOnceByItsToken() {
		List<String> tokens = new ArrayList<>();
		this.engine.workflow("hook", String.class, (argument) -> {
			Callback<String> callback = this.workflow.callback(String.class);
			this.engine.step("send", void.class, () -> {
				tokens.add(callback.token());
				return null;
			});
			return callback.await() + callback.await();
		}).start();
		WorkflowHandle<?> run = this.engine.run("hook", "h", "x");
		awaitSuspended(run);
		this.engine.crashAndStart();

		this.engine.client().complete(tokens.getFirst(), "paid");
		this.engine.client().complete(tokens.getFirst(), "again");

		assertThat(this.engine.finish(this.engine.client().handle("h"))).isEqualTo("paidpaid");
		assertThat(tokens).hasSize(1);
		assertThatExceptionOfType(WorkflowNotFoundException.class)
			.isThrownBy(() -> this.engine.client().complete(tokens.getFirst() + "0", "forged"));
		this.engine.client().complete(tokens.getFirst(), "too late, and no harm");
	}

	@Test
	void aFailedCallbackThrowsAndATimedOutOneIsEmpty() {
		List<String> tokens = new ArrayList<>();
		this.engine.workflow("hook", String.class, (argument) -> {
			Callback<String> slow = this.workflow.callback(String.class);
			Optional<String> nothing = slow.await(Duration.ofHours(1));
			Callback<String> failing = this.workflow.callback(String.class);
			this.engine.step("send", void.class, () -> {
				tokens.add(failing.token());
				return null;
			});
			try {
				return failing.await();
			}
			catch (StepFailedException ex) {
				return nothing + " " + ex.getMessage();
			}
		}).start();
		WorkflowHandle<?> run = this.engine.run("hook", "h", "x");
		awaitSuspended(run);
		this.engine.time().advance(Duration.ofHours(1));
		await().until(() -> tokens.size() == 1);

		this.engine.client().fail(tokens.getFirst(), "declined");

		assertThat(this.engine.finish(run)).asString().startsWith("Optional.empty KRAFT-2001").contains("declined");
	}

	@Test
	void publishedValuesAreReadDuringTheRunAndAfterIt() {
		this.engine.workflow("progress", void.class, (argument) -> {
			this.workflow.publish("percent", 50);
			this.workflow.sleep(Duration.ofHours(1));
			this.workflow.publish("percent", 100);
			return null;
		}).start();
		WorkflowHandle<?> run = this.engine.run("progress", "p", "x");
		awaitSuspended(run);

		assertThat(run.published("percent", Integer.class)).contains(50);
		assertThat(run.published("other", Integer.class)).isEmpty();
		this.engine.crashAndStart();
		this.engine.finish(this.engine.client().handle("p"));
		assertThat(this.engine.client().handle("p").published("percent", Integer.class)).contains(100);
	}

	private static void awaitSuspended(WorkflowHandle<?> run) {
		await().until(() -> run.status() == WorkflowStatus.SUSPENDED);
	}

}
