package io.kraft.engine.lifecycle;

import java.time.Instant;
import java.util.List;

import io.kraft.client.WorkflowStatus;
import io.kraft.engine.admission.Admission;
import io.kraft.engine.admission.Lending;
import io.kraft.engine.admission.PendingQueues;
import io.kraft.engine.ledger.RunLedger;
import io.kraft.engine.run.AwaitedChildren.Child;
import io.kraft.engine.run.ChildTurns;
import io.kraft.engine.run.LoadedRun;
import io.kraft.engine.store.RunRow;
import org.jspecify.annotations.Nullable;

/**
 * The runs that wait for their turn on disk, and the places that others lend them.
 * Thread-safe, save what says that it is for the loader's thread.
 */
final class PendingRuns implements ChildTurns {

	private final PendingQueues queues;

	private final Lending lending;

	private final Admission admission;

	private final LoaderSignal signal;

	PendingRuns(PendingQueues queues, Lending lending, Admission admission, LoaderSignal signal) {
		this.queues = queues;
		this.lending = lending;
		this.admission = admission;
		this.signal = signal;
	}

	/**
	 * Whether a run waits for its turn as of its latest state. One that cannot be read is
	 * to be loaded, and so to be skipped.
	 */
	static boolean isPending(RunLedger ledger, long run) {
		try {
			return ledger.decide(run, (record) -> {
				RunRow row = record.row();
				return row != null && row.status() == WorkflowStatus.PENDING;
			});
		}
		catch (RuntimeException ex) {
			if (UnreadableRun.isCauseOf(ex)) {
				return true;
			}
			throw ex;
		}
	}

	void start() {
		this.lending.start();
	}

	/**
	 * Nothing is loaded any more: what opens is for other partitions. Must not block.
	 */
	void close() {
		this.admission.close();
	}

	/**
	 * A run was made durable that waits for its turn.
	 */
	void expect(RunRow row) {
		this.queues.expect(row);
		this.lending.expectAgain(row);
		this.signal.give();
	}

	@Override
	public void waits(LoadedRun run, List<Child> children) {
		if (this.lending.waits(run.definition().name(), run.number(), children)) {
			this.signal.give();
		}
	}

	@Override
	public void continues(LoadedRun run) {
		this.admission.continues(run.definition().name(), run.number());
	}

	/**
	 * Whether a new run of a workflow is to wait behind others.
	 */
	boolean holdUp(String workflow) {
		return this.queues.holdUp(workflow);
	}

	/**
	 * Whether one may begin when a slot is free.
	 */
	boolean mayBegin() {
		return this.queues.mayOpen() || this.lending.mayHaveMore();
	}

	/**
	 * Looks up the children that may begin in lent places; for the loader's thread.
	 */
	void lookUpChildren() {
		this.lending.lookUp();
	}

	/**
	 * When a rate lets the next one begin; null if none waits for that. For the loader's
	 * thread.
	 */
	@Nullable Instant opensAt() {
		return this.queues.opensAt();
	}

	/**
	 * The next whose turn it is; null if there is none. For the loader's thread.
	 */
	@Nullable RunRow next() {
		RunRow onLoan = this.queues.nextOnLoan();
		return (onLoan != null) ? onLoan : this.queues.next();
	}

}
