package io.kraft.engine.execution.run;

import io.kraft.engine.journal.OperationKind;
import io.kraft.engine.journal.Payload;
import io.kraft.engine.journal.RecordedOperation;
import io.kraft.workflow.NonDeterministicWorkflowException;
import org.jspecify.annotations.Nullable;

/**
 * Says how the path of the code differs from the recorded one.
 */
public final class Divergence {

	private static final String CURE = " Was its code changed while it ran, or does it depend on clocks, chance or other "
			+ "state outside the journal? Deploy code that takes the recorded path. See docs/errors.md#kraft-1001";

	private Divergence() {
	}

	static NonDeterministicWorkflowException atOperation(String id, RecordedOperation recorded, OperationKind kind,
			String name) {
		return new NonDeterministicWorkflowException("workflow '" + id + "' took another path on replay: position "
				+ recorded.position() + " holds " + describe(recorded.kind(), recorded.name())
				+ ", but the code asked for " + describe(kind, name) + "." + CURE);
	}

	/**
	 * The code ended where the journal holds a further operation.
	 */
	public static NonDeterministicWorkflowException atEnd(String id, RecordedOperation recorded) {
		return new NonDeterministicWorkflowException(
				"workflow '" + id + "' took another path on replay: its code ended, but position " + recorded.position()
						+ " holds " + describe(recorded.kind(), recorded.name()) + "." + CURE);
	}

	/**
	 * The code asked for the recorded step, but with other arguments.
	 */
	public static NonDeterministicWorkflowException inArguments(String id, RecordedOperation recorded, Payload asked) {
		return new NonDeterministicWorkflowException("workflow '" + id + "' took another path on replay: position "
				+ recorded.position() + " holds " + describe(recorded.kind(), recorded.name()) + " with the arguments "
				+ shorten(recorded.arguments()) + ", but the code asked for it with " + shorten(asked) + "." + CURE);
	}

	/**
	 * Of the number of futures that the code combines.
	 */
	public static NonDeterministicWorkflowException inSize(String id, RecordedOperation recorded, int asked) {
		return new NonDeterministicWorkflowException("workflow '" + id + "' took another path on replay: position "
				+ recorded.position() + " holds " + describe(recorded.kind(), recorded.name())
				+ " that was decided by a later future than the " + asked + " that the code combines." + CURE);
	}

	private static String describe(OperationKind kind, String name) {
		return name.isEmpty() ? "a " + kind.label() : kind.label() + " '" + name + "'";
	}

	/** What a codec has wrapped stays so: it may be a secret. */
	private static String shorten(@Nullable Payload arguments) {
		String text = String.valueOf(arguments);
		return (text.length() <= 200) ? text : text.substring(0, 200) + "…";
	}

}
