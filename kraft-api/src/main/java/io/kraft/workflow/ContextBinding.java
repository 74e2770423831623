package io.kraft.workflow;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The engine's side of {@link WorkflowContext#current()} and
 * {@link StepContext#current()}: binds the calling thread to a run and a step. Not for
 * applications.
 *
 * @since 0.1.0
 */
public final class ContextBinding {

	private static final ThreadLocal<@Nullable WorkflowContext> WORKFLOW = new ThreadLocal<>();

	private static final ThreadLocal<@Nullable StepContext> STEP = new ThreadLocal<>();

	private ContextBinding() {
	}

	/**
	 * Binds the calling thread to a run.
	 */
	public static void bind(WorkflowContext context) {
		WORKFLOW.set(context);
	}

	/**
	 * Binds the calling thread, which is a run's, to a step of it.
	 */
	public static void bind(StepContext context) {
		STEP.set(context);
	}

	/**
	 * Frees the calling thread from its step.
	 */
	public static void leaveStep() {
		STEP.remove();
	}

	/**
	 * Frees the calling thread from its run.
	 */
	public static void unbind() {
		WORKFLOW.remove();
		STEP.remove();
	}

	static WorkflowContext workflow() {
		WorkflowContext context = WORKFLOW.get();
		if (context == null) {
			throw NotInWorkflowException.noRun();
		}
		return context;
	}

	static StepContext step() {
		StepContext context = STEP.get();
		if (context == null) {
			throw NotInWorkflowException.noStep();
		}
		return context;
	}

	static Combinators combinators() {
		WorkflowContext context = workflow();
		if (context instanceof Combinators combinators) {
			return combinators;
		}
		throw NotInWorkflowException.noRun();
	}

	/**
	 * What a bound context can do besides: combine futures of its run.
	 */
	public interface Combinators {

		/**
		 * As {@link DurableFuture#allOf(List)}.
		 */
		<T extends @Nullable Object> DurableFuture<List<T>> allOf(List<? extends DurableFuture<? extends T>> futures);

		/**
		 * As {@link DurableFuture#anyOf(List)}.
		 */
		<T extends @Nullable Object> DurableFuture<T> anyOf(List<? extends DurableFuture<? extends T>> futures);

		/**
		 * As {@link DurableFuture#firstSuccess(List)}.
		 */
		<T extends @Nullable Object> DurableFuture<T> firstSuccess(List<? extends DurableFuture<? extends T>> futures);

	}

}
