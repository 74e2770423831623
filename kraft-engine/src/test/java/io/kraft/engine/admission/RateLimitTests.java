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
		RateLimit limit = limit(2, List.of());
		assertThat(limit.opensAt(1, NOON)).isNull();
		limit.count(0, attempt(0, 1));
		assertThat(limit.opensAt(1, NOON)).isNull();
		limit.count(0, attempt(10, 2));

		assertThat(limit.opensAt(1, NOON.plusSeconds(10))).isEqualTo(NOON.plusSeconds(60));
		limit.count(0, attempt(60, 3));
		assertThat(limit.opensAt(1, NOON.plusSeconds(60))).isEqualTo(NOON.plusSeconds(70));
	}

	@Test
	void anAttemptThatIsCountedBehindALaterOneIsOlder() {
		RateLimit limit = limit(2, List.of());
		limit.join(1, List.of());
		limit.count(0, attempt(90, 1));
		limit.count(1, attempt(0, 1));

		assertThat(limit.opensAt(1, NOON.plusSeconds(90))).isEqualTo(NOON.plusSeconds(60));
		assertThat(limit.opensAt(2, NOON.plusSeconds(90))).isEqualTo(NOON.plusSeconds(150));
		limit.count(1, attempt(90, 2));
		assertThat(limit.opensAt(1, NOON.plusSeconds(90))).isEqualTo(NOON.plusSeconds(150));
	}

	@Test
	void keepsNoMoreOnDiskThanItsLimitAlsoWhenThatIsLowered() {
		List<QueueAttempt> disk = new ArrayList<>();
		RateLimit limit = limit(3, List.of());
		for (int i = 0; i < 100; i++) {
			apply(limit.count(0, attempt(i * 20L, i)), disk);
		}
		assertThat(disk).containsExactly(attempt(97 * 20, 97), attempt(98 * 20, 98), attempt(99 * 20, 99));

		RateLimit lower = limit(1, disk);
		Instant last = NOON.plusSeconds(99 * 20);
		assertThat(lower.opensAt(1, last)).isEqualTo(last.plus(MINUTE));
		apply(lower.count(0, attempt(110 * 20, 110)), disk);
		assertThat(disk).containsExactly(attempt(110 * 20, 110));
	}

	@Test
	void aClockThatWasFarAheadClosesItForAPeriodAtMost() {
		RateLimit limit = limit(1, List.of(attempt(86_400_000, 1)));

		assertThat(limit.opensAt(1, NOON)).isEqualTo(NOON.plus(MINUTE));
		assertThat(limit.opensAt(1, NOON.plusSeconds(30))).isEqualTo(NOON.plus(MINUTE));
		List<QueueAttempt> disk = new ArrayList<>(List.of(attempt(86_400_000, 1)));
		apply(limit.count(0, attempt(60, 2)), disk);
		assertThat(disk).containsExactly(attempt(60, 2));
	}

	@Test
	void twoAttemptsOfOneRunInTheSameMillisecondAreTwoAlsoOnDisk() {
		List<QueueAttempt> disk = new ArrayList<>();
		RateLimit limit = limit(3, List.of());
		apply(limit.count(0, attempt(0, 1)), disk);
		apply(limit.count(0, attempt(0, 2)), disk);
		apply(limit.count(0, attempt(0, 1)), disk);

		assertThat(disk).hasSize(3).doesNotHaveDuplicates();
		RateLimit again = limit(3, disk);
		assertThat(again.opensAt(1, NOON.plusSeconds(5))).isEqualTo(NOON.plus(MINUTE));
	}

	@Test
	void attemptsOfTwoPartitionsCountTogetherAndEachIsForgottenWhereItIs() {
		List<QueueAttempt> here = new ArrayList<>();
		List<QueueAttempt> there = new ArrayList<>();
		RateLimit limit = limit(3, here);
		limit.join(1, there);
		for (int i = 0; i < 100; i++) {
			apply(limit.count(i % 2, attempt(i * 20L, 7)), (i % 2 == 0) ? here : there);
			assertThat(here.size()).isLessThanOrEqualTo(3);
			assertThat(there.size()).isLessThanOrEqualTo(3);
		}
		Instant last = NOON.plusSeconds(99 * 20);
		assertThat(limit.opensAt(1, last)).isEqualTo(NOON.plusSeconds(97 * 20 + 60));
		assertThat(limit.opensAt(2, last)).isEqualTo(NOON.plusSeconds(98 * 20 + 60));

		RateLimit restarted = limit(3, here);
		restarted.join(1, there);
		assertThat(restarted.opensAt(1, last)).as("in any order").isEqualTo(NOON.plusSeconds(97 * 20 + 60));
		apply(restarted.count(0, attempt(2000, 8)), here);
		apply(restarted.count(0, attempt(2060, 8)), here);
		apply(restarted.count(0, attempt(2120, 8)), here);
		apply(restarted.count(1, attempt(2180, 8)), there);
		assertThat(there).as("what is irrelevant is gone").containsExactly(attempt(2180, 8));
	}

	@Test
	void whatIsForgottenOfLongAgoMakesNoLargeCommits() {
		List<QueueAttempt> disk = new ArrayList<>();
		for (int i = 0; i < 1000; i++) {
			disk.add(attempt(i, i));
		}
		RateLimit limit = limit(1, disk);

		for (int i = 0; i < 4; i++) {
			List<Change> changes = limit.count(0, attempt(10_000 + i * 60L, i));
			assertThat(changes.size()).isLessThanOrEqualTo(257);
			apply(changes, disk);
		}
		assertThat(disk).containsExactly(attempt(10_180, 3));
	}

	@Test
	void theTurnOfAnItemCountsUntilItsAttemptIsMadeOrIsNot() {
		RateLimit limit = limit(2, List.of());
		limit.reserve(new NodeRun(0, 1));
		assertThat(limit.opensAt(1, NOON)).isNull();
		limit.reserve(new NodeRun(1, 1));
		assertThat(limit.opensAt(1, NOON)).isAfter(NOON);

		limit.giveBack(new NodeRun(1, 1));
		assertThat(limit.opensAt(1, NOON)).isNull();
		limit.count(0, attempt(0, 1));
		assertThat(limit.opensAt(1, NOON)).isNull();
		assertThat(limit.opensAt(2, NOON)).isEqualTo(NOON.plus(MINUTE));
	}

	@Test
	void whatAPartitionWasAboutToAttemptWhenItFailedCountsForAPeriod() {
		RateLimit limit = limit(1, List.of());
		limit.join(1, List.of());
		limit.reserve(new NodeRun(1, 1));

		limit.close(1, NOON);

		assertThat(limit.opensAt(1, NOON)).isEqualTo(NOON.plus(MINUTE));
		limit.count(1, attempt(0, 1));
		assertThat(limit.opensAt(1, NOON)).as("once").isEqualTo(NOON.plus(MINUTE));
		assertThat(limit.count(0, attempt(60, 1))).hasSize(1);
	}

	@Test
	void anAttemptThatIsNotOverIsNotForgottenBecauseOfOneThatMayNeverBeDurable() {
		List<QueueAttempt> disk = new ArrayList<>();
		RateLimit limit = limit(1, disk);
		limit.join(1, List.of());
		apply(limit.count(0, attempt(0, 1)), disk);
		limit.count(1, attempt(30, 1));

		apply(limit.count(0, attempt(45, 2)), disk);

		assertThat(disk).containsExactly(attempt(0, 1), attempt(45, 2));
		assertThat(limit.opensAt(1, NOON.plusSeconds(50))).isEqualTo(NOON.plusSeconds(105));
	}

	private static RateLimit limit(int max, List<QueueAttempt> attempts) {
		RateLimit limit = new RateLimit(new Rate(max, MINUTE));
		limit.join(0, attempts);
		return limit;
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
