package io.kraft.engine.run;

import io.kraft.engine.journal.CancelCause;
import io.kraft.engine.journal.JournalEntry.OperationCancelled;
import io.kraft.engine.journal.Position;
import io.kraft.engine.run.Branch.Operation;
import io.kraft.engine.store.Change;
import io.kraft.workflow.WorkflowCancelledException;
import org.jspecify.annotations.Nullable;

/**
 * The cancellation of a branch: with its run, with a branch above it, or by itself. Used
 * by the branch's own thread, save what says whether it is requested, and its request.
 */
public final class BranchCancellation {

	private final LoadedRun run;

	private final CancelScope scope;

	private final Position prefix;

	private volatile int shields;

	private @Nullable CancelCause noticed;

	/**
	 * Of a branch.
	 * @param scope with what it is cancelled
	 * @param prefix of the branch
	 */
	BranchCancellation(LoadedRun run, CancelScope scope, Position prefix) {
		this.run = run;
		this.scope = scope;
		this.prefix = prefix;
	}

	/**
	 * The scope of a branch that this one opens now. Where this one is not cancelled, it
	 * is not cancelled with this one either, but by itself it may be.
	 */
	CancelScope below() {
		return (this.shields == 0) ? this.scope.below() : CancelScope.alone();
	}

	/**
	 * Whether an operation that is open is to be ended.
	 */
	public boolean isRequested() {
		return this.shields == 0 && this.scope.requested() != null;
	}

	/**
	 * Asks for the cancellation of the branch and of those below.
	 */
	public void request() {
		if (this.scope.request(CancelCause.BRANCH)) {
			this.run.continuation().signalCancelled();
		}
	}

	/**
	 * Begins no operation once the cancellation was noticed.
	 * @throws WorkflowCancelledException in that case
	 */
	void checkNotNoticed() {
		if (this.noticed != null && this.shields == 0) {
			throw notice(this.noticed);
		}
	}

	/**
	 * Ends an open operation, if the branch is to be cancelled: that is recorded, and
	 * from here on the branch begins none.
	 * @param changes go with the record
	 * @throws WorkflowCancelledException in that case
	 */
	public void checkNotRequested(Operation operation, Change... changes) {
		CancelCause cause = (this.shields == 0) ? this.scope.requested() : null;
		if (cause != null) {
			this.run.journal()
				.note(new OperationCancelled(operation.position(), operation.kind(), operation.name(), cause,
						this.run.environment().now()), changes);
			throw notice(cause);
		}
	}

	/**
	 * The branch's code notices that it is cancelled.
	 * @return to be thrown
	 */
	WorkflowCancelledException notice(CancelCause cause) {
		this.noticed = cause;
		this.run.cancellation().notice(cause);
		return new WorkflowCancelledException(Branch.describe(this.run, this.prefix) + " is cancelled: " + cause.text()
				+ ". See docs/reference/errors.md#kraft-2006", null, this.run.id());
	}

	/**
	 * Executes code whose operations are not cancelled.
	 */
	@SuppressWarnings("NonAtomicVolatileUpdate") // Written by the branch's own thread
													// only.
	public <T extends @Nullable Object, X extends Throwable> T shielded(Shielded<T, X> code) throws X {
		this.shields++;
		try {
			return code.call();
		}
		finally {
			this.shields--;
		}
	}

	/**
	 * Code that is not cancelled.
	 */
	@FunctionalInterface
	public interface Shielded<T extends @Nullable Object, X extends Throwable> {

		T call() throws X;

	}

}
