package io.kraft.engine.operation;

import java.lang.reflect.Type;
import java.util.Objects;
import java.util.concurrent.Callable;

import io.kraft.engine.definition.StepDefinition;
import io.kraft.engine.definition.WorkflowDefinition;
import io.kraft.workflow.InvalidCallException;
import io.kraft.workflow.KraftException;
import org.jspecify.annotations.Nullable;

/**
 * Records the one call that the lambda given to {@code start} or {@code enqueue} makes.
 */
public final class CallCapture {

	private static final ThreadLocal<@Nullable CallCapture> CURRENT = new ThreadLocal<>();

	private final Wanted wanted;

	private @Nullable WorkflowCall workflowCall;

	private @Nullable StepCall stepCall;

	private @Nullable KraftException misuse;

	private CallCapture(Wanted wanted) {
		this.wanted = wanted;
	}

	/**
	 * Calls the lambda on the calling thread and answers the call of a workflow that it
	 * makes.
	 * @throws InvalidCallException if it makes none or several, or another one, or fails
	 */
	public static WorkflowCall ofWorkflow(Callable<?> lambda) {
		return Objects.requireNonNull(capture(Wanted.WORKFLOW, lambda).workflowCall);
	}

	/**
	 * Calls the lambda on the calling thread and answers the call of a step that it
	 * makes.
	 * @throws InvalidCallException if it makes none or several, or another one, or fails
	 */
	public static StepCall ofStep(Callable<?> lambda) {
		return Objects.requireNonNull(capture(Wanted.STEP, lambda).stepCall);
	}

	private static CallCapture capture(Wanted wanted, Callable<?> lambda) {
		CallCapture outer = CURRENT.get();
		CallCapture capture = new CallCapture(wanted);
		CURRENT.set(capture);
		Object returned;
		try {
			returned = lambda.call();
		}
		catch (Exception ex) {
			throw capture.misuse(capture.thrown(ex), ex);
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
		if (capture.captured() == null) {
			throw capture.misuse("it made none (what is called besides is executed)", null);
		}
		if (returned != null && !Placeholder.isReturned(returned, capture.resultType())) {
			throw capture.misuse(capture.returned(returned), null);
		}
		return capture;
	}

	/** What the lambda does with a result that is not there yet. */
	private String thrown(Exception failure) {
		return (captured() != null && failure instanceof NullPointerException)
				? "it used the result of '" + captured() + "', which is null while the call is recorded: a "
						+ resultType().getTypeName()
						+ " is not to be unboxed, cast to a primitive type or called there (" + failure + ")"
				: "it threw " + failure;
	}

	private String returned(Object returned) {
		String type = returned.getClass().getName();
		return Placeholder.isConverted(returned, resultType())
				? "it converted the result of '" + captured() + "', a " + resultType().getTypeName() + ", to a " + type
						+ ": the result of the run stays a " + resultType().getTypeName()
						+ ", and a handle that promises another type would fail"
				: "it returned a value of its own, a " + type
						+ ", which would be lost: the result of the run is that of the call";
	}

	/**
	 * The one that records what the calling thread calls; null if none does.
	 */
	public static @Nullable CallCapture current() {
		return CURRENT.get();
	}

	/**
	 * Records a call.
	 * @throws InvalidCallException if it is the second, or a step was wanted
	 */
	public void add(WorkflowDefinition workflow, @Nullable Object[] arguments) {
		check(Wanted.WORKFLOW, workflow.name());
		this.workflowCall = new WorkflowCall(workflow, arguments.clone());
	}

	/**
	 * Records a call.
	 * @throws InvalidCallException if it is the second, or a workflow was wanted
	 */
	public void add(StepDefinition step, @Nullable Object[] arguments) {
		check(Wanted.STEP, step.name());
		this.stepCall = new StepCall(step, arguments.clone());
	}

	private void check(Wanted called, String name) {
		if (called != this.wanted) {
			this.misuse = misuse("it called the " + called.noun + " '" + name + "'", null);
			throw this.misuse;
		}
		String captured = captured();
		if (captured != null) {
			this.misuse = misuse("it called '" + captured + "' and '" + name + "'", null);
			throw this.misuse;
		}
	}

	private @Nullable String captured() {
		if (this.workflowCall != null) {
			return this.workflowCall.workflow().name();
		}
		return (this.stepCall != null) ? this.stepCall.step().name() : null;
	}

	private Type resultType() {
		return (this.workflowCall != null) ? this.workflowCall.workflow().signature().resultType()
				: Objects.requireNonNull(this.stepCall).step().signature().resultType();
	}

	private KraftException misuse(String found, @Nullable Throwable cause) {
		if (this.misuse != null) {
			return this.misuse;
		}
		return new InvalidCallException("the lambda given to " + this.wanted.method + "(…) makes one call of a @"
				+ this.wanted.annotation + " method on a Spring bean and nothing else, but " + found
				+ ". Compute the arguments before it, and use or convert the result() of the handle after it. "
				+ "See docs/reference/errors.md#kraft-1008", cause);
	}

	/**
	 * What is to be called.
	 */
	private enum Wanted {

		WORKFLOW("workflow", "Workflow", "start"),

		STEP("step", "Step", "enqueue");

		private final String noun;

		private final String annotation;

		private final String method;

		Wanted(String noun, String annotation, String method) {
			this.noun = noun;
			this.annotation = annotation;
			this.method = method;
		}

	}

}
