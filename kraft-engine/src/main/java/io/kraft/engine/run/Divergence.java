package io.kraft.engine.run;

import io.kraft.engine.journal.OperationKind;
import io.kraft.engine.journal.Payload;
import io.kraft.engine.journal.PayloadConverter;
import io.kraft.engine.journal.RecordedOperation;
import io.kraft.workflow.NonDeterministicWorkflowException;

/**
 * Says how the path of the code differs from the recorded one.
 */
public final class Divergence {

	private static final String SOLUTION = " Was its code changed while it ran, or does it depend on clocks, random "
			+ "numbers or other state outside the journal? Deploy code that takes the recorded path. See docs/reference/errors.md#kraft-1001";

	private static final int SHOWN_ARGUMENTS = 200;

	private Divergence() {
	}

	static NonDeterministicWorkflowException atOperation(String id, RecordedOperation recorded, OperationKind kind,
			String name) {
		String asked = describe(kind, name);
		return of(id, recorded, asked, "position " + recorded.position() + " holds " + describe(recorded)
				+ ", but the code asked for " + asked);
	}

	/**
	 * The code ended where the journal holds a further operation.
	 */
	public static NonDeterministicWorkflowException atEnd(String id, RecordedOperation recorded) {
		return of(id, recorded, "the end of the code",
				"its code ended, but position " + recorded.position() + " holds " + describe(recorded));
	}

	/**
	 * The code asked for the recorded step, but with other arguments.
	 * @param payloads says what may be shown of them
	 */
	public static NonDeterministicWorkflowException inArguments(String id, RecordedOperation recorded, Payload asked,
			PayloadConverter payloads) {
		String step = describe(recorded) + " with the arguments ";
		String shown = payloads.excerpt(asked, SHOWN_ARGUMENTS);
		Payload held = recorded.arguments();
		return of(id, recorded, step + shown,
				"position " + recorded.position() + " holds " + step
						+ ((held != null) ? payloads.excerpt(held, SHOWN_ARGUMENTS) : "null")
						+ ", but the code asked for it with " + shown);
	}

	/**
	 * Of the number of futures that the code combines.
	 */
	public static NonDeterministicWorkflowException inSize(String id, RecordedOperation recorded, int asked) {
		return of(id, recorded, describe(recorded) + " of " + asked + " futures",
				"position " + recorded.position() + " holds " + describe(recorded)
						+ " that was decided by a later future than the " + asked + " that the code combines");
	}

	private static NonDeterministicWorkflowException of(String id, RecordedOperation recorded, String found,
			String difference) {
		return new NonDeterministicWorkflowException(
				"run '" + id + "' took another path on replay: " + difference + "." + SOLUTION, null, id,
				recorded.position().toString(), describe(recorded), found);
	}

	private static String describe(RecordedOperation recorded) {
		return describe(recorded.kind(), recorded.name());
	}

	private static String describe(OperationKind kind, String name) {
		return name.isEmpty() ? "a " + kind.label() : kind.label() + " '" + name + "'";
	}

}
