package io.kraft.spring.boot.autoconfigure.definition;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.scheduling.support.CronExpression;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * In Berlin clocks go from 02:00 to 03:00 on 2026-03-29 (01:00 UTC), and from 03:00 to
 * 02:00 on 2026-10-25 (01:00 UTC).
 */
class CronFireTimesTests {

	private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			0 30 2 * * *   | 2026-03-28T00:00:00Z | 28T01:30 29T01:00 30T00:30
			0 0 3 * * *    | 2026-03-28T00:00:00Z | 28T02:00 29T01:00 30T01:00
			0 30 1-3 * * * | 2026-03-28T23:00:00Z | 29T00:30 29T01:00 29T01:30 29T23:30
			0 0 * * * *    | 2026-03-28T23:30:00Z | 29T00:00 29T01:00 29T02:00
			0 30 2 * * *   | 2026-10-24T00:00:00Z | 24T00:30 25T00:30 26T01:30
			0 30 2 * * *   | 2026-10-25T01:10:00Z | 26T01:30 27T01:30
			0 30 1-3 * * * | 2026-10-24T22:00:00Z | 24T23:30 25T00:30 25T02:30
			0 0 * * * *    | 2026-10-24T22:30:00Z | 24T23:00 25T00:00 25T01:00 25T02:00
			@daily         | 2026-10-24T00:00:00Z | 24T22:00 25T23:00
			@hourly        | 2026-10-24T23:30:00Z | 25T00:00 25T01:00 25T02:00""")
	void clocksThatArePutForwardOrBackNeitherLoseATickNorDoubleIt(String cron, Instant from, String expected) {
		CronFireTimes ticks = new CronFireTimes(cron.strip(), BERLIN);
		List<String> found = new ArrayList<>();
		Instant tick = from;
		for (int i = 0; i < expected.split(" ").length; i++) {
			tick = ticks.after(tick);
			found.add(tick.toString().substring(8, 16));
		}

		assertThat(found).containsExactly(expected.split(" "));
	}

	@Test
	void ticksNeverComeEarlierForALaterInstant() {
		for (String zone : List.of("Europe/Berlin", "Australia/Lord_Howe", "America/New_York", "UTC")) {
			for (String cron : List.of("0 30 2 * * *", "0 0,20,45 1-3 * * *", "0 */20 * * * *", "0 0 */2 * * *",
					"0 0 * * * *", "*/30 10 2 * * SUN")) {
				CronFireTimes ticks = new CronFireTimes(cron, ZoneId.of(zone));
				for (String day : List.of("2026-03-07", "2026-03-28", "2026-04-04", "2026-10-03", "2026-10-24",
						"2026-10-31")) {
					checkOrder(ticks, Instant.parse(day + "T00:00:00Z"));
				}
			}
		}
	}

	private static void checkOrder(CronFireTimes ticks, Instant from) {
		Instant before = Instant.MIN;
		for (int i = 0; i < 2 * 24 * 12; i++) {
			Instant at = from.plusSeconds(i * 300L + 1);
			Instant next = ticks.after(at);
			assertThat(next).isAfter(at).isAfterOrEqualTo(before);
			before = next;
		}
	}

	@Test
	void aDayThatDoesNotExistNeverComes() {
		assertThat(new CronFireTimes("0 0 0 30 2 *", BERLIN).after(Instant.EPOCH)).isNull();
	}

	static List<Arguments> unevenChanges() {
		List<Arguments> changes = new ArrayList<>();
		Set<ZoneRules> seen = new HashSet<>();
		for (String id : new TreeSet<>(ZoneId.getAvailableZoneIds())) {
			ZoneId zone = ZoneId.of(id);
			if (seen.add(zone.getRules())) {
				Instant end = Instant.parse("2028-01-01T00:00:00Z");
				ZoneOffsetTransition change = zone.getRules().nextTransition(Instant.parse("2007-01-01T00:00:00Z"));
				for (; change != null && change.getInstant().isBefore(end); change = zone.getRules()
					.nextTransition(change.getInstant())) {
					if (change.getDuration().toSeconds() % 3600 != 0) {
						changes.add(Arguments.of(zone, change));
					}
				}
			}
		}
		return changes;
	}

	/**
	 * Of the hour {@code *}, too: a time in a gap is met at its end, one that comes twice
	 * once.
	 */
	@ParameterizedTest
	@MethodSource("unevenChanges")
	void aChangeByHalfAnHourNeitherLosesATimeNorDoublesIt(ZoneId zone, ZoneOffsetTransition change) {
		for (String cron : List.of("0 0 * * * *", "0 10 * * * *", "0 30 * * * *", "0 45 * * * *", "0 0 */2 * * *",
				"0 15 1,2 * * *", "0 */20 * * * *")) {
			Instant begin = change.getInstant().minus(Duration.ofHours(12));
			Instant end = change.getInstant().plus(Duration.ofHours(12));

			assertThat(ticks(cron, zone, begin, end)).as(cron).containsExactlyElementsOf(times(cron, zone, begin, end));
		}
	}

	@Test
	void anIntervalThatDividesTheChangeGoesOnAsTimePasses() {
		Instant begin = Instant.parse("2026-04-04T12:00:00Z");
		Instant end = begin.plus(Duration.ofHours(6));

		List<Instant> ticks = ticks("0 */10 * * * *", ZoneId.of("Australia/Lord_Howe"), begin, end);

		assertThat(ticks).hasSize(36).isSorted().doesNotHaveDuplicates();
	}

	private static List<Instant> ticks(String cron, ZoneId zone, Instant begin, Instant end) {
		CronFireTimes ticks = new CronFireTimes(cron, zone);
		List<Instant> found = new ArrayList<>();
		for (Instant tick = ticks.after(begin); tick != null && !tick.isAfter(end); tick = ticks.after(tick)) {
			found.add(tick);
		}
		return found;
	}

	/** Minute by minute of the clock on the wall. */
	private static List<Instant> times(String cron, ZoneId zone, Instant begin, Instant end) {
		CronExpression expression = CronExpression.parse(cron);
		Set<Instant> times = new TreeSet<>();
		LocalDateTime time = LocalDateTime.ofInstant(begin, zone).minusHours(2);
		for (; time.isBefore(LocalDateTime.ofInstant(end, zone).plusHours(2)); time = time.plusMinutes(1)) {
			if (time.equals(expression.next(time.minusNanos(1)))) {
				ZoneOffsetTransition change = zone.getRules().getTransition(time);
				times.add((change != null && change.isGap()) ? change.getInstant() : time.atZone(zone).toInstant());
			}
		}
		return times.stream().filter((instant) -> instant.isAfter(begin) && !instant.isAfter(end)).toList();
	}

}
