package io.kraft.spring.boot.autoconfigure.definition;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * In Berlin clocks go from 02:00 to 03:00 on 2026-03-29 (01:00 UTC), and from 03:00 to
 * 02:00 on 2026-10-25 (01:00 UTC).
 */
class CronTicksTests {

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
		CronTicks ticks = new CronTicks(cron.strip(), BERLIN);
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
				CronTicks ticks = new CronTicks(cron, ZoneId.of(zone));
				for (String day : List.of("2026-03-07", "2026-03-28", "2026-04-04", "2026-10-03", "2026-10-24",
						"2026-10-31")) {
					checkOrder(ticks, Instant.parse(day + "T00:00:00Z"));
				}
			}
		}
	}

	private static void checkOrder(CronTicks ticks, Instant from) {
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
		assertThat(new CronTicks("0 0 0 30 2 *", BERLIN).after(Instant.EPOCH)).isNull();
	}

}
