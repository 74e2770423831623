package io.kraft.workflow;

import org.jspecify.annotations.Nullable;

/**
 * Something that only a run (or only a step of a run) can do was called on a thread that
 * executes none, or by a step where only its workflow may call it.
 *
 * @since 0.1.0
 */
public final class NotInWorkflowException extends KraftException {

	/** The code of this error. */
	public static final String CODE = "KRAFT-1002";

	private static final long serialVersionUID = 1L;

	public NotInWorkflowException(String message) {
		this(message, null);
	}

	public NotInWorkflowException(String message, @Nullable Throwable cause) {
		super(CODE, message, cause);
	}

	static NotInWorkflowException noRun() {
		return new NotInWorkflowException("the thread '" + Thread.currentThread().getName()
				+ "' executes no workflow run. Use WorkflowContext in the code of a @Workflow method, on the thread that "
				+ "called it. See docs/reference/errors.md#kraft-1002");
	}

	static NotInWorkflowException noStep() {
		return new NotInWorkflowException("the thread '" + Thread.currentThread().getName()
				+ "' executes no step of a workflow run. Use StepContext in the body of a @Step method that was called "
				+ "by a run, on the thread that called it. See docs/reference/errors.md#kraft-1002");
	}

}
