package io.kraft.engine.store.kv;

import java.time.Instant;

import io.kraft.client.WorkflowStatus;
import io.kraft.engine.store.RunRow;
import io.kraft.engine.store.check.Finding.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Checks rows for themselves: that the fields fit the status, and that creation follows
 * the numbers.
 */
final class RowCheck {

	private final Findings findings;

	private @Nullable Instant lastCreatedAt;

	RowCheck(Findings findings) {
		this.findings = findings;
	}

	/**
	 * Checks the next row.
	 */
	void check(RunRow row) {
		WorkflowStatus status = row.status();
		boolean ended = status.isTerminal();
		expect(row, "finishedAt", row.finishedAt(), ended);
		expect(row, "failure", row.failure(), ended && status != WorkflowStatus.COMPLETED);
		expect(row, "reason", row.reason(), status == WorkflowStatus.PAUSED);
		expect(row, "waitingFor", row.waitingFor(),
				status == WorkflowStatus.SUSPENDED || status == WorkflowStatus.SCHEDULED);
		if (status == WorkflowStatus.RUNNING || status == WorkflowStatus.SUSPENDED) {
			expect(row, "startedAt", row.startedAt(), true);
		}
		if (status != WorkflowStatus.SUSPENDED) {
			expect(row, "currentStep", row.currentStep(), false);
		}
		if (ended != (row.expiresAt() != null) && status != WorkflowStatus.DEAD) {
			this.findings.add(Kind.EXPIRY, row, "expiresAt", (ended ? "a time" : "none") + " with status " + status,
					String.valueOf(row.expiresAt()));
		}
		if (this.lastCreatedAt != null && row.createdAt().isBefore(this.lastCreatedAt)) {
			this.findings.add(Kind.CREATION_ORDER, row, "createdAt",
					this.lastCreatedAt + " or later, as the run before it", row.createdAt().toString());
		}
		this.lastCreatedAt = row.createdAt();
	}

	private void expect(RunRow row, String field, @Nullable Object value, boolean present) {
		if ((value != null) != present) {
			this.findings.add(Kind.ROW, row, field, (present ? "a value" : "none") + " with status " + row.status(),
					String.valueOf(value));
		}
	}

}
