package io.kraft.engine.journal;

import org.jspecify.annotations.Nullable;

/**
 * What kind of durable call an operation is.
 */
public enum OperationKind {

	/** A step. */
	STEP(1, "step"),

	/** A side effect. */
	SIDE_EFFECT(2, "side-effect"),

	/** A timer. */
	TIMER(3, "timer"),

	/** A reading of the clock. */
	TIME(4, "time"),

	/** A random UUID. */
	UUID(5, "uuid"),

	/** A change of state. */
	STATE(6, "state"),

	/** The wait for a signal. */
	SIGNAL(7, "signal"),

	/** A signal to another run. */
	SIGNAL_SENT(8, "signal-sent"),

	/** The opening of a callback. */
	CALLBACK(9, "callback"),

	/** The wait for the completion of a callback. */
	CALLBACK_WAIT(10, "callback-wait"),

	/** A published value. */
	PUBLISHED(11, "published"),

	/** The opening of a branch. */
	BRANCH(12, "branch"),

	/** The wait for a future. */
	AWAIT(13, "await"),

	/** All of several futures. */
	ALL_OF(14, "all-of"),

	/** The first of several futures. */
	ANY_OF(15, "any-of"),

	/** The first of several futures that succeeds. */
	FIRST_SUCCESS(16, "first-success"),

	/** Another run, as a child of this one. */
	CHILD(17, "child"),

	/** The registration of a compensation. */
	ON_FAILURE(18, "on-failure"),

	/** The compensation of what was done. */
	COMPENSATION(19, "undo"),

	/** A mark of the path that changed code took. */
	PATCH(20, "patch"),

	/** The end of the run's code, to continue with a fresh journal. */
	CONTINUE(21, "continue");

	private final int code;

	private final String label;

	OperationKind(int code, String label) {
		this.code = code;
		this.label = label;
	}

	/**
	 * The label of the kind, as clients see it.
	 */
	public String label() {
		return this.label;
	}

	/** What is written down; never used again for another kind. */
	int code() {
		return this.code;
	}

	static @Nullable OperationKind of(int code) {
		for (OperationKind kind : values()) {
			if (kind.code == code) {
				return kind;
			}
		}
		return null;
	}

}
