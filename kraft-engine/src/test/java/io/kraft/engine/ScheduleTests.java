package io.kraft.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

import io.kraft.client.ScheduleDescription;
import io.kraft.client.ScheduleNotFoundException;
import io.kraft.client.WorkflowDescription;
import io.kraft.client.WorkflowQuery;
import io.kraft.client.WorkflowStatus;
import io.kraft.engine.definition.MethodSignature;
import io.kraft.engine.definition.ScheduleDefinition;
import io.kraft.engine.definition.ScheduleDefinition.FireTimes;
import io.kraft.engine.definition.WorkflowDefinition;
import io.kraft.engine.testing.TestEngine;
import io.kraft.engine.timer.ManualScheduler;
import io.kraft.engine.timer.SystemScheduler;
import io.kraft.workflow.CatchUp;
import io.kraft.workflow.InvalidDefinitionException;
import io.kraft.workflow.Overlap;
import io.kraft.workflow.UnknownWorkflowException;
import io.kraft.workflow.WorkflowContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Runs that the clock starts. Fire times come every ten minutes; the clock starts at
 * midnight.
 */
@Timeout(60)
class ScheduleTests {

	private static final ScheduleDefinition EVERY_TEN = ScheduleDefinition.every("report", Duration.ofMinutes(10));

	private final TestEngine engine = new TestEngine();

	private final WorkflowContext workflow = WorkflowContext.ofCallingRun();

	private final List<Instant> entered = new CopyOnWriteArrayList<>();

	@AfterEach
	void close() {
		this.engine.close();
	}

	@Test
	void eachTickHasOneRunThatKnowsItsTime() {
		define(EVERY_TEN).start();

		tick(10);
		tick(20);
		tick(30);

		await().until(() -> runs().equals(List.of("00:10", "00:20", "00:30")));
		await().untilAsserted(() -> assertThat(this.entered).containsExactlyInAnyOrder(at(10), at(20), at(30)));
		assertThat(this.engine.client().handle("report@2026-01-01T00:10:00Z").result()).isEqualTo("done");
	}

	@Test
	void aWorkflowMayTakeNoTime() {
		this.engine
			.workflow(WorkflowDefinition.of("report", MethodSignature.of(String.class),
					(arguments) -> "took " + arguments.length))
			.schedule(EVERY_TEN)
			.start();

		tick(10);

		assertThat(this.engine.client().handle(id(10)).result()).isEqualTo("took 0");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			NONE   | 00:10
			LATEST | 00:10 00:40
			ALL    | 00:10 00:20 00:30 00:40""")
	void whatWasMissedIsCaughtUpAsTheScheduleSays(CatchUp catchUp, String expected) {
		define(EVERY_TEN.withCatchUp(catchUp)).start();
		tick(10);

		this.engine.crash();
		this.engine.time().advanceTo(at(45));
		this.engine.start();

		awaitSettled(40);
		assertThat(runs()).containsExactly(expected.split(" "));
		tick(50);
		assertThat(runs()).hasSize(expected.split(" ").length + 1).endsWith("00:50");
	}

	@Test
	void aTickOfTheLastMinuteBeforeAStartIsMissed() {
		define(EVERY_TEN).start();
		tick(10);

		this.engine.crash();
		this.engine.time().advanceTo(at(20).plusSeconds(1));
		this.engine.start();

		tick(30);
		assertThat(runs()).containsExactly("00:10", "00:30");
	}

	@ParameterizedTest
	@EnumSource(CatchUp.class)
	void nothingIsCaughtUpFromBeforeTheFirstStart(CatchUp catchUp) {
		this.engine.time().advanceTo(at(45));
		define(EVERY_TEN.withCatchUp(catchUp)).start();
		assertThat(schedule().lastTick()).isNull();
		assertThat(schedule().nextTick()).isEqualTo(at(50));

		this.engine.crashAndStart();
		tick(50);

		assertThat(runs()).containsExactly("00:50");
	}

	@ParameterizedTest
	@EnumSource(names = { "LATEST", "ALL" })
	void aTickThatWasMissedBeforeTheFirstRunIsCaughtUp(CatchUp catchUp) {
		define(EVERY_TEN.withCatchUp(catchUp)).start().crash();
		this.engine.time().advanceTo(at(15));
		this.engine.start();

		awaitSettled(10);

		assertThat(runs()).containsExactly("00:10");
	}

	@Test
	void manyMissedTicksAreCaughtUpInTurns() {
		define(EVERY_TEN.withCatchUp(CatchUp.ALL).withOverlap(Overlap.ALLOW)).start().crash();
		this.engine.time().advance(Duration.ofMinutes(10 * 350));
		this.engine.start();

		awaitSettled(3500);
		await().until(() -> this.entered.stream().distinct().count() == 350);
	}

	@Test
	void theNewestOfAYearOfMissedTicksIsFoundAtOnce() {
		ScheduleDefinition everyMilli = ScheduleDefinition.every("report", Duration.ofMillis(1))
			.withCatchUp(CatchUp.LATEST);
		define(everyMilli).start().crash();
		this.engine.time().advance(Duration.ofDays(365));
		this.engine.start();

		await().until(() -> this.entered.equals(List.of(Instant.parse("2027-01-01T00:00:00Z"))));
	}

	@Test
	void anOverlappingTickIsSkipped() {
		defineWaiting(EVERY_TEN).start();
		tick(10);
		awaitStatus(10, WorkflowStatus.SUSPENDED);

		tick(20);
		assertThat(runs()).containsExactly("00:10");
		finish(10);
		tick(30);

		assertThat(runs()).containsExactly("00:10", "00:30");
		awaitStatus(30, WorkflowStatus.SUSPENDED);
		this.engine.crashAndStart();
		tick(40);
		assertThat(runs()).as("the run before survived, too").containsExactly("00:10", "00:30");
	}

	@Test
	void anOverlappingTickIsRunWhereThatIsAllowed() {
		defineWaiting(EVERY_TEN.withOverlap(Overlap.ALLOW)).start();

		tick(10);
		tick(20);

		assertThat(runs()).containsExactly("00:10", "00:20");
	}

	@Test
	void caughtUpTicksWaitForEachOtherAndTicksThatComeMeanwhileAreSkipped() {
		defineWaiting(EVERY_TEN.withCatchUp(CatchUp.ALL)).start();
		tick(10);
		awaitStatus(10, WorkflowStatus.SUSPENDED);
		this.engine.crash();
		this.engine.time().advanceTo(at(35));
		this.engine.start();
		assertThat(runs()).containsExactly("00:10");

		finish(10);
		awaitSettled(20);
		awaitStatus(20, WorkflowStatus.SUSPENDED);
		this.engine.time().advanceTo(at(41));
		finish(20);
		awaitSettled(40);
		assertThat(runs()).as("00:40 came while the others were caught up").containsExactly("00:10", "00:20", "00:30");
		awaitStatus(30, WorkflowStatus.SUSPENDED);
		finish(30);
		tick(50);

		assertThat(runs()).containsExactly("00:10", "00:20", "00:30", "00:50");
	}

	@Test
	void theLatestMissedTickWaitsForTheRunBefore() {
		defineWaiting(EVERY_TEN.withCatchUp(CatchUp.LATEST)).start();
		tick(10);
		awaitStatus(10, WorkflowStatus.SUSPENDED);
		this.engine.crash();
		this.engine.time().advanceTo(at(35));
		this.engine.start();
		this.engine.time().advanceTo(at(45));

		finish(10);
		awaitSettled(40);

		assertThat(runs()).containsExactly("00:10", "00:30");
	}

	@Test
	void aPauseSurvivesARestartAndNothingIsCaughtUpAfterIt() {
		define(EVERY_TEN.withCatchUp(CatchUp.ALL)).start();
		tick(10);

		this.engine.client().pauseSchedule("report");
		this.engine.client().pauseSchedule("report");
		assertThat(schedule().paused()).isTrue();
		assertThat(schedule().nextTick()).isNull();
		this.engine.time().advanceTo(at(25));
		this.engine.crashAndStart();
		this.engine.time().advanceTo(at(45));
		assertThat(schedule().paused()).isTrue();
		this.engine.client().resumeSchedule("report");
		this.engine.client().resumeSchedule("report");

		assertThat(schedule().nextTick()).isEqualTo(at(50));
		this.engine.crashAndStart();
		tick(50);
		assertThat(runs()).containsExactly("00:10", "00:50");
	}

	@Test
	void aTriggeredRunIsOutsideOfTheTicks() {
		defineWaiting(EVERY_TEN).start();
		this.engine.client().pauseSchedule("report");
		this.engine.time().advanceTo(at(7));

		String id = this.engine.client().triggerSchedule("report").id();
		assertThat(id).startsWith("report@manual-");
		assertThat(this.engine.client().triggerSchedule("report").id()).isNotEqualTo(id);
		await().untilAsserted(() -> assertThat(this.entered).containsExactly(at(7), at(7)));
		this.engine.client().resumeSchedule("report");
		tick(10);

		await().until(() -> this.engine.client().find(id(10)).isPresent());
	}

	@Test
	void schedulesAreDescribed() {
		define(EVERY_TEN).start();

		ScheduleDescription description = schedule();

		assertThat(description.name()).isEqualTo("report");
		assertThat(description.workflow()).isEqualTo("report");
		assertThat(description.description()).isEqualTo("every PT10M");
		assertThat(description.zone().getId()).isEqualTo("Z");
		assertThat(description.paused()).isFalse();
		assertThat(description.lastTick()).isNull();
		assertThat(description.nextTick()).isEqualTo(at(10));
	}

	@Test
	void anUnknownScheduleIsRefusedWithTheKnownOnes() {
		define(EVERY_TEN).start();

		assertThatExceptionOfType(ScheduleNotFoundException.class)
			.isThrownBy(() -> this.engine.client().pauseSchedule("raport"))
			.withMessageStartingWith("KRAFT-3009")
			.withMessageContaining("Known are: report");
		assertThatExceptionOfType(ScheduleNotFoundException.class)
			.isThrownBy(() -> this.engine.client().resumeSchedule("raport"));
		assertThatExceptionOfType(ScheduleNotFoundException.class)
			.isThrownBy(() -> this.engine.client().triggerSchedule("raport"));
	}

	@Test
	void aScheduleWhoseDefinitionIsGoneDoesNothingAndGoesOnWhenItIsBack() {
		define(EVERY_TEN.withCatchUp(CatchUp.ALL)).start();
		tick(10);

		this.engine.crash().withoutSchedule("report").start();
		assertThat(this.engine.client().schedules()).isEmpty();
		this.engine.time().advanceTo(at(25));
		this.engine.crash();
		define(EVERY_TEN.withCatchUp(CatchUp.ALL)).start();

		awaitSettled(20);
		assertThat(runs()).containsExactly("00:10", "00:20");
	}

	@Test
	void aChangedPlanCountsFromTheStartThatBringsIt() {
		define(EVERY_TEN.withCatchUp(CatchUp.ALL)).start();
		tick(10);

		this.engine.crash();
		this.engine.time().advanceTo(at(36));
		define(ScheduleDefinition.every("report", Duration.ofMinutes(1)).withCatchUp(CatchUp.ALL)).start();
		assertThat(schedule().nextTick()).isEqualTo(at(37));
		assertThat(schedule().lastTick()).isEqualTo(at(10));
		tick(37);

		assertThat(runs()).containsExactly("00:10", "00:37");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			NONE   | 00:30
			LATEST | 00:30
			ALL    | 00:10 00:20 00:30""")
	void aClockThatJumpsForwardsIsNoticed(CatchUp catchUp, String expected) {
		AtomicReference<Instant> clock = new AtomicReference<>(at(0));
		try (SystemScheduler scheduler = new SystemScheduler(clock::get)) {
			define(EVERY_TEN.withCatchUp(catchUp)).with((builder) -> builder.clock(clock::get).scheduler(scheduler))
				.start();

			clock.set(at(35));

			awaitSettled(30);
			assertThat(runs()).containsExactly(expected.split(" "));
		}
	}

	@Test
	void aClockThatJumpsBackOnlyDelays() {
		AtomicReference<Instant> clock = new AtomicReference<>(at(0));
		try (SystemScheduler scheduler = new SystemScheduler(clock::get)) {
			define(EVERY_TEN.withCatchUp(CatchUp.ALL)).with((builder) -> builder.clock(clock::get).scheduler(scheduler))
				.start();
			clock.set(at(10));
			awaitSettled(10);
			clock.set(at(5));
			assertThat(schedule().nextTick()).isEqualTo(at(20));
			this.engine.crashAndStart();

			clock.set(at(20));
			awaitSettled(20);

			assertThat(runs()).containsExactly("00:10", "00:20");
		}
	}

	@Test
	void definitionsThatCannotBeAreRefused() {
		define(EVERY_TEN);
		assertThatExceptionOfType(InvalidDefinitionException.class)
			.isThrownBy(() -> this.engine.with((builder) -> builder.schedules(List.of(EVERY_TEN))).start())
			.withMessageContaining("schedule 'report' is defined twice");
		assertThatExceptionOfType(UnknownWorkflowException.class)
			.isThrownBy(() -> new TestEngine().schedule(EVERY_TEN).start());
		assertThatExceptionOfType(InvalidDefinitionException.class)
			.isThrownBy(
					() -> new TestEngine().workflow("report", String.class, (text) -> text).schedule(EVERY_TEN).start())
			.withMessageContaining("Let it take no parameter, or one Instant");
	}

	@Test
	void theNewestTickIsTheOneThatLookingAtEachOneFinds() {
		Random random = new Random(7);
		for (int round = 0; round < 2000; round++) {
			List<Long> all = random.longs(random.nextInt(40), 0, 1L << random.nextInt(1, 30)).sorted().boxed().toList();
			FireTimes ticks = (instant) -> all.stream()
				.map(Instant::ofEpochMilli)
				.filter((tick) -> tick.isAfter(instant))
				.findFirst()
				.orElse(null);
			Instant after = Instant.ofEpochMilli(random.nextLong(1L << 30));
			Instant until = after.plusMillis(random.nextLong(1L << 30)).plusNanos(random.nextInt(1_000_000));
			Instant expected = null;
			for (Instant tick = ticks.after(after); tick != null && !tick.isAfter(until); tick = ticks.after(tick)) {
				expected = tick;
			}

			assertThat(ticks.newest(after, until)).isEqualTo(expected);
		}
	}

	private TestEngine define(ScheduleDefinition schedule) {
		return this.engine
			.workflow(WorkflowDefinition.of("report", MethodSignature.of(String.class, Instant.class), (arguments) -> {
				this.entered.add((Instant) arguments[0]);
				return "done";
			}))
			.schedule(schedule);
	}

	private TestEngine defineWaiting(ScheduleDefinition schedule) {
		return this.engine
			.workflow(WorkflowDefinition.of("report", MethodSignature.of(String.class, Instant.class), (arguments) -> {
				this.entered.add((Instant) arguments[0]);
				return this.workflow.awaitSignal("go", String.class);
			}))
			.schedule(schedule);
	}

	private void finish(int minute) {
		this.engine.client().signal(id(minute), "go", "on");
		awaitStatus(minute, WorkflowStatus.COMPLETED);
	}

	private void tick(int minute) {
		this.engine.time().advanceTo(at(minute));
		awaitSettled(minute);
	}

	private void awaitSettled(int minute) {
		await().until(() -> at(minute).equals(schedule().lastTick()));
	}

	private void awaitStatus(int minute, WorkflowStatus status) {
		await().until(() -> this.engine.client().handle(id(minute)).status() == status);
	}

	private ScheduleDescription schedule() {
		return this.engine.client().schedules().getFirst();
	}

	/** The ticks that have runs, in the order of their starts. */
	private List<String> runs() {
		// Those in other partitions than the schedule come a moment after their fire
		// time.
		this.engine.settle();
		return this.engine.client()
			.list(WorkflowQuery.all())
			.items()
			.stream()
			.map(WorkflowDescription::id)
			.map((id) -> id.substring("report@2026-01-01T".length(), "report@2026-01-01T00:00".length()))
			.sorted()
			.toList();
	}

	private static String id(int minute) {
		return "report@" + at(minute);
	}

	private static Instant at(int minute) {
		return ManualScheduler.START.plus(Duration.ofMinutes(minute));
	}

}
