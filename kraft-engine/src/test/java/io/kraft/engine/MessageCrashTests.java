package io.kraft.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.kraft.engine.testing.FaultyStore;
import io.kraft.engine.testing.TestEngine;
import io.kraft.workflow.Callback;
import io.kraft.workflow.KraftException;
import io.kraft.workflow.WorkflowContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two runs that talk to each other and to the outside are crashed at each of their
 * commits, once just before the commit is applied and once just after.
 */
class MessageCrashTests {

	@TestFactory
	Stream<DynamicTest> messagesAreTakenOnceWhereverTheRunsAreCrashed() {
		Conversation undisturbed = new Conversation(0, false, 10_000).play();
		assertThat(undisturbed.results).containsExactly("pong 1, pong 2, empty, paid", "ping 1, ping 2");
		return Stream.of(0, 10_000)
			.flatMap((parked) -> IntStream.rangeClosed(1, undisturbed.commits + 2)
				.boxed()
				.flatMap((commit) -> Stream.of(false, true)
					.map((applied) -> DynamicTest.dynamicTest(
							"crash " + (applied ? "after" : "before") + " commit " + commit + ", " + parked + " parked",
							() -> assertThat(new Conversation(commit, applied, parked).play().results)
								.isEqualTo(undisturbed.results)))));
	}

	/**
	 * One life of the two runs, with at most one crash in it.
	 */
	static final class Conversation {

		private final int crashAt;

		private final boolean applied;

		private final TestEngine engine = new TestEngine();

		private final WorkflowContext workflow = WorkflowContext.ofCallingRun();

		private final List<String> tokens = Collections.synchronizedList(new ArrayList<>());

		private final List<FaultyStore> stores = new ArrayList<>();

		private List<String> results = List.of();

		private int commits;

		Conversation(int crashAt, boolean applied, int parked) {
			this.crashAt = crashAt;
			this.applied = applied;
			this.engine.with((builder) -> builder.maxParkedWorkflows(parked));
		}

		Conversation play() {
			this.engine.workflow("ping", String.class, this::ping).workflow("pong", String.class, this::pong);
			this.engine.withStore((store) -> {
				FaultyStore faulty = (this.stores.isEmpty() && this.crashAt > 0)
						? FaultyStore.failingAt(store, this.crashAt, this.applied) : FaultyStore.counting(store);
				this.stores.add(faulty);
				return faulty;
			});
			try (TestEngine running = this.engine.start()) {
				try {
					this.results = converse(running);
				}
				catch (KraftException ex) {
					assertThat(this.stores.getFirst().hasFailed()).as("the failure is the crash: %s", ex).isTrue();
					running.crashAndStart();
					this.results = converse(running);
				}
				this.commits = this.stores.getFirst().commits();
				return this;
			}
		}

		private List<String> converse(TestEngine running) {
			CompletableFuture<?> pong = running.run("pong", "b", "a").resultAsync();
			CompletableFuture<?> ping = running.run("ping", "a", "b").resultAsync();
			while (!ping.isDone() || !pong.isDone()) {
				if (!this.tokens.isEmpty()) {
					running.client().complete(this.tokens.getLast(), "paid");
				}
				running.moveToNextDue();
				Thread.onSpinWait();
			}
			return List.of(result(ping), result(pong));
		}

		private static String result(CompletableFuture<?> result) {
			if (result.isCompletedExceptionally() && result.exceptionNow() instanceof KraftException failure) {
				throw failure;
			}
			return String.valueOf(result.join());
		}

		private @Nullable String ping(String other) {
			List<String> heard = new ArrayList<>();
			for (int i = 1; i <= 2; i++) {
				this.workflow.signal(other, "ping", "ping " + i);
				heard.add(this.workflow.awaitSignal("pong", String.class));
			}
			heard.add(this.workflow.awaitSignal("pong", String.class, Duration.ofMinutes(5)).orElse("empty"));
			Callback<String> callback = this.workflow.callback(String.class);
			this.engine.step("send", void.class, () -> {
				this.tokens.add(callback.token());
				return null;
			});
			heard.add(callback.await());
			return String.join(", ", heard);
		}

		private @Nullable String pong(String other) {
			List<String> heard = new ArrayList<>();
			for (int i = 1; i <= 2; i++) {
				heard.add(this.workflow.awaitSignal("ping", String.class));
				this.workflow.signal(other, "pong", "pong " + i);
			}
			return String.join(", ", heard);
		}

	}

}
