package io.kraft.engine.store;

import java.util.List;

import io.kraft.engine.store.Change.RunChanged;
import io.kraft.engine.store.Change.ScheduleChanged;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a store promises about the rows of schedules.
 */
abstract class ScheduleContract extends CountContract {

	private static final ScheduleRow NEW = ScheduleRow.begin("report", "every 10m", NOON);

	@Test
	void knowsNoScheduleWhenItIsNew() {
		assertThat(store().schedule("report")).isEmpty();
	}

	@Test
	void keepsTheLastRowOfEachSchedule() {
		ScheduleRow other = ScheduleRow.begin("reports ü", "cron 0 0 3 * * *", NOON.plusMillis(5)).toPaused();
		ScheduleRow after = NEW.ran(NOON.plusSeconds(600)).skipped(NOON.plusSeconds(1200));
		store().commit(1, List.of(new ScheduleChanged(NEW), new ScheduleChanged(other)));
		store().commit(1, List.of(new RunChanged(null, run(1)), new ScheduleChanged(after)));
		reopen();

		assertThat(store().schedule("report")).contains(after);
		assertThat(store().schedule("reports ü")).contains(other);
		assertThat(store().schedule("reports")).isEmpty();
		assertThat(store().run(1)).isPresent();
		assertThat(store().epoch()).as("beside the rows").isEqualTo(1);
	}

}
