package io.kraft.spring.boot.autoconfigure.definition;

import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.core.annotation.MergedAnnotation;

/**
 * Foreign annotations that put advice around a method, and why that cannot be around a
 * workflow or a step. Kraft's advice is the outermost, so what these stand for happens
 * within the run, or within an attempt of the step. Known by name: their libraries need
 * not be present.
 *
 * @param annotations names of their types
 * @param onWorkflow what they would do to a workflow
 * @param workflowFix what to do instead
 * @param onStep what they would do to a step; null if that is fine
 * @param stepFix what to do instead; null if nothing
 */
record ForeignAdvice(List<String> annotations, String onWorkflow, String workflowFix, @Nullable String onStep,
		@Nullable String stepFix) {

	static final ForeignAdvice ASYNC = new ForeignAdvice(
			List.of("org.springframework.scheduling.annotation.Async", "jakarta.ejb.Asynchronous",
					"jakarta.enterprise.concurrent.Asynchronous"),
			"the run would have ended, as completed, before its code does, which runs on another thread, unrecorded",
			"Remove it, and start the workflow with WorkflowClient.start(…), which does not wait for its end.",
			"the step would be recorded as done before its body is",
			"Remove it, or return a CompletableFuture: it is recorded when its value arrives.");

	static final ForeignAdvice TRANSACTIONAL = new ForeignAdvice(
			List.of("org.springframework.transaction.annotation.Transactional", "jakarta.transaction.Transactional"),
			"the run would hold its transaction, and its connection, through every wait, and replay within another one",
			"Put it on the steps; where the class has it, give the workflow propagation NOT_SUPPORTED, or move it to "
					+ "another bean.",
			null, null);

	static final ForeignAdvice RETRYABLE = new ForeignAdvice(
			List.of("org.springframework.resilience.annotation.Retryable",
					"org.springframework.retry.annotation.Retryable"),
			"the run's code would be repeated within the run, with waits that no restart survives",
			"Let the steps be retried with @Step(retry = …), or catch the failure in the workflow.", null, null);

	static final ForeignAdvice CACHE = new ForeignAdvice(
			List.of("org.springframework.cache.annotation.Cacheable", "org.springframework.cache.annotation.CachePut",
					"org.springframework.cache.annotation.CacheEvict", "org.springframework.cache.annotation.Caching",
					"javax.cache.annotation.CacheResult", "javax.cache.annotation.CachePut",
					"javax.cache.annotation.CacheRemove", "javax.cache.annotation.CacheRemoveAll"),
			"a hit would end the run without its code, and a replay would find another cache",
			"Put it on a step, or on the method that calls the workflow. The same id is the same run and result already.",
			null, null);

	static final ForeignAdvice CONCURRENCY_LIMIT = new ForeignAdvice(
			List.of("org.springframework.resilience.annotation.ConcurrencyLimit"),
			"the run would block its thread on others that wait for days, and a restart loses the waiters",
			"Use @Workflow(maxConcurrent = …), or put it on a step.", null, null);

	static final ForeignAdvice SCHEDULED = new ForeignAdvice(
			List.of("org.springframework.scheduling.annotation.Scheduled",
					"org.springframework.scheduling.annotation.Schedules"),
			"its scheduler knows nothing of restarts or other nodes, and each run would block it until its end",
			"Use @Schedule of io.kraft.workflow.",
			"it would be called outside of any run, where nothing is recorded or retried",
			"Put it on a method that calls the step, or starts a workflow; or use @Schedule on a workflow.");

	static final ForeignAdvice TRANSACTIONAL_LISTENER = new ForeignAdvice(
			List.of("org.springframework.transaction.event.TransactionalEventListener"),
			"the thread that commits would keep its connection until the run has ended",
			"Put it on another method, which starts the workflow with WorkflowClient.start(…).", null, null);

	static final List<ForeignAdvice> ALL = List.of(ASYNC, TRANSACTIONAL, RETRYABLE, CACHE, CONCURRENCY_LIMIT, SCHEDULED,
			TRANSACTIONAL_LISTENER);

	/** With these there is no transaction, where none was before. */
	private static final Set<String> NO_TRANSACTION = Set.of("NOT_SUPPORTED", "NEVER", "SUPPORTS");

	/**
	 * Reports it on a workflow.
	 * @param where the annotation and its place
	 */
	void refuseOnWorkflow(String where, DefinitionProblems.Sink problems) {
		problems.add("The workflow has " + where + ": " + this.onWorkflow + ".", this.workflowFix);
	}

	/**
	 * Reports it on a step, unless it may be there.
	 * @param where the annotation and its place
	 */
	void refuseOnStep(String where, DefinitionProblems.Sink problems) {
		if (this.onStep != null && this.stepFix != null) {
			problems.add("The step has " + where + ": " + this.onStep + ".", this.stepFix);
		}
	}

	/**
	 * Whether the annotation, with its attributes, has no effect here.
	 */
	boolean isIdle(MergedAnnotation<?> annotation) {
		if (!equals(TRANSACTIONAL)) {
			return false;
		}
		// Spring's attribute, or that of Jakarta; both are enums of these names.
		return annotation.getValue("propagation")
			.or(() -> annotation.getValue("value"))
			.filter((value) -> NO_TRANSACTION.contains(value.toString()))
			.isPresent();
	}

}
