package io.kraft.engine.routing;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.kraft.client.IfExists;
import io.kraft.client.MessageNotFoundException;
import io.kraft.client.ScheduleNotFoundException;
import io.kraft.client.WorkflowAlreadyExistsException;
import io.kraft.client.WorkflowEndedException;
import io.kraft.client.WorkflowNotFoundException;
import io.kraft.client.WorkflowQuery;
import io.kraft.client.WorkflowStatus;
import io.kraft.engine.definition.MethodSignature;
import io.kraft.engine.definition.RetryPolicy;
import io.kraft.engine.definition.ScheduleDefinition;
import io.kraft.engine.definition.StepDefinition;
import io.kraft.engine.definition.WorkflowDefinition;
import io.kraft.engine.journal.Outcome;
import io.kraft.engine.journal.Payload;
import io.kraft.engine.store.Message;
import io.kraft.engine.store.RunFilter;
import io.kraft.engine.supervision.Futures;
import io.kraft.engine.testing.TestEngine;
import io.kraft.workflow.Callback;
import io.kraft.workflow.WorkQueue;
import io.kraft.workflow.WorkflowContext;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What callers may expect of a partition, wherever it is hosted.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
public abstract class RunServiceContract {

	private static final StepDefinition FRAGILE = StepDefinition.of("fragile", MethodSignature.of(String.class),
			RetryPolicy.none());

	private final TestEngine engine = new TestEngine();

	private final WorkflowContext workflow = WorkflowContext.ofCallingRun();

	private final AtomicBoolean broken = new AtomicBoolean(true);

	private final List<String> tokens = new ArrayList<>();

	private @Nullable Routing routing;

	/**
	 * The partition as its callers see it.
	 * @param local the same partition in its own process
	 */
	protected abstract RunService seen(RunService local);

	@BeforeEach
	void start() {
		this.engine
			.workflow("wait", String.class,
					(argument) -> argument + this.workflow.awaitSignal("go", String.class)
							+ this.workflow.awaitSignal("go", String.class))
			.workflow("fragile", String.class, (argument) -> this.engine.step(FRAGILE, () -> {
				if (this.broken.get()) {
					throw new IllegalStateException("broken");
				}
				return "mended";
			}))
			.workflow("calling", String.class, (argument) -> {
				Callback<String> callback = this.workflow.callback(String.class);
				this.workflow.publish("asked", argument);
				this.tokens.add(callback.token());
				return callback.await();
			})
			.queue(WorkQueue.named("mail"))
			.workflow(WorkflowDefinition.of("hourly", MethodSignature.of(String.class), (arguments) -> "done"))
			.schedule(ScheduleDefinition.every("hourly", Duration.ofHours(1)))
			.with((builder) -> builder.routing((routing) -> {
				this.routing = routing;
				return routing;
			}))
			.start();
	}

	@AfterEach
	void stop() {
		this.engine.close();
	}

	private RunService at(String id) {
		return seen(Objects.requireNonNull(this.routing).at(id));
	}

	private RunService ofSchedule() {
		return seen(Objects.requireNonNull(this.routing).ofSchedule("hourly"));
	}

	private StartedRun start(String workflow, String id) {
		return at(id).start(Call.OWN, command(workflow, id, IfExists.FAIL));
	}

	private static StartCommand command(String workflow, String id, IfExists ifExists) {
		return new StartCommand(workflow, 1, null, null, json("[\"a\"]"), id, false, null, Duration.ZERO, 0, Map.of(),
				ifExists, Map.of(), null);
	}

	private static Payload json(String text) {
		return Payload.json(text.getBytes(StandardCharsets.UTF_8));
	}

	private static Outcome.Success value(String text) {
		return new Outcome.Success(json("\"" + text + "\""));
	}

	private void signal(String id, String text) {
		at(id).signal(Call.OWN, id, "go", value(text), null);
	}

	private void control(String id, RunControlAction action) {
		at(id).control(Call.OWN, id, action);
	}

	private WorkflowStatus status(String id) {
		return at(id).run(Call.OWN, id).row().status();
	}

	private void await(String id, WorkflowStatus status) {
		Awaitility.await().until(() -> status(id) == status);
	}

	private String end(String id) {
		Outcome outcome = at(id).end(Call.OWN, id).join().outcome();
		return (outcome instanceof Outcome.Success(Payload value)) ? new String(value.bytes(), StandardCharsets.UTF_8)
				: "failed";
	}

	@Test
	void aStartMakesOneRunWhichOthersFind() {
		StartedRun started = start("wait", "w");

		assertThat(at("w").find(Call.OWN, "w")).hasValueSatisfying((run) -> {
			assertThat(run.run()).isEqualTo(started);
			assertThat(run.row().name()).isEqualTo("wait");
		});
		assertThat(at("w").start(Call.OWN, command("wait", "w", IfExists.ATTACH))).isEqualTo(started);
		assertThatExceptionOfType(WorkflowAlreadyExistsException.class).isThrownBy(() -> start("wait", "w"));
	}

	@Test
	void anIdThatWasDrawnElsewhereIsLookedUp() {
		start("wait", "w");
		StartCommand drawn = command("wait", "", IfExists.FAIL).withFreshId("w");

		assertThatExceptionOfType(WorkflowAlreadyExistsException.class)
			.isThrownBy(() -> at("w").start(Call.transported("r", 1, Deadline.NEVER), drawn));
	}

	@Test
	void eachSignalIsTakenOnceAndTheEndIsThatOfTheRun() {
		start("wait", "w");

		signal("w", "1");
		signal("w", "2");

		assertThat(end("w")).isEqualTo("\"a12\"");
		assertThatExceptionOfType(WorkflowEndedException.class).isThrownBy(() -> signal("w", "3"));
	}

	@Test
	void theEndOfARunIsNotThatOfAnotherOneWithItsId() {
		StartedRun first = start("wait", "w");
		control("w", RunControlAction.TERMINATE);
		assertThat(at("w").end(Call.OWN, first).join().row().status()).isEqualTo(WorkflowStatus.TERMINATED);
		StartedRun second = at("w").start(Call.OWN, command("wait", "w", IfExists.REPLACE_IF_ENDED));

		assertThat(second.number()).isNotEqualTo(first.number());
		assertThatExceptionOfType(WorkflowNotFoundException.class)
			.isThrownBy(() -> Futures.join(at("w").end(Call.OWN, first)));
		assertThat(at("w").end(Call.OWN, second)).isNotDone();
	}

	@Test
	void whatIsUnknownIsReportedAsSuch() {
		assertThat(at("x").find(Call.OWN, "x")).isEmpty();
		List<Runnable> requests = List.of(() -> at("x").run(Call.OWN, "x"), () -> signal("x", "1"),
				() -> Futures.join(at("x").end(Call.OWN, "x")), () -> at("x").again(Call.OWN, "x", null),
				() -> at("x").published(Call.OWN, "x", "k"), () -> at("x").failRun(Call.OWN, "x", "why"),
				() -> at("x").messages(Call.OWN, "x", (message, isWhole, bytes) -> true),
				() -> at("x").complete(Call.OWN, "no token", value("1")), () -> at("x").callback(Call.OWN, "no token"));

		assertThat(requests).allSatisfy(
				(request) -> assertThatExceptionOfType(WorkflowNotFoundException.class).isThrownBy(request::run));
		for (RunControlAction action : RunControlAction.values()) {
			assertThatExceptionOfType(WorkflowNotFoundException.class).isThrownBy(() -> control("x", action));
		}
	}

	@Test
	void aRunIsPausedResumedCancelledAndDeleted() {
		start("wait", "w");

		control("w", RunControlAction.PAUSE);
		await("w", WorkflowStatus.PAUSED);
		control("w", RunControlAction.RESUME);
		await("w", WorkflowStatus.SUSPENDED);
		control("w", RunControlAction.CANCEL);
		await("w", WorkflowStatus.CANCELLED);
		control("w", RunControlAction.DELETE);

		assertThat(at("w").find(Call.OWN, "w")).isEmpty();
	}

	@Test
	void aFailedRunIsRetriedOrMadeAgain() {
		start("fragile", "f");
		await("f", WorkflowStatus.FAILED);
		this.broken.set(false);

		StartCommand again = at("f").again(Call.OWN, "f", null).named("g");
		control("f", RunControlAction.RETRY);

		assertThat(end("f")).isEqualTo("\"mended\"");
		assertThat(at("g").start(Call.OWN, again).id()).isEqualTo("g");
		assertThat(end("g")).isEqualTo("\"mended\"");
	}

	@Test
	void aRunIsFailedOnRequest() {
		start("wait", "w");

		at("w").failRun(Call.OWN, "w", "no longer wanted");

		assertThat(end("w")).isEqualTo("failed");
		assertThat(status("w")).isEqualTo(WorkflowStatus.FAILED);
	}

	@Test
	void messagesAreListedReplacedAndDiscarded() {
		start("wait", "w");
		await("w", WorkflowStatus.SUSPENDED);
		control("w", RunControlAction.PAUSE);
		await("w", WorkflowStatus.PAUSED);
		signal("w", "1");
		signal("w", "2");
		signal("w", "3");

		List<Message> waiting = messages("w");
		at("w").discardMessage(Call.OWN, "w", waiting.get(0).sequence());
		at("w").replaceMessage(Call.OWN, "w", waiting.get(1).sequence(), value("two"));
		assertThatExceptionOfType(MessageNotFoundException.class)
			.isThrownBy(() -> at("w").discardMessage(Call.OWN, "w", waiting.get(0).sequence()));
		control("w", RunControlAction.RESUME);

		assertThat(waiting).hasSize(3);
		assertThat(end("w")).isEqualTo("\"atwo3\"");
	}

	private List<Message> messages(String id) {
		List<Message> messages = new ArrayList<>();
		at(id).messages(Call.OWN, id, (message, isWhole, bytes) -> messages.add(message));
		return messages;
	}

	@Test
	void aCallbackIsCompletedByItsToken() {
		start("calling", "c");
		await("c", WorkflowStatus.SUSPENDED);
		String token = this.tokens.getFirst();

		assertThat(at("c").callback(Call.OWN, token)).isEqualTo("1");
		assertThat(at("c").published(Call.OWN, "c", "asked")).isEqualTo(json("\"a\""));
		assertThat(at("c").published(Call.OWN, "c", "other")).isNull();
		at("c").complete(Call.OWN, token, value("called back"));

		assertThat(end("c")).isEqualTo("\"called back\"");
	}

	@Test
	void aJournalIsReadAsAWholeAndInBoundedParts() {
		StartedRun run = start("wait", "w");
		signal("w", "1");
		signal("w", "2");
		end("w");
		RunService service = at("w");

		List<byte[]> whole = new ArrayList<>();
		service.journal(Call.OWN, run, whole::add);

		assertThat(whole).hasSizeGreaterThan(3).hasSize(service.journalLength(Call.OWN, run));
		assertThat(service.lastEntry(Call.OWN, run)).isEqualTo(whole.getLast());
		assertThat(service.entries(Call.OWN, run, 1, 2, 1_000_000)).containsExactly(whole.get(1), whole.get(2));
		assertThat(service.entries(Call.OWN, run, 0, 100, 0)).as("at least one").containsExactly(whole.getFirst());
		assertThat(service.entries(Call.OWN, run, whole.size(), 100, 100)).isEmpty();
	}

	@Test
	void runsAreListedFromTheNewestOn() {
		HashSet<String> found = new HashSet<>();
		for (String id : List.of("a", "b", "c")) {
			start("wait", id);
		}

		for (RunService partition : Objects.requireNonNull(this.routing).all()) {
			long before = Long.MAX_VALUE;
			while (before > 0) {
				RunViews page = seen(partition).runs(Call.OWN, RunFilter.ALL, before, 2);
				page.runs().forEach((run) -> assertThat(found.add(run.row().id())).isTrue());
				before = page.nextBefore();
			}
		}

		assertThat(found).containsExactlyInAnyOrder("a", "b", "c");
	}

	@Test
	void queuesArePausedAndResumed() {
		RunService service = at("any");

		service.pauseQueue(Call.OWN, "mail");
		assertThat(service.queues(Call.OWN)).singleElement().satisfies((queue) -> assertThat(queue.paused()).isTrue());
		service.recordQueueResumed(Call.OWN, "mail");
		service.resumeQueue(Call.OWN, "mail");

		assertThat(service.queues(Call.OWN)).singleElement().satisfies((queue) -> assertThat(queue.paused()).isFalse());
	}

	@Test
	void schedulesArePausedResumedAndTriggered() {
		RunService service = ofSchedule();

		service.pauseSchedule(Call.OWN, "hourly");
		assertThat(service.schedules(Call.OWN)).singleElement()
			.satisfies((schedule) -> assertThat(schedule.paused()).isTrue());
		service.resumeSchedule(Call.OWN, "hourly");
		assertThat(service.schedules(Call.OWN)).singleElement()
			.satisfies((schedule) -> assertThat(schedule.paused()).isFalse());
		String id = service.triggerSchedule(Call.OWN, "hourly");

		assertThat(id).startsWith("hourly@manual-");
		assertThat(this.engine.client().list(WorkflowQuery.all()).items()).extracting((run) -> run.id())
			.containsExactly(id);
		assertThatExceptionOfType(ScheduleNotFoundException.class)
			.isThrownBy(() -> service.triggerSchedule(Call.OWN, "unknown"));
	}

}
