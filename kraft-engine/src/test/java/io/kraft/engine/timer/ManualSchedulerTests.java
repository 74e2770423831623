package io.kraft.engine.timer;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ManualSchedulerTests {

	private final ManualScheduler scheduler = new ManualScheduler();

	private final List<String> called = new ArrayList<>();

	@Test
	void dueTasksAreCalledInOrderAtTheirTime() {
		schedule(2, "b");
		schedule(1, "a");
		schedule(2, "c");
		schedule(9, "late");

		this.scheduler.advance(Duration.ofSeconds(5));

		assertThat(this.called).containsExactly("a@1", "b@2", "c@2");
		assertThat(this.scheduler.instant()).isEqualTo(at(5));
		assertThat(this.scheduler.nextDue()).contains(at(9));
	}

	@Test
	void tasksThatTasksScheduleAreCalledInTheSameAdvance() {
		this.scheduler.schedule(at(1), () -> {
			schedule(2, "second");
			schedule(0, "overdue");
			schedule(6, "later");
		});

		this.scheduler.advanceTo(at(5));

		assertThat(this.called).containsExactly("overdue@1", "second@2");
	}

	@Test
	void aTaskThatIsDueAlreadyIsCalledByTheNextAdvance() {
		schedule(0, "now");

		assertThat(this.called).isEmpty();
		this.scheduler.advance(Duration.ZERO);

		assertThat(this.called).containsExactly("now@0");
	}

	@Test
	void theClockDoesNotStopForTheHousehold() {
		repeatUpkeep(1);
		schedule(5, "task");

		this.scheduler.advanceTo(at(9));

		assertThat(this.called).containsExactly("upkeep@5", "task@5", "upkeep@9");
		assertThat(this.scheduler.nextDue()).isEmpty();
	}

	private void repeatUpkeep(int second) {
		this.scheduler.scheduleUpkeep(at(second), () -> {
			this.called.add("upkeep@" + secondsNow());
			repeatUpkeep(secondsNow() + 1);
		});
	}

	private int secondsNow() {
		return (int) Duration.between(ManualScheduler.START, this.scheduler.instant()).toSeconds();
	}

	@Test
	void aCancelledTaskIsNotCalled() {
		Scheduler.Scheduled first = schedule(1, "first");
		schedule(1, "second");

		first.cancel();
		this.scheduler.advance(Duration.ofSeconds(1));
		first.cancel();

		assertThat(this.called).containsExactly("second@1");
		assertThat(this.scheduler.nextDue()).isEmpty();
	}

	@Test
	void aClosedOneDropsItsTasks() {
		schedule(1, "a");

		this.scheduler.close();
		schedule(1, "b");
		this.scheduler.advance(Duration.ofSeconds(1));

		assertThat(this.called).isEmpty();
	}

	@Test
	void theClockDoesNotGoBack() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.scheduler.advance(Duration.ofSeconds(-1)));
	}

	private Scheduler.Scheduled schedule(long second, String name) {
		return this.scheduler.schedule(at(second), () -> this.called
			.add(name + "@" + Duration.between(ManualScheduler.START, this.scheduler.instant()).toSeconds()));
	}

	private static Instant at(long second) {
		return ManualScheduler.START.plusSeconds(second);
	}

}
