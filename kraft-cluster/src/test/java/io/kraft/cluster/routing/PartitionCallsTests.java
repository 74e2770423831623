package io.kraft.cluster.routing;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import io.kraft.client.CallOutcomeUnknownException;
import io.kraft.client.EngineStoppedException;
import io.kraft.client.OverloadedException;
import io.kraft.client.PartitionUnavailableException;
import io.kraft.client.WorkflowNotFoundException;
import io.kraft.cluster.transport.Address;
import io.kraft.cluster.transport.RequestHandler;
import io.kraft.cluster.transport.Transport;
import io.kraft.cluster.transport.TransportException;
import io.kraft.engine.supervision.Futures;
import io.kraft.engine.timer.ManualScheduler;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What follows from each answer to an attempt.
 */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class PartitionCallsTests {

	private static final Address SELF = new Address("self", 1);

	private static final Address A = new Address("a", 1);

	private static final Address B = new Address("b", 1);

	private static final Address C = new Address("c", 1);

	private final ManualScheduler time = new ManualScheduler();

	private final LeaderCache leaders = new LeaderCache();

	private final Deque<Function<RunWire.Request<?, ?>, Object>> script = new ArrayDeque<>();

	private final List<String> attempts = new ArrayList<>();

	private final List<String> ids = new ArrayList<>();

	private final PartitionCalls calls = new PartitionCalls(
			new PartitionAnswers((number) -> Optional.empty(), new EndPoll(new Pauses(this.time, this.time))),
			new ScriptedTransport(), this.leaders, SELF, (partition) -> List.of(SELF, A, B),
			new Pauses(this.time, this.time), () -> TimeUnit.MILLISECONDS.toNanos(this.time.instant().toEpochMilli()),
			new Random(1), Duration.ofSeconds(30), Executors.newVirtualThreadPerTaskExecutor());

	private void then(Object outcome) {
		this.script.add((request) -> outcome);
	}

	private String trigger() {
		return finish(RunMethods.TRIGGER_SCHEDULE);
	}

	/** Moves the clock to whatever the call waits for. */
	private String finish(RunMethod<String, String> method) {
		CompletableFuture<String> call = begin(method);
		while (!call.isDone()) {
			this.time.nextDue().ifPresent(this.time::advanceTo);
			Thread.onSpinWait();
		}
		return Futures.join(call);
	}

	private CompletableFuture<String> begin(RunMethod<String, String> method) {
		return CompletableFuture.supplyAsync(() -> this.calls.call(0, method, "x"),
				Executors.newVirtualThreadPerTaskExecutor());
	}

	private static TransportException failure(Transport.Outcome outcome) {
		return new TransportException(outcome, "scripted " + outcome, null);
	}

	private static Answer<String> value() {
		return new Answer.Value<>("done");
	}

	@Test
	void aLeaderThatIsKnownIsAskedFirst() {
		this.leaders.learn(0, B);
		then(value());

		assertThat(trigger()).isEqualTo("done");

		assertThat(this.attempts).containsExactly("b 1");
	}

	@Test
	void aHintIsFollowedWithoutAPauseAndRemembered() {
		then(new Answer.NotLeader<>(C));
		then(value());
		then(value());
		var start = this.time.instant();

		trigger();
		trigger();

		assertThat(this.attempts).containsExactly("a 1", "c 2", "c 1");
		assertThat(this.time.instant()).isEqualTo(start);
	}

	@Test
	void hintsInACircleArePausedAt() {
		for (int i = 0; i < 6; i++) {
			then(new Answer.NotLeader<>((i % 2 == 0) ? B : A));
		}
		then(value());
		var start = this.time.instant();

		trigger();

		assertThat(this.time.instant()).isAfter(start.plusMillis(19));
	}

	@Test
	void aLeaderThatIsNeverReadyDoesNotHideAnother() {
		this.leaders.learn(0, B);
		then(new Answer.NotReady<>("soon"));
		then(new Answer.NotLeader<>(SELF));
		then(new Answer.NotLeader<>(C));
		then(value());

		trigger();

		assertThat(this.attempts).containsExactly("b 1", "a 2", "b 3", "c 4");
		assertThat(this.leaders.leader(0)).isEqualTo(C);
	}

	@Test
	void withoutAHintTheReplicasAreAskedInTurnAfterPausesThatGrow() {
		for (int i = 0; i < 8; i++) {
			then(new Answer.NotReady<>("soon"));
		}
		then(value());
		var start = this.time.instant();

		trigger();

		assertThat(this.attempts).startsWith("a 1", "b 2", "a 3", "b 4");
		assertThat(Duration.between(start, this.time.instant()))
			.isEqualTo(Duration.ofMillis(20 + 40 + 80 + 160 + 320 + 500 + 500 + 500));
	}

	@Test
	void anUnknownOutcomeIsRepeatedWithTheSameIdAndTheNextAttempt() {
		then(failure(Transport.Outcome.UNKNOWN));
		then(new Answer.Unknown<>("released"));
		then(value());

		assertThat(trigger()).isEqualTo("done");

		assertThat(this.attempts).containsExactly("a 1", "b 2", "a 3");
		assertThat(this.ids).hasSize(3).containsOnly(this.ids.getFirst());
	}

	@Test
	void eachCallHasAnIdOfItsOwn() {
		then(value());
		then(value());

		trigger();
		trigger();

		assertThat(this.ids).doesNotHaveDuplicates();
	}

	@Test
	void anErrorAboutTheRunIsThatOfTheCaller() {
		then(new Answer.Failed<>(new WorkflowNotFoundException("no run 'x'", null, "x")));

		assertThatExceptionOfType(WorkflowNotFoundException.class).isThrownBy(this::trigger)
			.satisfies((failure) -> assertThat(failure.runId()).isEqualTo("x"));
	}

	@Test
	void anOverloadIsReportedUnlessAnEarlierAttemptMayHaveHadItsEffect() {
		then(new Answer.Failed<>(new OverloadedException("full")));

		assertThatExceptionOfType(OverloadedException.class).isThrownBy(this::trigger);

		then(failure(Transport.Outcome.UNKNOWN));
		then(new Answer.Failed<>(new OverloadedException("full")));
		then(value());

		assertThat(trigger()).isEqualTo("done");
	}

	@Test
	void whenTheTimeIsOverItIsCertainThatNothingHasHappenedIfNothingWasCalled() {
		assertThatExceptionOfType(PartitionUnavailableException.class).isThrownBy(this::trigger)
			.satisfies((failure) -> {
				assertThat(failure.mayHaveHappened()).isFalse();
				assertThat(failure.partition()).isZero();
				assertThat(failure.retryAfter()).isEqualTo(Duration.ofSeconds(1));
			})
			.withMessageContaining("Nothing has happened");
	}

	@Test
	void whenTheTimeIsOverItMayHaveHappenedIfOneAttemptWasUnknown() {
		then(failure(Transport.Outcome.UNKNOWN));

		assertThatExceptionOfType(PartitionUnavailableException.class).isThrownBy(this::trigger)
			.satisfies((failure) -> assertThat(failure.mayHaveHappened()).isTrue());
	}

	@Test
	void whatOnlyReadsHasNeverHappened() {
		then(failure(Transport.Outcome.UNKNOWN));

		assertThatExceptionOfType(PartitionUnavailableException.class).isThrownBy(() -> finish(RunMethods.CALLBACK))
			.satisfies((failure) -> assertThat(failure.mayHaveHappened()).isFalse());
	}

	@Test
	void aNodeThatStopsSaysWhetherTheCallMayHaveHappened() {
		then(failure(Transport.Outcome.UNKNOWN));
		CompletableFuture<String> unknown = begin(RunMethods.TRIGGER_SCHEDULE);
		Awaitility.await().until(() -> this.time.nextDue().isPresent());

		this.calls.close();

		assertThatExceptionOfType(CallOutcomeUnknownException.class).isThrownBy(() -> Futures.join(unknown));
		assertThatExceptionOfType(EngineStoppedException.class).isThrownBy(this::trigger);
	}

	@Test
	void aFrameThatIsNoAnswerIsAnUnknownOutcome() {
		then(new byte[] { 9, 9 });
		then(value());

		assertThat(trigger()).isEqualTo("done");
		assertThat(this.attempts).hasSize(2);
	}

	/** Answers what the test has written down, and then that nothing is reached. */
	private final class ScriptedTransport implements Transport {

		@Override
		public byte[] call(Address to, String method, byte[] frame, Duration patience) throws TransportException {
			RunWire.Request<?, ?> request = RunWire.request(frame);
			PartitionCallsTests.this.attempts.add(to.host() + " " + request.attempt());
			PartitionCallsTests.this.ids.add(request.id());
			Function<RunWire.Request<?, ?>, Object> next = PartitionCallsTests.this.script.poll();
			Object outcome = (next != null) ? next.apply(request) : failure(Outcome.NOT_CALLED);
			if (outcome instanceof TransportException ex) {
				throw ex;
			}
			return (outcome instanceof byte[] bytes) ? bytes : answer(outcome);
		}

		@SuppressWarnings("unchecked")
		private byte[] answer(Object outcome) {
			return RunWire.answer(RunMethods.TRIGGER_SCHEDULE, (Answer<String>) outcome);
		}

		@Override
		public void serve(String method, RequestHandler handler) {
		}

		@Override
		public void close() {
		}

	}

}
