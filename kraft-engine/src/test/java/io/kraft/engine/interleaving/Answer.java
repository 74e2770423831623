package io.kraft.engine.interleaving;

import io.kraft.workflow.KraftException;
import org.jspecify.annotations.Nullable;

/**
 * What the caller of an operation was told.
 *
 * @param code of the refusal; null if the operation was acknowledged
 */
record Answer(@Nullable String code) {

	static final Answer DONE = new Answer(null);

	static final Answer UNKNOWN_ID = new Answer("KRAFT-3001");

	static final Answer EXISTS = new Answer("KRAFT-3002");

	static final Answer ENDED = new Answer("KRAFT-3003");

	static final Answer NOT_ENDED = new Answer("KRAFT-3008");

	static final Answer NO_POSITION = new Answer("KRAFT-1008");

	static Answer refused(KraftException refusal) {
		return new Answer(refusal.code());
	}

	boolean isAcknowledged() {
		return this.code == null;
	}

	@Override
	public String toString() {
		return (this.code != null) ? this.code : "done";
	}

}
