package io.kraft.engine.client;

import java.lang.reflect.Type;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

import io.kraft.client.WorkflowHandle;
import io.kraft.engine.call.AsyncStarts;
import io.kraft.engine.call.BlockingGuard;
import io.kraft.engine.definition.ResultStyle;
import io.kraft.engine.execution.Execution;
import io.kraft.engine.execution.NodeResources;
import io.kraft.engine.hosting.HostedPartition;
import io.kraft.engine.hosting.Partitions;
import io.kraft.engine.lifecycle.StartRequest;
import io.kraft.engine.lifecycle.StartedRun;
import io.kraft.engine.run.ReplayGuard;
import io.kraft.engine.transaction.TransactionGuard;
import io.kraft.workflow.ThrowingRunnable;
import org.jspecify.annotations.Nullable;

/**
 * What the parts of a client have in common: the partitions that they call, and where
 * their calls are refused, or wait for a commit.
 */
record ClientCalls(Partitions partitions, AsyncStarts asyncStarts, BlockingGuard guard, TransactionGuard transactions) {

	/** In the code of a workflow. */
	private static final String STEP_INSTEAD = "Call it in a step";

	/**
	 * The execution of the partition that has a run.
	 */
	Execution of(String id) {
		return this.partitions.of(id).execution();
	}

	/**
	 * The executions of all partitions.
	 */
	List<Execution> all() {
		return this.partitions.each().stream().map(HostedPartition::execution).toList();
	}

	/**
	 * What the partitions share.
	 */
	NodeResources node() {
		return this.partitions.node();
	}

	/**
	 * Refuses a call that changes something in the code of a workflow, and on a thread
	 * that must not block.
	 * @param call what was called
	 */
	void checkChange(String call) {
		checkChange(call, "another thread", STEP_INSTEAD);
	}

	/**
	 * As {@link #checkChange(String)}, where there is something else to call.
	 * @param twin what does not block
	 * @param instead what the code of a workflow does, as a sentence without its full
	 * stop
	 */
	void checkChange(String call, String twin, String instead) {
		this.guard.check(call, twin);
		ReplayGuard.check(call + " was called", instead);
	}

	/**
	 * Starts a run; durable when this returns, unless it waits for a commit.
	 * @return its id
	 */
	String start(StartRequest request, String call, boolean immediately) {
		return this.transactions.defers(call, immediately) ? startAfterCommit(request)
				: of(request.runId()).start(request).id();
	}

	/**
	 * As {@link #start}; does not block.
	 */
	CompletableFuture<String> startAsync(StartRequest request, String call, boolean immediately) {
		return this.transactions.defers(call, immediately)
				? CompletableFuture.completedFuture(startAfterCommit(request))
				: this.asyncStarts.start(of(request.runId()), request).thenApply(StartedRun::id);
	}

	/**
	 * The id is known now, and what can be seen to be wrong now is refused now.
	 */
	private String startAfterCommit(StartRequest request) {
		String id = request.runId();
		Execution execution = of(id);
		execution.store().run(id).ifPresent(request::checkAgainst);
		this.transactions.afterCommit(request.describe(node().payloads()), () -> execution.start(request));
		return id;
	}

	/**
	 * A handle; nothing is looked up.
	 */
	WorkflowHandle<@Nullable Object> handle(String id) {
		return handle(id, null, ResultStyle.PLAIN);
	}

	/**
	 * A handle; nothing is looked up.
	 * @param type how to read the result; null leaves that to the workflow's definition
	 * @param style what the method returns, which is the type of the handle's result
	 */
	<R extends @Nullable Object> WorkflowHandle<R> handle(String id, @Nullable Type type, ResultStyle style) {
		return new RunHandle<>(id, type, style, this);
	}

	/**
	 * As what has a result.
	 */
	static Callable<@Nullable Void> callable(ThrowingRunnable call) {
		return () -> {
			call.run();
			return null;
		};
	}

}
