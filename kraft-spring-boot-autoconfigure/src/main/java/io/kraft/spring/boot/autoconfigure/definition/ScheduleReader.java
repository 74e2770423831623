package io.kraft.spring.boot.autoconfigure.definition;

import java.lang.reflect.Method;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import io.kraft.engine.definition.ScheduleDefinition;
import io.kraft.engine.definition.ScheduleDefinition.FireTimes;
import io.kraft.engine.definition.WorkflowDefinition;
import io.kraft.spring.boot.autoconfigure.definition.DurableMethod.WorkflowMethod;
import io.kraft.workflow.CatchUp;
import io.kraft.workflow.Overlap;
import io.kraft.workflow.Schedule;
import org.jspecify.annotations.Nullable;

import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.util.StringValueResolver;

/**
 * From {@link Schedule} to the definition that the engine executes.
 */
final class ScheduleReader {

	private static final String EXAMPLES = "Write its six fields (second, minute, hour, day, month, weekday), such as \"0 0 3 * * *\".";

	/** As with Spring's own scheduled methods. */
	private static final String DISABLED = "-";

	private final StringValueResolver placeholders;

	ScheduleReader(StringValueResolver placeholders) {
		this.placeholders = placeholders;
	}

	/**
	 * Whether a method, or one that it overrides or implements, is annotated with a
	 * schedule.
	 */
	static boolean isScheduled(Method method) {
		return MergedAnnotations.from(method, SearchStrategy.TYPE_HIERARCHY).isPresent(Schedule.class);
	}

	/**
	 * Reads the schedule of a workflow.
	 * @return empty if it has none, or a wrong one, which has been reported
	 */
	Optional<ScheduleDefinition> read(WorkflowMethod method, WorkflowDefinition workflow,
			DefinitionProblems.Sink problems) {
		MergedAnnotation<Schedule> annotation = MergedAnnotations.from(method.method(), SearchStrategy.TYPE_HIERARCHY)
			.get(Schedule.class);
		if (!annotation.isPresent()) {
			return Optional.empty();
		}
		checkParameters(method.method(), problems);
		AttributeReader attributes = new AttributeReader(problems, this.placeholders);
		String cron = attributes.text("cron", annotation.getString("cron"));
		String every = attributes.text("every", annotation.getString("every"));
		ZoneId zone = zone(attributes.text("zone", annotation.getString("zone")), problems);
		if (cron == null || every == null || cron.equals(DISABLED)) {
			return Optional.empty();
		}
		if (cron.isEmpty() == every.isEmpty()) {
			problems.add("The schedule has " + (cron.isEmpty() ? "neither cron nor every." : "both cron and every."),
					"Give it one of them: cron = \"0 0 3 * * *\", or every = \"10m\".");
			return Optional.empty();
		}
		FireTimes fireTimes = cron.isEmpty() ? every(every, attributes, problems) : cron(cron, zone, problems);
		String description = cron.isEmpty() ? "every " + every : "cron " + cron;
		return Optional.ofNullable(fireTimes)
			.map((found) -> new ScheduleDefinition(workflow.name(), workflow.name(), description, zone, found,
					annotation.getEnum("catchUp", CatchUp.class), annotation.getEnum("overlap", Overlap.class)));
	}

	private static void checkParameters(Method method, DefinitionProblems.Sink problems) {
		List<Class<?>> types = Arrays.asList(method.getParameterTypes());
		if (!types.isEmpty() && !types.equals(List.of(Instant.class))) {
			problems.add(
					"A workflow with a schedule takes no parameter or one Instant, but this one takes "
							+ types.stream().map(Class::getSimpleName).collect(Collectors.joining(", ")) + ".",
					"Take the fire time, an Instant, as the only parameter, or none.");
		}
	}

	private static ZoneId zone(@Nullable String text, DefinitionProblems.Sink problems) {
		if (text == null || text.isEmpty()) {
			return ZoneId.systemDefault();
		}
		try {
			return ZoneId.of(text);
		}
		catch (DateTimeException ex) {
			problems.add("The zone \"" + text + "\" is not a time zone (" + ex.getMessage() + ").",
					"Write it like \"Europe/Berlin\", \"UTC\" or \"+02:00\", or leave it out to get the system's.");
			return ZoneId.systemDefault();
		}
	}

	private static @Nullable FireTimes cron(String cron, ZoneId zone, DefinitionProblems.Sink problems) {
		try {
			CronFireTimes fireTimes = new CronFireTimes(cron, zone);
			if (fireTimes.after(Instant.EPOCH) != null) {
				return fireTimes;
			}
			problems.add("The cron \"" + cron + "\" never fires.", "Name a day that exists.");
		}
		catch (IllegalArgumentException ex) {
			problems.add("The cron \"" + cron + "\" is not a cron expression (" + ex.getMessage() + ").", EXAMPLES);
		}
		return null;
	}

	private static @Nullable FireTimes every(String every, AttributeReader attributes,
			DefinitionProblems.Sink problems) {
		Duration period = attributes.duration("every", every);
		if (period == null) {
			return null;
		}
		try {
			return FireTimes.every(period);
		}
		catch (IllegalArgumentException | ArithmeticException ex) {
			problems.add("The every \"" + every + "\" is not a period of at least 1 ms, in whole milliseconds.",
					"Write it like \"30s\", \"10m\" or \"1h\".");
			return null;
		}
	}

}
