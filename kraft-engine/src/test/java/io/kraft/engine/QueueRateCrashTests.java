package io.kraft.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.kraft.client.EngineStoppedException;
import io.kraft.client.EnqueueOptions;
import io.kraft.client.WorkflowHandle;
import io.kraft.client.WorkflowStatus;
import io.kraft.engine.definition.MethodSignature;
import io.kraft.engine.definition.RetryPolicy;
import io.kraft.engine.definition.StepDefinition;
import io.kraft.engine.reliability.Proves;
import io.kraft.engine.store.Change.AttemptCounted;
import io.kraft.engine.testing.CrashPoint;
import io.kraft.engine.testing.CrashPoint.Crash;
import io.kraft.engine.testing.TestEngine;
import io.kraft.workflow.KraftException;
import io.kraft.workflow.StepContext;
import io.kraft.workflow.WorkQueue;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Items of a queue with a rate are attempted several times, and crash at each commit. The
 * next start comes when their retries are due, but the rate does not allow them yet.
 */
@Proves(fault = "The process dies at each commit of an item that is retried, in a queue with a rate",
		promise = "No period has more attempts than the rate allows")
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class QueueRateCrashTests {

	private static final Duration MINUTE = Duration.ofMinutes(1);

	private static final int RATE = 2;

	@TestFactory
	Stream<DynamicTest> noPeriodHasMoreAttemptsThanTheRateAllowsWhereverTheProcessDies() {
		Life undisturbed = new Life(CrashPoint.NONE).live();
		return CrashPoint.tests(undisturbed.crash.commits(), 0, (point) -> new Life(point).live());
	}

	/**
	 * One life of the items, with at most one crash in it.
	 */
	static final class Life {

		private final TestEngine engine = new TestEngine();

		private final Crash crash;

		/** One that a crash cuts off is repeated under its number, and its old count. */
		private final Set<String> attempts = ConcurrentHashMap.newKeySet();

		Life(CrashPoint point) {
			this.crash = point.in(this.engine);
			this.engine.queue(WorkQueue.named("mail").rateLimit(RATE, MINUTE))
				.namedStep(
						StepDefinition.of("send", MethodSignature.of(String.class, String.class),
								RetryPolicy.defaults().withMaxAttempts(3).withInitialDelay(Duration.ofSeconds(5))),
						this::send);
		}

		private String send(String argument) {
			int attempt = StepContext.current().attempt();
			this.attempts.add(argument + " " + attempt);
			if (attempt < 3) {
				throw new IllegalStateException("no network");
			}
			return "sent " + argument;
		}

		Life live() {
			try (TestEngine running = this.engine.start()) {
				try {
					operate(running);
				}
				catch (KraftException ex) {
					this.crash.check(ex);
					running.crash();
					running.time().advance(Duration.ofSeconds(20));
					running.start();
					operate(running);
				}
				check();
				return this;
			}
		}

		private void operate(TestEngine running) {
			List<WorkflowHandle<Object>> items = Stream.of("a", "b")
				.map((key) -> running.enqueue("mail", EnqueueOptions.defaults().key(key), "send", key))
				.toList();
			while (!items.stream().allMatch((item) -> item.status() == WorkflowStatus.COMPLETED)) {
				running.failure().ifPresent((cause) -> {
					throw new EngineStoppedException("the store has failed: " + cause);
				});
				running.settle();
				running.moveToNextDue();
			}
		}

		private void check() {
			assertThat(this.attempts).containsExactlyInAnyOrder("a 1", "a 2", "a 3", "b 1", "b 2", "b 3");
			List<Instant> counted = this.crash.changes()
				.stream()
				.filter(AttemptCounted.class::isInstance)
				.map((change) -> ((AttemptCounted) change).attempt().at())
				.sorted()
				.toList();
			assertThat(counted).as("each attempt was counted").hasSameSizeAs(this.attempts);
			for (int i = RATE; i < counted.size(); i++) {
				assertThat(Duration.between(counted.get(i - RATE), counted.get(i))).as("attempts at %s", counted)
					.isGreaterThanOrEqualTo(MINUTE);
			}
		}

	}

}
