package io.kraft.engine.store.memory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

import io.kraft.client.WorkflowStatus;
import io.kraft.engine.journal.Position;
import io.kraft.engine.store.Change;
import io.kraft.engine.store.RunFilter;
import io.kraft.engine.store.RunRow;
import io.kraft.engine.store.RunSlice;
import io.kraft.engine.store.Store;
import io.kraft.engine.store.Timer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever was read before, a read finds what is there: random changes and reads of one
 * store, compared with a model.
 */
class RandomReadTests {

	private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

	private static final List<WorkflowStatus> STATUSES = List.of(WorkflowStatus.PENDING, WorkflowStatus.RUNNING,
			WorkflowStatus.COMPLETED);

	private final Store store = new MemoryMedium().open();

	private final TreeMap<Long, RunRow> runs = new TreeMap<>(Comparator.reverseOrder());

	private final SortedSet<Timer> timers = new TreeSet<>();

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4, 5, 6, 7, 8 })
	void findsWhatIsThereWhateverWasReadBefore(long seed) {
		Random random = new Random(seed);
		this.store.claim(1);
		long last = 0;
		for (int step = 0; step < 3_000; step++) {
			switch (random.nextInt(8)) {
				// Far apart, so that what is between them is remembered.
				case 0, 1 -> start(last += 1 + random.nextInt(3_000), random);
				case 2, 3 -> change(random);
				case 4 -> time(random);
				case 5 -> read(random);
				case 6 -> assertThat(this.store.timers(null, 5)).isEqualTo(this.timers.stream().limit(5).toList());
				default -> list(random);
			}
		}
		this.store.close();
	}

	private void start(long number, Random random) {
		RunRow row = RunRow.pending(number, "run-" + number, "order", 1, null, Map.of(), random.nextInt(3), null, NOON);
		this.store.commit(1, List.of(new Change.RunChanged(null, row)));
		this.runs.put(number, row);
	}

	private void change(Random random) {
		if (this.runs.isEmpty()) {
			return;
		}
		List<RunRow> rows = new ArrayList<>(this.runs.values());
		RunRow row = rows.get(random.nextInt(Math.min(rows.size(), 40)));
		if (random.nextInt(6) == 0) {
			this.store.commit(1, List.of(new Change.RunRemoved(row, 0)));
			this.runs.remove(row.number());
			return;
		}
		RunRow after = switch (STATUSES.get(random.nextInt(3))) {
			case PENDING -> row.pending();
			case RUNNING -> row.running(NOON);
			default -> row.ended(WorkflowStatus.COMPLETED, null, NOON, NOON.plusSeconds(random.nextInt(100)));
		};
		this.store.commit(1, List.of(new Change.RunChanged(row, after)));
		this.runs.put(row.number(), after);
	}

	private void time(Random random) {
		Timer timer = new Timer(NOON.plusSeconds(random.nextInt(100)), 1 + random.nextInt(5), Position.of(1));
		boolean set = this.timers.add(timer);
		if (!set) {
			this.timers.remove(timer);
		}
		this.store.commit(1, List.of(set ? new Change.TimerSet(timer) : new Change.TimerRemoved(timer)));
	}

	private void read(Random random) {
		WorkflowStatus status = STATUSES.get(random.nextInt(3));
		long after = random.nextBoolean() ? 0 : random.nextInt(1_000_000);
		assertThat(this.store.oldest(status, after, 3)).isEqualTo(this.runs.descendingMap()
			.values()
			.stream()
			.filter((row) -> row.status() == status && row.number() > after)
			.limit(3)
			.toList());
		assertThat(this.store.pending("order", null, 3)).isEqualTo(this.runs.descendingMap()
			.values()
			.stream()
			.filter((row) -> row.status() == WorkflowStatus.PENDING)
			.sorted(Comparator.comparingInt(RunRow::priority).reversed())
			.limit(3)
			.toList());
		assertThat(this.store.workflowsWithPending()).hasSizeLessThanOrEqualTo(1);
		Instant now = NOON.plusSeconds(random.nextInt(100));
		assertThat(this.store.expired(null, now, 3)).isEqualTo(this.runs.descendingMap()
			.values()
			.stream()
			.filter((row) -> row.expiresAt() != null && !row.expiresAt().isAfter(now))
			.sorted(Comparator.comparing(RunRow::expiresAt))
			.limit(3)
			.toList());
	}

	private void list(Random random) {
		Set<WorkflowStatus> statuses = EnumSet.noneOf(WorkflowStatus.class);
		for (WorkflowStatus status : STATUSES) {
			if (random.nextBoolean()) {
				statuses.add(status);
			}
		}
		RunFilter filter = new RunFilter(random.nextBoolean() ? "order" : null, statuses, Map.of(), null, null);
		long before = random.nextBoolean() ? Long.MAX_VALUE : random.nextInt(1_000_000);
		RunSlice slice = this.store.runs(filter, before, 4);
		assertThat(slice.rows()).isEqualTo(this.runs.values()
			.stream()
			.filter((row) -> row.number() < before && filter.accepts(row))
			.limit(4)
			.toList());
	}

}
