package io.kraft.engine.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;

import io.kraft.client.WorkflowStatus;
import io.kraft.engine.store.Change.RunChanged;
import io.kraft.engine.store.Change.RunRemoved;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What every store does when it is asked for runs by what they are.
 */
abstract class ListingContract {

	protected static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

	/**
	 * An empty store, claimed for epoch 1.
	 */
	protected abstract Store store();

	@Test
	void listsRunsNewestFirst() {
		start(run(1), run(2), run(3));

		RunSlice page = store().runs(RunFilter.ALL, Long.MAX_VALUE, 10);

		assertThat(page.rows()).containsExactly(run(3), run(2), run(1));
		assertThat(page.nextBefore()).isZero();
	}

	@Test
	void listsNothingInAnEmptyStore() {
		assertThat(store().runs(RunFilter.ALL, Long.MAX_VALUE, 10)).isEqualTo(new RunSlice(List.of(), 0));
		assertThat(store().oldest(WorkflowStatus.PENDING, 0, 10)).isEmpty();
		assertThat(store().expired(null, NOON, 10)).isEmpty();
		assertThat(store().timers(null, 10)).isEmpty();
	}

	@Test
	void listsThePendingRunsOfAWorkflowByPriorityAndStart() {
		List<RunRow> rows = new ArrayList<>();
		int[] priorities = { 0, 5, -3, 5, 0, Integer.MAX_VALUE, Integer.MIN_VALUE };
		for (int i = 0; i < priorities.length; i++) {
			rows.add(RunRow.pending(i + 1, "run-" + i, "a", 1, null, Map.of(), priorities[i], null, NOON));
		}
		RunRow other = RunRow.pending(20, "other", "ab", 1, null, Map.of(), 9, null, NOON);
		rows.forEach((row) -> commit(null, row));
		commit(null, other);
		commit(rows.get(4), rows.get(4).running(NOON));

		assertThat(store().pending("a", null, 10)).extracting(RunRow::number).containsExactly(6L, 2L, 4L, 1L, 3L, 7L);
		assertThat(store().pending("a", rows.get(3), 2)).extracting(RunRow::number).containsExactly(1L, 3L);
		assertThat(store().pending("b", null, 10)).isEmpty();
		assertThat(store().workflowsWithPending()).containsExactlyInAnyOrder("a", "ab");
	}

	@Test
	void goesOnWhereThePageBeforeEndedWhateverHasStartedSince() {
		start(run(1), run(2), run(3), run(4));
		RunSlice first = store().runs(RunFilter.ALL, Long.MAX_VALUE, 2);
		start(run(5), run(6));

		RunSlice second = store().runs(RunFilter.ALL, first.nextBefore(), 2);

		assertThat(first.rows()).containsExactly(run(4), run(3));
		assertThat(second.rows()).containsExactly(run(2), run(1));
		assertThat(second.nextBefore()).isZero();
	}

	@Test
	void goesOnWhereThePageBeforeEndedWhateverWasRemovedSince() {
		start(run(1), run(2), run(3), run(4));
		RunSlice first = store().runs(RunFilter.ALL, Long.MAX_VALUE, 2);
		store().commit(1, List.of(new RunRemoved(run(3)), new RunRemoved(run(2))));

		assertThat(store().runs(RunFilter.ALL, first.nextBefore(), 2).rows()).containsExactly(run(1));
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4 })
	void findsThroughAnyFilterWhatAPlainSearchWouldFind(long seed) {
		Random random = new Random(seed);
		List<RunRow> rows = new ArrayList<>();
		Instant createdAt = NOON;
		for (long number = 1; number <= 300; number++) {
			createdAt = createdAt.plusMillis(random.nextInt(3));
			RunRow row = RunRow.pending(number, "run-" + number, pick(random, "a", "b", "ab", "a\0b"), 1, tags(random),
					createdAt);
			commit(null, row);
			if (random.nextInt(10) == 0) {
				store().commit(1, List.of(new RunRemoved(row)));
				continue;
			}
			for (int changes = random.nextInt(4); changes > 0; changes--) {
				RunRow after = with(row, pick(random, WorkflowStatus.values()));
				commit(row, after);
				row = after;
			}
			rows.add(row);
		}

		for (int i = 0; i < 150; i++) {
			RunFilter filter = filter(random);

			assertThat(everyPage(filter, 1 + random.nextInt(20))).as(filter.toString())
				.containsExactlyElementsOf(rows.reversed().stream().filter(filter::accepts).toList());
		}
		for (WorkflowStatus status : WorkflowStatus.values()) {
			assertThat(store().oldest(status, 100, 7)).containsExactlyElementsOf(
					rows.stream().filter((row) -> row.number() > 100 && row.status() == status).limit(7).toList());
		}
	}

	@Test
	void findsOneRunBehindTenThousandOthersWithoutReadingThemAllAtOnce() {
		List<Change> changes = new ArrayList<>();
		RunRow wanted = tagged(1, Map.of("even", "yes", "odd", "yes"));
		changes.add(new RunChanged(null, wanted));
		for (long number = 2; number <= 24_000; number++) {
			changes.add(new RunChanged(null, tagged(number, Map.of((number % 2 == 0) ? "even" : "odd", "yes"))));
		}
		store().commit(1, changes);
		RunFilter both = new RunFilter(null, Set.of(), Map.of("even", "yes", "odd", "yes"), null, null);

		assertThat(everyPage(both, 50)).containsExactly(wanted);
	}

	@Test
	void pagesThroughMoreThanTenThousandRuns() {
		List<Change> changes = new ArrayList<>();
		for (long number = 1; number <= 11_000; number++) {
			changes.add(new RunChanged(null, run(number)));
		}
		store().commit(1, changes);

		List<RunRow> all = everyPage(RunFilter.ALL, 20_000);

		assertThat(all).hasSize(11_000).isSortedAccordingTo(Comparator.comparingLong(RunRow::number).reversed());
	}

	@Test
	void tellsTagsApartThatReadTheSameInOneGo() {
		RunRow first = tagged(1, Map.of("a", "bc"));
		RunRow second = tagged(2, Map.of("ab", "c"));
		RunRow third = tagged(3, Map.of("a", "b", "c", ""));
		start(first, second, third);

		assertThat(everyPage(new RunFilter(null, Set.of(), Map.of("a", "bc"), null, null), 9)).containsExactly(first);
		assertThat(everyPage(new RunFilter(null, Set.of(), Map.of("ab", "c"), null, null), 9)).containsExactly(second);
		assertThat(everyPage(new RunFilter(null, Set.of(), Map.of("a", "b"), null, null), 9)).containsExactly(third);
		assertThat(everyPage(new RunFilter(null, Set.of(), Map.of("c", ""), null, null), 9)).containsExactly(third);
	}

	@Test
	void listsTheOldestRunsOfAStatusFirst() {
		start(run(1), run(2), run(3), run(4));
		commit(run(2), run(2).running(NOON));

		assertThat(store().oldest(WorkflowStatus.PENDING, 0, 2)).containsExactly(run(1), run(3));
		assertThat(store().oldest(WorkflowStatus.PENDING, 3, 2)).containsExactly(run(4));
		assertThat(store().oldest(WorkflowStatus.RUNNING, 0, 2)).containsExactly(run(2).running(NOON));
	}

	@Test
	void listsExpiredRunsInTheOrderOfTheirExpiry() {
		start(run(1), run(2), run(3), run(4));
		RunRow late = ended(1, NOON.plusSeconds(30));
		RunRow early = ended(2, NOON.minusSeconds(86_400L * 365 * 80));
		RunRow atNow = ended(3, NOON.plusSeconds(10));
		RunRow justAfter = ended(4, NOON.plusSeconds(10).plusMillis(1));
		commit(run(1), late);
		commit(run(2), early);
		commit(run(3), atNow);
		commit(run(4), justAfter);

		assertThat(store().expired(null, NOON.plusSeconds(10), 10)).containsExactly(early, atNow);
		assertThat(store().expired(null, NOON.plusSeconds(60), 10)).containsExactly(early, atNow, justAfter, late);
		assertThat(store().expired(null, NOON.plusSeconds(60), 1)).containsExactly(early);
		assertThat(store().expired(early, NOON.plusSeconds(60), 2)).containsExactly(atNow, justAfter);
		assertThat(store().expired(late, NOON.plusSeconds(60), 2)).isEmpty();
	}

	@Test
	void forgetsTheExpiryOfARunThatGoesOn() {
		start(run(1));
		RunRow ended = ended(1, NOON);
		commit(run(1), ended);
		commit(ended, run(1).running(NOON));

		assertThat(store().expired(null, NOON.plusSeconds(1), 10)).isEmpty();
	}

	protected final void start(RunRow... rows) {
		for (RunRow row : rows) {
			commit(null, row);
		}
	}

	protected final void commit(@Nullable RunRow before, RunRow after) {
		store().commit(1, List.of(new RunChanged(before, after)));
	}

	protected static RunRow run(long number) {
		return tagged(number, Map.of());
	}

	protected static RunRow tagged(long number, Map<String, String> tags) {
		return RunRow.pending(number, "order-" + number, "order", 1, tags, NOON.plusMillis(number));
	}

	private static RunRow ended(long number, Instant expiresAt) {
		return run(number).ended(WorkflowStatus.COMPLETED, null, NOON, expiresAt);
	}

	/**
	 * All pages together, of which no row may come twice.
	 */
	protected final List<RunRow> everyPage(RunFilter filter, int limit) {
		List<RunRow> all = new ArrayList<>();
		long before = Long.MAX_VALUE;
		do {
			RunSlice page = store().runs(filter, before, limit);
			assertThat(page.rows()).hasSizeLessThanOrEqualTo(limit);
			assertThat(page.nextBefore()).isLessThan(before);
			all.addAll(page.rows());
			before = page.nextBefore();
		}
		while (before != 0);
		assertThat(new HashSet<>(all)).hasSameSizeAs(all);
		return all;
	}

	private static RunFilter filter(Random random) {
		Set<WorkflowStatus> statuses = new HashSet<>();
		for (int i = random.nextInt(4); i > 0; i--) {
			statuses.add(pick(random, WorkflowStatus.values()));
		}
		UnaryOperator<Instant> drawn = (start) -> start.plusMillis(random.nextInt(350)).plusNanos(random.nextInt(2));
		return new RunFilter(random.nextBoolean() ? pick(random, "a", "b", "ab", "a\0b", "none") : null, statuses,
				random.nextBoolean() ? tags(random) : Map.of(),
				(random.nextInt(3) == 0) ? drawn.apply(NOON.minusMillis(5)) : null,
				(random.nextInt(3) == 0) ? drawn.apply(NOON) : null);
	}

	private static Map<String, String> tags(Random random) {
		return switch (random.nextInt(4)) {
			case 0 -> Map.of("customer", pick(random, "7", "77"));
			case 1 -> Map.of("customer", pick(random, "7", "77"), "größe", pick(random, "", "L"));
			case 2 -> Map.of("größe", pick(random, "", "L"));
			default -> Map.of();
		};
	}

	private static RunRow with(RunRow row, WorkflowStatus status) {
		return switch (status) {
			case SCHEDULED -> row.scheduled(NOON);
			case PENDING -> row.pending();
			case RUNNING -> row.running(NOON);
			case SUSPENDED -> row.suspended("step", 2, "a timer");
			case PAUSED -> row.paused("unknown step");
			case COMPLETED, FAILED, CANCELLED, TIMED_OUT, TERMINATED, DEAD -> row.ended(status, "why", NOON, NOON);
		};
	}

	@SafeVarargs
	private static <T> T pick(Random random, T... values) {
		return values[random.nextInt(values.length)];
	}

}
