package io.kraft.engine.run;

import java.util.concurrent.atomic.AtomicReference;

import io.kraft.engine.journal.CancelCause;
import org.jspecify.annotations.Nullable;

/**
 * What is cancelled together: a run, or a branch of it, with all branches below.
 * Thread-safe.
 */
public final class CancelScope {

	private final @Nullable CancelScope above;

	private final AtomicReference<@Nullable CancelCause> requested = new AtomicReference<>();

	private CancelScope(@Nullable CancelScope above) {
		this.above = above;
	}

	static CancelScope ofRun() {
		return new CancelScope(null);
	}

	/**
	 * Of a branch that is not cancelled with what is above it.
	 */
	static CancelScope alone() {
		return new CancelScope(null);
	}

	CancelScope below() {
		return new CancelScope(this);
	}

	/**
	 * Asks for the cancellation; the first cause counts.
	 * @return whether this was the first time
	 */
	boolean request(CancelCause cause) {
		return this.requested.compareAndSet(null, cause);
	}

	/**
	 * Why this is to be cancelled; null if it is not.
	 */
	@Nullable CancelCause requested() {
		CancelCause own = this.requested.get();
		return (own != null || this.above == null) ? own : this.above.requested();
	}

}
