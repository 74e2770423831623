package io.kraft.spring.boot.autoconfigure.actuate;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.kraft.client.WorkflowDescription;
import io.kraft.client.WorkflowStatus;
import io.kraft.engine.journal.UnreadableEntryException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class UnreadableJournalTests {

	@Test
	void aRunWhoseJournalIsDamagedIsStillDescribedAndTellsSo() {
		WorkflowDescription run = new WorkflowDescription("o", "order", 1, WorkflowStatus.PAUSED, "KRAFT-4008: cut off",
				null, Map.of(), 0, null, Instant.EPOCH, null, null, null, 0, null);

		WorkflowDetailDescriptor detail = WorkflowDetailDescriptor.of(run,
				UnreadableEntryException.corrupt("it is cut off"));

		assertThat(detail.workflow().reason()).startsWith("KRAFT-4008");
		assertThat(detail.journalError()).startsWith("KRAFT-4008");
		assertThat(detail.open()).isEqualTo(List.of());
		assertThat(detail.entries()).isNull();
	}

}
