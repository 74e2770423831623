package io.kraft.engine.run;

import io.kraft.engine.journal.CancelCause;
import org.jspecify.annotations.Nullable;

/**
 * The cancellation of a run: its branches notice a request at their next operation, and
 * where they wait. Thread-safe.
 */
public final class RunCancellation {

	private final CancelScope scope = CancelScope.ofRun();

	private final RunContinuation continuation;

	private volatile @Nullable CancelCause noticed;

	RunCancellation(RunContinuation continuation) {
		this.continuation = continuation;
	}

	CancelScope scope() {
		return this.scope;
	}

	/**
	 * Asks for the cancellation of the run; the first cause counts.
	 */
	void request(CancelCause cause) {
		if (this.scope.request(cause)) {
			this.continuation.signalCancelled();
		}
	}

	/**
	 * Why the run is to be cancelled; null if it is not.
	 */
	public @Nullable CancelCause requested() {
		return this.scope.requested();
	}

	/**
	 * Why the run's code was cancelled; null if it has not noticed anything of that.
	 */
	public @Nullable CancelCause noticed() {
		return this.noticed;
	}

	/** The code of one of its branches was cancelled. */
	void notice(CancelCause cause) {
		if (cause != CancelCause.BRANCH) {
			this.noticed = cause;
		}
	}

}
