package io.kraft.engine.execution;

import java.util.Objects;

import io.kraft.client.WorkflowStatus;
import io.kraft.engine.ledger.RunChange;
import io.kraft.engine.ledger.RunLedger;
import io.kraft.engine.ledger.RunRecord;
import io.kraft.engine.partition.Partition;
import io.kraft.engine.partition.RefusedRun;
import io.kraft.engine.run.LogContext;
import io.kraft.engine.state.Transition;
import io.kraft.engine.store.RunRow;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pauses a run of which a change was refused, so that nothing writes on. Thread-safe.
 */
final class Quarantine {

	private static final Logger logger = LoggerFactory.getLogger(Quarantine.class);

	private final Partition partition;

	private final RunLedger ledger;

	Quarantine(Partition partition, RunLedger ledger) {
		this.partition = partition;
		this.ledger = ledger;
	}

	/** On a thread of its own: it waits for the committer, which has reported it. */
	void pause(RefusedRun refused) {
		String reason = Objects.requireNonNullElse(refused.refusal().getMessage(), refused.refusal().code());
		Runnable task = () -> this.ledger.decide(refused.run(), (record) -> pause(record, reason));
		this.partition.supervision().threads().virtual("kraft-refused", this.partition.work().counted(task)).start();
	}

	private static String pause(RunRecord record, String reason) {
		record.discard();
		RunRow row = record.row();
		if (record.isOpen() && row != null && row.status() != WorkflowStatus.PAUSED) {
			record.commit(RunChange.to(Transition.PAUSE, row.paused(reason)));
			LogContext.about(row, () -> logger.warn("Run '{}' is paused: {}", row.id(), reason));
		}
		return reason;
	}

}
