package io.kraft.engine.admission;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.kraft.engine.store.Change;
import io.kraft.engine.store.Change.AttemptCounted;
import io.kraft.engine.store.Change.AttemptForgotten;
import io.kraft.engine.store.QueueAttempt;
import io.kraft.workflow.WorkQueue.Rate;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RateLimitTests {

	private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

	private static final Duration MINUTE = Duration.ofMinutes(1);

	@Test
	void opensAPeriodAfterTheOldestOfTheLastAttempts() {
		RateLimit limit = new RateLimit(new Rate(2, MINUTE), List.of());
		assertThat(limit.opensAt(NOON)).isNull();
		limit.count(attempt(0, 1));
		assertThat(limit.opensAt(NOON)).isNull();
		limit.count(attempt(10, 2));

		assertThat(limit.opensAt(NOON.plusSeconds(10))).isEqualTo(NOON.plusSeconds(60));
		limit.count(attempt(60, 3));
		assertThat(limit.opensAt(NOON.plusSeconds(60))).isEqualTo(NOON.plusSeconds(70));
	}

	@Test
	void keepsNoMoreOnDiskThanItsLimitAlsoWhenThatIsLowered() {
		List<QueueAttempt> disk = new ArrayList<>();
		RateLimit limit = new RateLimit(new Rate(3, MINUTE), List.of());
		for (int i = 0; i < 100; i++) {
			apply(limit.count(attempt(i * 20L, i)), disk);
		}
		assertThat(disk).containsExactly(attempt(97 * 20, 97), attempt(98 * 20, 98), attempt(99 * 20, 99));

		RateLimit lower = new RateLimit(new Rate(1, MINUTE), disk);
		Instant last = NOON.plusSeconds(99 * 20);
		assertThat(lower.opensAt(last)).isEqualTo(last.plus(MINUTE));
		apply(lower.count(attempt(110 * 20, 110)), disk);
		assertThat(disk).containsExactly(attempt(110 * 20, 110));
	}

	@Test
	void aClockThatWasFarAheadClosesItForAPeriodAtMost() {
		RateLimit limit = new RateLimit(new Rate(1, MINUTE), List.of(attempt(86_400_000, 1)));

		assertThat(limit.opensAt(NOON)).isEqualTo(NOON.plus(MINUTE));
		assertThat(limit.opensAt(NOON.plusSeconds(30))).isEqualTo(NOON.plus(MINUTE));
		List<QueueAttempt> disk = new ArrayList<>(List.of(attempt(86_400_000, 1)));
		apply(limit.count(attempt(60, 2)), disk);
		assertThat(disk).containsExactly(attempt(60, 2));
	}

	@Test
	void twoAttemptsOfOneRunInTheSameMillisecondAreTwoAlsoOnDisk() {
		List<QueueAttempt> disk = new ArrayList<>();
		RateLimit limit = new RateLimit(new Rate(3, MINUTE), List.of());
		apply(limit.count(attempt(0, 1)), disk);
		apply(limit.count(attempt(0, 2)), disk);
		apply(limit.count(attempt(0, 1)), disk);

		assertThat(disk).hasSize(3).doesNotHaveDuplicates();
		RateLimit again = new RateLimit(new Rate(3, MINUTE), disk);
		assertThat(again.opensAt(NOON.plusSeconds(5))).isEqualTo(NOON.plus(MINUTE));
	}

	private static QueueAttempt attempt(long second, long run) {
		return new QueueAttempt("mail", NOON.plusSeconds(second), run);
	}

	private static void apply(List<Change> changes, List<QueueAttempt> disk) {
		for (Change change : changes) {
			switch (change) {
				case AttemptCounted counted -> disk.add(counted.attempt());
				case AttemptForgotten forgotten -> assertThat(disk.remove(forgotten.attempt())).isTrue();
				default -> throw new AssertionError(change);
			}
		}
	}

}
