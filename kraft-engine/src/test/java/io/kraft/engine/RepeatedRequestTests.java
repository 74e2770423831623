package io.kraft.engine;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

import io.kraft.client.IfExists;
import io.kraft.client.OverloadedException;
import io.kraft.client.WorkflowAlreadyExistsException;
import io.kraft.client.WorkflowStatus;
import io.kraft.engine.journal.Outcome;
import io.kraft.engine.journal.Payload;
import io.kraft.engine.reliability.Proves;
import io.kraft.engine.routing.Call;
import io.kraft.engine.routing.Deadline;
import io.kraft.engine.routing.Routing;
import io.kraft.engine.routing.RunControlAction;
import io.kraft.engine.routing.RunService;
import io.kraft.engine.routing.StartCommand;
import io.kraft.engine.routing.StartedRun;
import io.kraft.engine.store.AnsweredRequest;
import io.kraft.engine.testing.ForwardingStore;
import io.kraft.engine.testing.TestEngine;
import io.kraft.workflow.WorkflowContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Requests of other nodes, whose callers repeat them because an answer got lost.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
@Proves(fault = "The answer to a request of another node gets lost, and it is made again",
		promise = "It has its effect once, and its caller gets the answer of the first attempt")
class RepeatedRequestTests {

	private final TestEngine engine = new TestEngine();

	private final WorkflowContext workflow = WorkflowContext.ofCallingRun();

	private final AtomicLong nanos = new AtomicLong();

	private @Nullable Routing routing;

	@AfterEach
	void stop() {
		this.engine.close();
	}

	private void begin() {
		this.engine
			.workflow("wait", String.class,
					(argument) -> argument + this.workflow.awaitSignal("go", String.class)
							+ this.workflow.awaitSignal("go", String.class))
			.with((builder) -> builder.routing((routing) -> {
				this.routing = routing;
				return routing;
			}))
			.start();
	}

	private RunService at(String id) {
		return Objects.requireNonNull(this.routing).at(id);
	}

	private Call call(String request) {
		return Call.transported(request, 1, Deadline.in(Duration.ofSeconds(30), this.nanos::get));
	}

	private StartedRun start(String request, String id, IfExists ifExists) {
		return at(id).start(call(request), new StartCommand("wait", 1, null, null, json("[\"a\"]"), id, false, null,
				Duration.ZERO, 0, Map.of(), ifExists, Map.of(), null));
	}

	private void signal(String request, String id, String text) {
		at(id).signal(call(request), id, "go", new Outcome.Success(json("\"" + text + "\"")), null);
	}

	private void control(String request, String id, RunControlAction action) {
		at(id).control(call(request), id, action);
	}

	private static Payload json(String text) {
		return Payload.json(text.getBytes(StandardCharsets.UTF_8));
	}

	private WorkflowStatus status(String id) {
		return this.engine.client().handle(id).status();
	}

	@Test
	void aRepeatedStartIsTheSameRunAlsoAfterACrashAndWhereItIsNoMore() {
		begin();
		StartedRun started = start("r1", "w", IfExists.FAIL);

		assertThat(start("r1", "w", IfExists.FAIL)).isEqualTo(started);
		this.engine.crashAndStart();
		assertThat(start("r1", "w", IfExists.FAIL)).isEqualTo(started);
		assertThatExceptionOfType(WorkflowAlreadyExistsException.class)
			.isThrownBy(() -> start("r2", "w", IfExists.FAIL));
		control("r3", "w", RunControlAction.TERMINATE);
		control("r4", "w", RunControlAction.DELETE);

		assertThat(start("r1", "w", IfExists.FAIL)).isEqualTo(started);
		assertThat(at("w").find(Call.OWN, "w")).isEmpty();
	}

	@Test
	void aRepeatedReplacementReplacesOnce() {
		begin();
		start("r1", "w", IfExists.FAIL);
		control("r2", "w", RunControlAction.TERMINATE);
		StartedRun second = start("r3", "w", IfExists.REPLACE_IF_ENDED);
		control("r4", "w", RunControlAction.TERMINATE);

		assertThat(start("r3", "w", IfExists.REPLACE_IF_ENDED)).isEqualTo(second);
		assertThat(status("w")).isEqualTo(WorkflowStatus.TERMINATED);
	}

	@Test
	void aRepeatedRequestLeavesTheRunAloneThatHasTheIdMeanwhile() {
		begin();
		start("r1", "w", IfExists.FAIL);
		control("cancel", "w", RunControlAction.CANCEL);
		await().until(() -> status("w") == WorkflowStatus.CANCELLED);
		control("delete", "w", RunControlAction.DELETE);
		start("r2", "w", IfExists.FAIL);
		control("terminate", "w", RunControlAction.TERMINATE);
		control("delete again", "w", RunControlAction.DELETE);
		start("r3", "w", IfExists.FAIL);

		for (String request : List.of("cancel", "terminate", "delete")) {
			control(request, "w", RunControlAction.valueOf(request.toUpperCase(Locale.ROOT)));
		}

		signal("s1", "w", "1");
		signal("s2", "w", "2");
		assertThat(this.engine.client().handle("w").result()).isEqualTo("a12");
	}

	@Test
	void aRepeatedPauseDoesNotUndoTheResumptionOfAnotherCaller() {
		begin();
		start("r1", "w", IfExists.FAIL);
		control("pause", "w", RunControlAction.PAUSE);
		await().until(() -> status("w") == WorkflowStatus.PAUSED);
		control("resume", "w", RunControlAction.RESUME);
		await().until(() -> status("w") == WorkflowStatus.SUSPENDED);

		control("pause", "w", RunControlAction.PAUSE);
		signal("s1", "w", "1");
		signal("s2", "w", "2");

		assertThat(this.engine.client().handle("w").result()).isEqualTo("a12");
	}

	@Test
	void aRepeatedSignalIsOneAlsoWhereTheRunHasEndedByIt() {
		begin();
		start("r1", "w", IfExists.FAIL);
		signal("s1", "w", "1");
		signal("s1", "w", "1");
		this.engine.crashAndStart();
		signal("s1", "w", "1");
		signal("s2", "w", "2");
		assertThat(this.engine.client().handle("w").result()).isEqualTo("a12");

		signal("s2", "w", "2");
		control("delete", "w", RunControlAction.DELETE);
		signal("s2", "w", "2");
	}

	@Test
	void whatWasRefusedIsDecidedAnew() {
		begin();
		start("r1", "w", IfExists.FAIL);
		assertThatExceptionOfType(WorkflowAlreadyExistsException.class)
			.isThrownBy(() -> start("r2", "w", IfExists.FAIL));
		control("r3", "w", RunControlAction.TERMINATE);
		control("r4", "w", RunControlAction.DELETE);

		start("r2", "w", IfExists.FAIL);

		assertThat(status("w").isTerminal()).isFalse();
	}

	@Test
	void attemptsThatMeetHaveOneEffect() {
		begin();
		try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
			List<CompletableFuture<StartedRun>> attempts = IntStream.range(0, 50)
				.mapToObj((attempt) -> CompletableFuture.supplyAsync(() -> start("r1", "w", IfExists.FAIL), threads))
				.toList();

			assertThat(attempts.stream().map(CompletableFuture::join).distinct()).hasSize(1);
		}
		try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
			IntStream.range(0, 50).forEach((attempt) -> threads.execute(() -> signal("s1", "w", "1")));
		}
		signal("s2", "w", "2");
		assertThat(this.engine.client().handle("w").result()).isEqualTo("a12");
	}

	@Test
	void attemptsThatMeetAtTheDiskGetTheAnswerOfTheFirst() {
		AtomicBoolean blind = new AtomicBoolean();
		this.engine.withStore((store) -> new ForwardingStore(store) {

			@Override
			public Optional<AnsweredRequest> answeredRequest(String id) {
				return blind.getAndSet(false) ? Optional.empty() : super.answeredRequest(id);
			}

		});
		begin();
		StartedRun first = start("r1", "w", IfExists.FAIL);
		control("r2", "w", RunControlAction.TERMINATE);
		control("r3", "w", RunControlAction.DELETE);

		blind.set(true);

		assertThat(start("r1", "w", IfExists.FAIL)).isEqualTo(first);
		assertThat(blind).isFalse();
		assertThat(at("w").find(Call.OWN, "w")).isEmpty();
	}

	@Test
	void nothingBeginsForACallerWhoHasGivenUp() {
		begin();
		start("r1", "w", IfExists.FAIL);
		Call late = call("late");
		this.nanos.addAndGet(Duration.ofSeconds(30).toNanos());

		assertThatExceptionOfType(OverloadedException.class)
			.isThrownBy(() -> at("w").control(late, "w", RunControlAction.TERMINATE))
			.withMessageContaining("'late'");
		assertThat(status("w").isTerminal()).isFalse();
	}

	@Test
	void theDeadlineIsLookedAtAgainWhenTheEffectIsSubmitted() {
		begin();
		start("r1", "w", IfExists.FAIL);
		AtomicLong looks = new AtomicLong();
		// The first look is when it arrives, the second before it begins.
		Call slow = Call.transported("slow", 1, Deadline.in(Duration.ofNanos(2), looks::getAndIncrement));

		assertThatExceptionOfType(OverloadedException.class)
			.isThrownBy(() -> at("w").control(slow, "w", RunControlAction.PAUSE));
		signal("s1", "w", "1");
		signal("s2", "w", "2");
		assertThat(this.engine.client().handle("w").result()).isEqualTo("a12");
	}

	@Test
	void anAnswerIsForgottenWhenNoCallerAsksForItAnyMore() {
		begin();
		start("r1", "w", IfExists.FAIL);
		int partition = at("w").partition();
		assertThat(answer(partition, "r1")).isPresent();

		await().until(() -> {
			this.engine.time().advance(Duration.ofMinutes(1));
			return answer(partition, "r1").isEmpty();
		});
	}

	private Optional<AnsweredRequest> answer(int partition, String request) {
		return this.engine.engine().execution(partition).store().answeredRequest(request);
	}

	@Test
	void aRequestOfTheOwnProcessIsNotRemembered() {
		begin();
		this.engine.run("wait", "w", "a");
		this.engine.client().signal("w", "go", "1");
		this.engine.client().cancel("w");
		await().until(() -> status("w") == WorkflowStatus.CANCELLED);
		this.engine.client().delete("w");

		assertThat(this.engine.engine().execution(at("w").partition()).store().answeredRequests(null, Instant.MAX, 1))
			.isEmpty();
	}

}
