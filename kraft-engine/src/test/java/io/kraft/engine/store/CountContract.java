package io.kraft.engine.store;

import java.util.List;
import java.util.Map;

import io.kraft.client.WorkflowStatus;
import io.kraft.engine.store.Change.RunChanged;
import io.kraft.engine.store.Change.RunRemoved;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What a store promises about how many runs it has.
 */
abstract class CountContract extends QueueContract {

	@Test
	void countsRunsByWorkflowAndByStatus() {
		RunRow first = pending(1, "order");
		RunRow second = pending(2, "order");
		RunRow other = pending(3, "größe");
		store().commit(1, List.of(new RunChanged(null, first), new RunChanged(null, second),
				new RunChanged(first, first.running(NOON)), new RunChanged(null, other)));
		store().commit(1, List.of(new RunChanged(second, second.paused("a reason"))));

		Map<String, StatusCounts> counts = Map.of("order",
				StatusCounts.NONE.plus(WorkflowStatus.RUNNING, 1).plus(WorkflowStatus.PAUSED, 1), "größe",
				StatusCounts.NONE.plus(WorkflowStatus.PENDING, 1));
		assertThat(store().counts()).isEqualTo(counts);
		reopen();
		assertThat(store().counts()).isEqualTo(counts);
	}

	@Test
	void forgetsAWorkflowWhoseRunsWereAllRemoved() {
		RunRow row = pending(1, "order");
		store().commit(1, List.of(new RunChanged(null, row)));
		store().commit(1, List.of(new RunRemoved(row)));

		assertThat(store().counts()).isEmpty();
		reopen();
		assertThat(store().counts()).isEmpty();
	}

	@Test
	void countsNothingOfACommitThatIsRefused() {
		store().commit(1, List.of(new RunChanged(null, pending(1, "order"))));

		assertThatExceptionOfType(StaleEpochException.class)
			.isThrownBy(() -> store().commit(2, List.of(new RunChanged(null, pending(2, "order")))));
		store().commit(1, List.of(new RunChanged(null, pending(3, "order"))));

		assertThat(store().counts()).isEqualTo(Map.of("order", StatusCounts.NONE.plus(WorkflowStatus.PENDING, 2)));
	}

	private static RunRow pending(long number, String workflow) {
		return RunRow.pending(number, "run-" + number, workflow, 1, Map.of(), NOON);
	}

}
