package io.kraft.engine.kill;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

import io.kraft.client.WorkflowDescription;
import io.kraft.engine.definition.MethodSignature;
import io.kraft.engine.definition.ScheduleDefinition;
import io.kraft.engine.definition.WorkflowDefinition;
import io.kraft.workflow.CatchUp;
import io.kraft.workflow.Overlap;
import io.kraft.workflow.WorkflowContext;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs that the clock starts, in each life and between them.
 */
final class ScheduleScenarios {

	/** Each tick is run. */
	private static final String ALL = "tick-all";

	/** As before, but runs are removed when they have ended. */
	private static final String SWEPT = "tick-swept";

	/** The newest of those that were missed is run. */
	private static final String LATEST = "tick-latest";

	/** Each tick is run that was missed, one after another. */
	private static final String SERIAL = "tick-serial";

	/** What is missed is skipped, and it is paused now and then. */
	static final String RESTING = "tick-resting";

	private static final Duration PERIOD = Duration.ofMillis(200);

	private final WorkflowContext workflow = WorkflowContext.ofCallingRun();

	private final Steps steps;

	ScheduleScenarios(Steps steps) {
		this.steps = steps;
	}

	List<Scenario> all() {
		return Stream.of(ALL, SWEPT, LATEST, SERIAL, RESTING).map(this::scenario).toList();
	}

	private Scenario scenario(String name) {
		WorkflowDefinition definition = WorkflowDefinition
			.of(name, MethodSignature.of(String.class, Instant.class), this::run)
			.withRetention(isSwept(name) ? Duration.ZERO : null);
		return new Scenario(definition, (id, end) -> end.equals("1@1 2@1 " + tick(id)), 0);
	}

	static List<ScheduleDefinition> schedules() {
		return List.of(ScheduleDefinition.every(ALL, PERIOD).withCatchUp(CatchUp.ALL).withOverlap(Overlap.ALLOW),
				ScheduleDefinition.every(SWEPT, PERIOD).withCatchUp(CatchUp.ALL).withOverlap(Overlap.ALLOW),
				ScheduleDefinition.every(LATEST, PERIOD).withCatchUp(CatchUp.LATEST).withOverlap(Overlap.ALLOW),
				ScheduleDefinition.every(SERIAL, PERIOD).withCatchUp(CatchUp.ALL).withOverlap(Overlap.SKIP),
				ScheduleDefinition.every(RESTING, PERIOD).withOverlap(Overlap.ALLOW));
	}

	private String run(@Nullable Object[] arguments) throws Exception {
		String id = this.workflow.workflowId();
		this.steps.marks().add(Mark.Kind.ENTERED, id);
		String first = this.steps.step(1);
		this.workflow.sleep(Duration.ofMillis(5));
		String second = this.steps.step(2);
		this.steps.marks().add(Mark.Kind.LEFT, id);
		return String.join(" ", first, second, String.valueOf(arguments[0]));
	}

	/**
	 * Whether runs are gone some time after their end.
	 */
	static boolean isSwept(String nameOrId) {
		return nameOrId.startsWith(SWEPT);
	}

	private static Instant tick(String id) {
		return Instant.parse(id.substring(id.indexOf('@') + 1));
	}

	static void check(Aftermath aftermath) {
		// A second run of a tick whose first is gone had another key, which is checked.
		NavigableSet<Instant> swept = new TreeSet<>();
		aftermath.effects()
			.stream()
			.map(Effect::run)
			.filter(ScheduleScenarios::isSwept)
			.forEach((id) -> swept.add(tick(id)));
		checkComplete(aftermath, SWEPT, swept);
		checkComplete(aftermath, ALL, ticks(aftermath, ALL));
		checkOrder(aftermath);
		checkLatest(aftermath);
		checkRest(aftermath);
		Places.of(aftermath, SERIAL, 1).checkLimit();
	}

	private static NavigableSet<Instant> ticks(Aftermath aftermath, String name) {
		NavigableSet<Instant> ticks = new TreeSet<>();
		aftermath.runs(name).forEach((run) -> ticks.add(tick(run.id())));
		return ticks;
	}

	private static void checkComplete(Aftermath aftermath, String name, NavigableSet<Instant> ticks) {
		List<Instant> expected = new ArrayList<>();
		for (Instant tick = ticks.first(); !tick.isAfter(ticks.last()); tick = tick.plus(PERIOD)) {
			expected.add(tick);
		}
		assertThat(ticks).as("ticks of %s that were run", name).containsExactlyElementsOf(expected);
		long end = aftermath.marks(Mark.Kind.STARTED).toList().getLast().at();
		assertThat(ticks.last()).as("the last tick of %s", name)
			.isAfterOrEqualTo(Instant.ofEpochMilli(end).minus(PERIOD));
	}

	private static void checkOrder(Aftermath aftermath) {
		NavigableMap<Instant, Instant> created = new TreeMap<>();
		aftermath.runs(ALL).forEach((run) -> created.put(tick(run.id()), run.createdAt()));
		assertThat(List.copyOf(created.values())).as("when the runs of all ticks were created").isSorted();
		created.forEach((tick, at) -> assertThat(at).as("when the run of %s was created", tick).isAfterOrEqualTo(tick));
	}

	/**
	 * Of the ticks that were missed while no process lived, the newest is run, and before
	 * any that comes later.
	 */
	private static void checkLatest(Aftermath aftermath) {
		NavigableSet<Instant> ticks = ticks(aftermath, LATEST);
		List<Mark> lives = aftermath.marks(Mark.Kind.STARTING).toList();
		for (int life = 0; life < lives.size(); life++) {
			Instant begin = Instant.ofEpochMilli(lives.get(life).at());
			Instant end = (life + 1 < lives.size()) ? Instant.ofEpochMilli(lives.get(life + 1).at()) : Instant.MAX;
			List<Instant> run = aftermath.runs(LATEST)
				.filter((one) -> !one.createdAt().isBefore(begin) && one.createdAt().isBefore(end))
				.map((one) -> tick(one.id()))
				.sorted()
				.toList();
			assertThat(run.stream().filter((tick) -> tick.isBefore(begin)))
				.as("missed ticks run in %s", lives.get(life))
				.hasSizeLessThanOrEqualTo(1);
			Instant started = started(aftermath, lives.get(life).life());
			if (!run.isEmpty() && run.getLast().isAfter(started) && ticks.first().isBefore(begin.minus(PERIOD))) {
				assertThat(ticks.subSet(begin.minus(PERIOD), true, started, true))
					.as("the newest tick before %s", lives.get(life))
					.isNotEmpty();
			}
		}
	}

	private static Instant started(Aftermath aftermath, String life) {
		return aftermath.marks(Mark.Kind.STARTED)
			.filter((mark) -> mark.life().equals(life))
			.map((mark) -> Instant.ofEpochMilli(mark.at()))
			.findFirst()
			.orElse(Instant.MAX);
	}

	private static void checkRest(Aftermath aftermath) {
		Set<Instant> ticks = ticks(aftermath, RESTING);
		Mark paused = null;
		for (Mark mark : aftermath.marks().stream().filter((one) -> one.subject().equals(RESTING)).toList()) {
			if (mark.kind() == Mark.Kind.PAUSED && paused == null) {
				paused = mark;
			}
			else if (mark.kind() == Mark.Kind.RESUMING && paused != null) {
				Instant from = Instant.ofEpochMilli(paused.at());
				Instant to = Instant.ofEpochMilli(mark.at());
				assertThat(ticks).as("ticks that were run in the rest from %s to %s", from, to)
					.noneMatch((tick) -> tick.isAfter(from) && tick.isBefore(to));
				paused = null;
			}
		}
	}

}
