package io.kraft.spring.boot.autoconfigure.definition;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;

import io.kraft.engine.definition.ScheduleDefinition.FireTimes;
import org.jspecify.annotations.Nullable;

import org.springframework.scheduling.support.CronExpression;
import org.springframework.util.StringUtils;

/**
 * The fire times of a cron expression in a time zone.
 * <p>
 * Where clocks are put forward or back, it is as with the cron of Unix. An expression
 * with {@code *} as its hour (or {@code *}{@code /2}) means an interval: it goes by the
 * hours as they pass, none of which is missing or comes twice. One with hours of its own
 * means times of the day: each is met once, at the end of the gap if it falls into one,
 * and the first time if it comes twice. So is an interval of which a change by half an
 * hour, as in Lord Howe, would lose a time or meet it twice.
 */
final class CronFireTimes implements FireTimes {

	private static final int HOUR_FIELD = 2;

	private final CronExpression expression;

	private final ZoneId zone;

	private final boolean isInterval;

	CronFireTimes(String expression, ZoneId zone) {
		this.expression = CronExpression.parse(expression);
		this.zone = zone;
		this.isInterval = isInterval(expression);
	}

	private static boolean isInterval(String expression) {
		String[] fields = StringUtils.tokenizeToStringArray(expression, " ");
		return expression.strip().equals("@hourly")
				|| (fields.length > HOUR_FIELD && fields[HOUR_FIELD].startsWith("*"));
	}

	@Override
	public @Nullable Instant after(Instant instant) {
		return this.isInterval ? afterAsTimePasses(instant) : afterLocalTime(instant);
	}

	/**
	 * Looks in each stretch of time that has one offset. The expression is not asked for
	 * a time in a zone: where clocks change by half an hour, the answer may lie before
	 * the question.
	 */
	private @Nullable Instant afterAsTimePasses(Instant instant) {
		ZoneRules rules = this.zone.getRules();
		ZoneOffset offset = rules.getOffset(instant);
		LocalDateTime next = this.expression.next(begin(LocalDateTime.ofInstant(instant, offset), offset));
		ZoneOffsetTransition change = rules.nextTransition(instant);
		while (next != null && change != null && !next.toInstant(offset).isBefore(change.getInstant())) {
			boolean isUneven = isUneven(change);
			if (isUneven && change.isGap() && isMet(change.getDateTimeBefore(), change.getDateTimeAfter())) {
				return change.getInstant();
			}
			offset = change.getOffsetAfter();
			next = this.expression
				.next(((isUneven && change.isOverlap()) ? change.getDateTimeBefore() : change.getDateTimeAfter())
					.minusNanos(1));
			change = rules.nextTransition(change.getInstant());
		}
		return (next != null) ? next.toInstant(offset) : null;
	}

	/** Behind the times that come for the second time, where those are not met again. */
	private LocalDateTime begin(LocalDateTime time, ZoneOffset offset) {
		ZoneOffsetTransition change = this.zone.getRules().getTransition(time);
		return (change != null && change.isOverlap() && offset.equals(change.getOffsetAfter()) && isUneven(change))
				? change.getDateTimeBefore().minusNanos(1) : time;
	}

	/**
	 * Whether the times that the expression means are others after the change than those
	 * that it would have meant without.
	 */
	private boolean isUneven(ZoneOffsetTransition change) {
		Duration shift = change.getDuration().abs();
		if (shift.toSecondsPart() == 0 && shift.toMinutesPart() == 0) {
			return false;
		}
		LocalDateTime begin = change.isGap() ? change.getDateTimeBefore() : change.getDateTimeAfter();
		LocalDateTime end = begin.plus(shift);
		LocalDateTime first = this.expression.next(begin.minusNanos(1));
		LocalDateTime second = this.expression.next(end.minusNanos(1));
		while (first != null && first.isBefore(end)) {
			if (second == null || !first.plus(shift).equals(second)) {
				return true;
			}
			first = this.expression.next(first);
			second = this.expression.next(second);
		}
		return second != null && second.isBefore(end.plus(shift));
	}

	private boolean isMet(LocalDateTime begin, LocalDateTime end) {
		LocalDateTime time = this.expression.next(begin.minusNanos(1));
		return time != null && time.isBefore(end);
	}

	private @Nullable Instant afterLocalTime(Instant instant) {
		LocalDateTime next = this.expression.next(instant.atZone(this.zone).toLocalDateTime());
		// In an hour that comes twice, its fire times were met the first time.
		while (next != null && !instantOf(next).isAfter(instant)) {
			next = this.expression.next(next);
		}
		return (next != null) ? instantOf(next) : null;
	}

	private Instant instantOf(LocalDateTime time) {
		ZoneOffsetTransition transition = this.zone.getRules().getTransition(time);
		return (transition != null && transition.isGap()) ? transition.getInstant()
				: time.atZone(this.zone).toInstant();
	}

}
