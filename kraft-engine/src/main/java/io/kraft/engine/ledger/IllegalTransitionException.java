package io.kraft.engine.ledger;

import io.kraft.engine.state.Transition;
import io.kraft.engine.store.RunRow;
import org.jspecify.annotations.Nullable;

/**
 * A decision requested a transition that the table does not have: an error in the engine.
 * Nothing was written.
 */
public final class IllegalTransitionException extends IllegalStateException {

	private static final long serialVersionUID = 1L;

	IllegalTransitionException(long run, Transition transition, @Nullable RunRow before, @Nullable RunRow after) {
		super("Run number " + run + " cannot " + transition + " from " + text(before) + " to " + text(after)
				+ ". This is an error in Kraft: please report it");
	}

	private static String text(@Nullable RunRow row) {
		return (row != null) ? row.status() + " (revision " + row.revision() + ")" : "no run";
	}

}
