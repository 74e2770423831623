package io.kraft.engine.lifecycle;

import java.util.List;
import java.util.Map;

import io.kraft.client.WorkflowStatus;
import io.kraft.engine.journal.CancelCause;
import io.kraft.engine.journal.Failure;
import io.kraft.engine.journal.JournalEntry.FailureTraced;
import io.kraft.engine.journal.OperationKind;
import io.kraft.engine.journal.Outcome;
import io.kraft.engine.journal.RecordedOperation;
import io.kraft.engine.journal.failure.Failures;
import io.kraft.engine.operation.CompensationOperation;
import io.kraft.engine.run.Branch;
import io.kraft.engine.run.Branches;
import io.kraft.engine.run.ContinuedAsNew;
import io.kraft.engine.run.Divergence;
import io.kraft.engine.run.LoadedRun;
import io.kraft.engine.run.RunUnwound;
import io.kraft.engine.run.Unrunnable;
import io.kraft.engine.run.WaitCondition;
import io.kraft.workflow.WorkflowCancelledException;
import io.kraft.workflow.WorkflowTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * What a run does from its method's call to its outcome: the method itself, the end of
 * the branches that it leaves open, and, if it fails, its compensation.
 */
final class RunBody {

	private final LoadedRun run;

	private final Branch root;

	RunBody(LoadedRun run, Branch root) {
		this.run = run;
		this.root = root;
	}

	/**
	 * Executes it.
	 * @throws RunUnwound if the run does not continue here
	 * @throws ContinuedAsNew if it continues with a fresh journal
	 */
	Conclusion execute() {
		this.run.continuation().check();
		CancelCause before = this.run.cancellation().requested();
		if (before != null && this.run.replay().isOver()) {
			return concludeFailed(cancelledBeforeBegin(before), before, List.of());
		}
		Outcome result;
		try {
			result = call();
		}
		catch (RunUnwound ex) {
			throw ex;
		}
		catch (ContinuedAsNew ex) {
			endBranches();
			checkCaughtUp();
			throw ex;
		}
		catch (Throwable ex) {
			return fail(ex);
		}
		endBranches();
		checkCaughtUp();
		return new Conclusion(WorkflowStatus.COMPLETED, result);
	}

	private Outcome call() throws Throwable {
		Object value = this.run.definition().resultStyle().await(this.run.definition().body().call(arguments()));
		this.run.continuation().check();
		return new Outcome.Success(this.run.environment()
			.payloads()
			.write(value, this.run.definition().signature().resultType(),
					"the result of workflow '" + this.run.definition().name() + "'"));
	}

	private @Nullable Object[] arguments() {
		return this.run.values()
			.readArguments(this.run.origin().started().arguments(), this.run.definition().signature().parameterTypes());
	}

	private Conclusion fail(Throwable failure) {
		this.run.continuation().checkNotCutOff(failure);
		Unrunnable.check(this.run, failure);
		this.run.continuation().check();
		endBranches();
		checkOnlyCompensationsAhead();
		List<Throwable> alsoFailed = CompensationOperation.compensateAll(this.root);
		// Those that the compensations have opened.
		endBranches();
		checkCaughtUp();
		CancelCause cancelled = isCancellation(failure) ? this.run.cancellation().noticed() : null;
		return concludeFailed(failure, cancelled, alsoFailed);
	}

	private void checkOnlyCompensationsAhead() {
		RecordedOperation ahead = this.run.replay().first();
		if (ahead != null && ahead.kind() == OperationKind.COMPENSATION && ahead.position().equals(this.root.next())) {
			ahead = this.run.replay().firstOutside(this.root.next());
		}
		if (ahead != null) {
			throw this.run.continuation().pause(Divergence.atEnd(this.run.id(), ahead));
		}
	}

	private void endBranches() {
		Branches branches = this.run.branches();
		if (!branches.isRootAlone()) {
			branches.cancelAllButRoot();
			WaitCondition wait = WaitCondition.forSubject(branches, null, null, "branches that are being cancelled");
			this.root.cancellation()
				.shielded(() -> this.run.parking()
					.await(this.root, wait, () -> branches.isRootAlone() ? Boolean.TRUE : null));
		}
	}

	/** Also for code that has caught the error with which its stack was to be unwound. */
	private void checkCaughtUp() {
		this.run.continuation().check();
		RecordedOperation ahead = this.run.replay().first();
		if (ahead != null) {
			throw this.run.continuation().pause(Divergence.atEnd(this.run.id(), ahead));
		}
	}

	private Conclusion concludeFailed(Throwable failure, @Nullable CancelCause cancelled, List<Throwable> suppressed) {
		WorkflowStatus status = (this.run.definition().item() != null) ? WorkflowStatus.DEAD : WorkflowStatus.FAILED;
		Throwable shown = failure;
		if (cancelled == CancelCause.TIMED_OUT) {
			status = WorkflowStatus.TIMED_OUT;
			shown = new WorkflowTimeoutException(
					"the time of run '" + this.run.id()
							+ "' was over before it ended. See docs/reference/errors.md#kraft-2007",
					failure, this.run.id());
		}
		else if (cancelled == CancelCause.FAILED) {
			shown = failedOnRequest(failure);
		}
		else if (cancelled != null) {
			status = WorkflowStatus.CANCELLED;
			shown = (failure instanceof WorkflowCancelledException) ? failure
					: new WorkflowCancelledException(
							"run '" + this.run.id() + "' was cancelled. See docs/reference/errors.md#kraft-2006",
							failure, this.run.id());
		}
		List<Failure> recorded = suppressed.stream().map(Failures::record).toList();
		boolean mayBeRetried = cancelled == null || cancelled == CancelCause.FAILED;
		FailureTraced traced = mayBeRetried ? this.run.failures().of(failure, this.run.environment().now()) : null;
		return new Conclusion(status, new Outcome.Failed(Failures.record(shown).withSuppressed(recorded)), shown,
				traced);
	}

	/** For the callers that wait; the code of the run was cancelled. */
	private Throwable failedOnRequest(Throwable failure) {
		Failure asked = this.run.requests().failure();
		return (asked != null) ? Failures.restoreUnchecked(asked, Map.of("runId", this.run.id())) : failure;
	}

	private WorkflowCancelledException cancelledBeforeBegin(CancelCause cause) {
		return new WorkflowCancelledException("run '" + this.run.id() + "' was cancelled before it began: "
				+ cause.text() + ". See docs/reference/errors.md#kraft-2006", null, this.run.id());
	}

	private static boolean isCancellation(Throwable failure) {
		int depth = 0;
		for (Throwable ex = failure; ex != null && depth < 64; ex = Failures.causeOf(ex)) {
			if (ex instanceof WorkflowCancelledException) {
				return true;
			}
			depth++;
		}
		return false;
	}

}
