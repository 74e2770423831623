package io.kraft.engine.execution.operation;

import java.util.concurrent.Callable;

import io.kraft.engine.definition.WorkflowDefinition;
import io.kraft.workflow.InvalidCallException;
import io.kraft.workflow.KraftException;
import org.jspecify.annotations.Nullable;

/**
 * Records the one call of a workflow that the lambda given to {@code start} makes.
 */
public final class StartCapture {

	private static final ThreadLocal<@Nullable StartCapture> CURRENT = new ThreadLocal<>();

	private @Nullable WorkflowCall call;

	private @Nullable KraftException misuse;

	private StartCapture() {
	}

	/**
	 * Calls the lambda on the calling thread and answers the call that it makes.
	 * @throws InvalidCallException if it makes none or several, or fails
	 */
	public static WorkflowCall of(Callable<?> lambda) {
		StartCapture outer = CURRENT.get();
		StartCapture capture = new StartCapture();
		CURRENT.set(capture);
		try {
			lambda.call();
		}
		catch (Exception ex) {
			throw capture.misuse("it threw " + ex, ex);
		}
		finally {
			if (outer != null) {
				CURRENT.set(outer);
			}
			else {
				CURRENT.remove();
			}
		}
		if (capture.misuse != null) {
			throw capture.misuse;
		}
		if (capture.call == null) {
			throw capture.misuse("it made none", null);
		}
		return capture.call;
	}

	/**
	 * The one that records what the calling thread calls; null if none does.
	 */
	public static @Nullable StartCapture current() {
		return CURRENT.get();
	}

	/**
	 * Records a call.
	 * @throws InvalidCallException if it is the second
	 */
	public void add(WorkflowDefinition workflow, @Nullable Object[] arguments) {
		if (this.call != null) {
			this.misuse = misuse("it called '" + this.call.workflow().name() + "' and '" + workflow.name() + "'", null);
			throw this.misuse;
		}
		this.call = new WorkflowCall(workflow, arguments.clone());
	}

	/**
	 * Refuses the call of a step.
	 */
	public void refuseStep(String step) {
		this.misuse = misuse("it called the step '" + step + "'", null);
		throw this.misuse;
	}

	private KraftException misuse(String found, @Nullable Throwable cause) {
		if (this.misuse != null) {
			return this.misuse;
		}
		return new InvalidCallException("the lambda given to start(…) makes one call of a @Workflow method on a Spring "
				+ "bean and nothing else, but " + found
				+ ". Compute the arguments before it, and use the result() of the handle after it. "
				+ "See docs/errors.md#kraft-1008", cause);
	}

}
