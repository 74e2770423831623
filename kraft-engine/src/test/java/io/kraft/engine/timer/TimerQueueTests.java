package io.kraft.engine.timer;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;

import io.kraft.engine.journal.Position;
import io.kraft.engine.store.Timer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class TimerQueueTests {

	private final TimerQueue queue = new TimerQueue(2);

	@Test
	void takesWhatIsDueInDueOrder() {
		add(3, 1, 2);

		assertThat(this.queue.takeDue(at(2), Integer.MAX_VALUE)).containsExactly(timer(1), timer(2));
		assertThat(this.queue.takeDue(at(2), Integer.MAX_VALUE)).isEmpty();
		assertThat(this.queue.nextDue()).isEqualTo(at(3));
	}

	@Test
	void keepsOnlyTheNearestWhenThereAreTooMany() {
		add(5, 4, 3, 2, 1);

		assertThat(this.queue.takeDue(at(9), Integer.MAX_VALUE)).containsExactly(timer(1), timer(2));
		assertThat(this.queue.needsFilling()).isTrue();
		assertThat(this.queue.beginFilling()).isEqualTo(timer(2));
	}

	@Test
	void leavesOnDiskWhatComesAfterTheHorizon() {
		add(1, 2, 3, 4, 5);
		add(6);

		assertThat(this.queue.takeDue(at(9), Integer.MAX_VALUE)).containsExactly(timer(1), timer(2));
	}

	@Test
	void takesInWhatComesBeforeTheHorizon() {
		add(2, 4, 6, 8, 10);
		add(1, 3);

		assertThat(this.queue.takeDue(at(9), Integer.MAX_VALUE)).containsExactly(timer(1), timer(2), timer(3),
				timer(4));
	}

	@Test
	void isReadAgainWhenTheNearOnesHaveRunOut() {
		this.queue.beginFilling();
		this.queue.endFilling(List.of(timer(1), timer(2)), 2);

		assertThat(this.queue.needsFilling()).isFalse();
		this.queue.takeDue(at(2), Integer.MAX_VALUE);
		assertThat(this.queue.needsFilling()).isTrue();
		assertThat(this.queue.beginFilling()).isEqualTo(timer(2));
	}

	@Test
	void isNotReadAgainWhenTheDiskHoldsNoMore() {
		this.queue.beginFilling();
		this.queue.endFilling(List.of(timer(1)), 2);
		this.queue.takeDue(at(1), Integer.MAX_VALUE);

		assertThat(this.queue.needsFilling()).isFalse();
		add(7);
		assertThat(this.queue.nextDue()).isEqualTo(at(7));
	}

	@Test
	void keepsWhatIsAddedWhileTheDiskIsRead() {
		this.queue.beginFilling();
		add(1);
		this.queue.endFilling(List.of(timer(2), timer(3)), 2);

		assertThat(this.queue.takeDue(at(3), Integer.MAX_VALUE)).containsExactly(timer(1), timer(2), timer(3));
	}

	@Test
	void aFarTimerAddedWhileTheDiskIsReadDoesNotHideThoseBeforeIt() {
		this.queue.beginFilling();
		add(100);
		this.queue.endFilling(List.of(timer(1), timer(2)), 2);

		this.queue.takeDue(at(2), Integer.MAX_VALUE);

		assertThat(this.queue.needsFilling()).as("3 is on disk, and due before 100").isTrue();
		assertThat(this.queue.beginFilling()).isEqualTo(timer(2));
	}

	@ParameterizedTest(name = "seed {0}")
	@ValueSource(longs = { 1, 2, 3, 4, 5 })
	void whateverHappensEachTimerIsTakenInDueOrder(long seed) {
		Random random = new Random(seed);
		TreeSet<Timer> disk = new TreeSet<>();
		List<Timer> reading = new ArrayList<>();
		boolean filling = false;
		int now = 0;
		for (int round = 0; round < 3000; round++) {
			switch (random.nextInt(4)) {
				case 0 -> {
					Timer added = new Timer(at(now + 1 + random.nextInt(50)), round, Position.ROOT);
					disk.add(added);
					this.queue.add(added);
				}
				case 1 -> {
					if (!disk.isEmpty() && random.nextInt(3) == 0) {
						Timer removed = new ArrayList<>(disk).get(random.nextInt(disk.size()));
						disk.remove(removed);
						this.queue.remove(removed);
					}
				}
				case 2 -> {
					if (filling) {
						this.queue.endFilling(reading, 2);
						filling = false;
					}
					else if (this.queue.needsFilling()) {
						Timer after = this.queue.beginFilling();
						reading = new ArrayList<>(disk.stream()
							.filter((timer) -> after == null || timer.compareTo(after) > 0)
							.limit(2)
							.toList());
						filling = true;
					}
				}
				default -> {
					if (!filling && !this.queue.needsFilling()) {
						Instant next = this.queue.nextDue();
						// One that was removed while it was read is there once more.
						if (!disk.isEmpty()) {
							assertThat(next).as("in round %s", round)
								.isNotNull()
								.isBeforeOrEqualTo(disk.first().dueAt());
						}
						if (next != null) {
							now = Math.toIntExact(next.getEpochSecond());
							List<Timer> taken = this.queue.takeDue(next, Integer.MAX_VALUE);
							assertThat(taken).as("in round %s", round).isSorted();
							taken.forEach(disk::remove);
						}
					}
				}
			}
		}
	}

	private void add(int... seconds) {
		for (int second : seconds) {
			this.queue.add(timer(second));
		}
	}

	private static Timer timer(int second) {
		return new Timer(at(second), second, Position.ROOT);
	}

	private static Instant at(int second) {
		return Instant.ofEpochSecond(second);
	}

}
