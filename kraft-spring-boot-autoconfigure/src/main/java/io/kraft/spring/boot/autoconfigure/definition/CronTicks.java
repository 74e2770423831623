package io.kraft.spring.boot.autoconfigure.definition;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;

import io.kraft.engine.definition.ScheduleDefinition.Ticks;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.support.CronExpression;
import org.springframework.util.StringUtils;

/**
 * The ticks of a cron expression in a time zone.
 * <p>
 * Where clocks are put forward or back, it is as with the cron of Unix. An expression
 * with {@code *} as its hour (or {@code *}{@code /2}) means an interval: it goes by the
 * hours as they pass, none of which is missing or comes twice. One with hours of its own
 * means times of the day: each is met once, at the end of the gap if it falls into one,
 * and the first time if it comes twice.
 */
final class CronTicks implements Ticks {

	private static final int HOUR_FIELD = 2;

	private final CronExpression expression;

	private final ZoneId zone;

	private final boolean isInterval;

	CronTicks(String expression, ZoneId zone) {
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
		ZoneOffset offset = this.zone.getRules().getOffset(instant);
		LocalDateTime next = this.expression.next(LocalDateTime.ofInstant(instant, offset));
		ZoneOffsetTransition change = this.zone.getRules().nextTransition(instant);
		while (next != null && change != null && !next.toInstant(offset).isBefore(change.getInstant())) {
			offset = change.getOffsetAfter();
			next = this.expression.next(change.getDateTimeAfter().minusNanos(1));
			change = this.zone.getRules().nextTransition(change.getInstant());
		}
		return (next != null) ? next.toInstant(offset) : null;
	}

	private @Nullable Instant afterLocalTime(Instant instant) {
		LocalDateTime next = this.expression.next(instant.atZone(this.zone).toLocalDateTime());
		// In an hour that comes twice, what ticks in it has ticked the first time.
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
