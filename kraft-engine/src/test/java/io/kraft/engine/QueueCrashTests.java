package io.kraft.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import io.kraft.client.EngineStoppedException;
import io.kraft.client.EnqueueOptions;
import io.kraft.client.WorkflowHandle;
import io.kraft.client.WorkflowQuery;
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
import io.kraft.workflow.WorkQueue;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Items of queues are crashed at each commit, once just before the commit is applied and
 * once just after: a delayed one, one that is attempted twice, one that is dead and is
 * retried, one that is enqueued twice, in a queue with a rate that is paused meanwhile.
 */
@Proves(fault = "The process dies at each commit of a queue",
		promise = "The next start continues as if nothing had happened")
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class QueueCrashTests {

	private static final Duration MINUTE = Duration.ofMinutes(1);

	private static final int RATE = 2;

	@TestFactory
	Stream<DynamicTest> everyItemIsDoneAndTheRateHoldsWhereverTheProcessDies() {
		return Stream.of(0, 10_000).flatMap((parked) -> {
			Life undisturbed = new Life(CrashPoint.NONE, parked).live();
			return CrashPoint.tests(undisturbed.crash.commits(), parked, (point) -> new Life(point, parked).live());
		});
	}

	/**
	 * One life of the items, with at most one crash in it.
	 */
	static final class Life {

		private final TestEngine engine = new TestEngine();

		private final Crash crash;

		private final Map<String, Integer> failures = new ConcurrentHashMap<>();

		private final AtomicInteger attempts = new AtomicInteger();

		private final List<String> effects = Collections.synchronizedList(new ArrayList<>());

		private volatile boolean mended;

		Life(CrashPoint point, int parked) {
			this.crash = point.in(this.engine);
			this.engine.with((builder) -> builder.maxParkedWorkflows(parked))
				.queue(WorkQueue.named("mail").concurrency(2).rateLimit(RATE, MINUTE))
				.namedStep(
						StepDefinition.of("send", MethodSignature.of(String.class, String.class),
								RetryPolicy.defaults().withMaxAttempts(2).withInitialDelay(Duration.ofSeconds(5))),
						this::send);
		}

		private String send(String argument) {
			this.attempts.incrementAndGet();
			boolean failsNow = switch (argument) {
				case "twice" -> this.failures.merge(argument, 1, Integer::sum) == 1;
				case "dead" -> !this.mended;
				default -> false;
			};
			if (failsNow) {
				throw new IllegalStateException("no network");
			}
			this.effects.add(argument);
			return "sent " + argument;
		}

		Life live() {
			try (TestEngine running = this.engine.start()) {
				try {
					operate(running);
				}
				catch (KraftException ex) {
					this.crash.check(ex);
					running.crashAndStart();
					operate(running);
				}
				check();
				return this;
			}
		}

		private void operate(TestEngine running) {
			running.client().pauseQueue("mail");
			List<WorkflowHandle<Object>> items = new ArrayList<>();
			for (String name : List.of("twice", "dead", "same", "same")) {
				items.add(running.enqueue("mail", EnqueueOptions.defaults().key(name), "send", name));
			}
			items.add(running.enqueue("mail", EnqueueOptions.defaults().key("late").delay(Duration.ofSeconds(90)),
					"send", "late"));
			running.client().resumeQueue("mail");
			while (!items.stream().allMatch((item) -> item.status() == WorkflowStatus.COMPLETED)) {
				running.failure().ifPresent((cause) -> {
					throw new EngineStoppedException("the store has failed: " + cause);
				});
				running.client()
					.list(WorkflowQuery.all().queue("mail").status(WorkflowStatus.DEAD))
					.items()
					.forEach((dead) -> {
						this.mended = true;
						running.client().retry(dead.id());
					});
				running.moveToNextDue();
			}
			assertThat(items).extracting(WorkflowHandle::result)
				.containsExactly("sent twice", "sent dead", "sent same", "sent same", "sent late");
			assertThat(running.client().queues()).noneMatch((queue) -> queue.paused());
		}

		private void check() {
			int madeAgain = this.crash.hasHappened() ? RATE : 0;
			assertThat(this.effects).contains("twice", "dead", "same", "late").hasSizeBetween(4, 4 + madeAgain);
			List<Instant> counted = this.crash.changes()
				.stream()
				.filter(AttemptCounted.class::isInstance)
				.map((change) -> ((AttemptCounted) change).attempt().at())
				.sorted()
				.toList();
			assertThat(this.attempts.get()).isBetween(counted.size() - madeAgain, counted.size() + madeAgain);
			for (int i = RATE; i < counted.size(); i++) {
				// Of two of one item in one millisecond the second is written a later
				// one.
				assertThat(Duration.between(counted.get(i - RATE), counted.get(i)).plusMillis(1))
					.as("attempts at %s", counted)
					.isGreaterThanOrEqualTo(MINUTE);
			}
		}

	}

}
