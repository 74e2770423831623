package io.kraft.engine.client;

import java.lang.reflect.Type;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import io.kraft.client.WorkflowHandle;
import io.kraft.engine.definition.ResultStyle;
import io.kraft.engine.call.AsyncStarts;
import io.kraft.engine.call.BlockingGuard;
import io.kraft.engine.execution.Execution;
import io.kraft.engine.run.ReplayGuard;
import io.kraft.engine.lifecycle.StartRequest;
import io.kraft.engine.lifecycle.StartedRun;
import io.kraft.engine.transaction.TransactionGuard;
import io.kraft.workflow.ThrowingRunnable;
import org.jspecify.annotations.Nullable;

/**
 * What the parts of a client have in common: the execution that they call, and where
 * their calls are refused, or wait for a commit.
 *
 * @param source throws while there is no execution
 */
record ClientCalls(Supplier<Execution> source, AsyncStarts asyncStarts, BlockingGuard guard,
		TransactionGuard transactions) {

	/** In the code of a workflow. */
	private static final String STEP_INSTEAD = "Call it in a step";

	Execution execution() {
		return this.source.get();
	}

	/**
	 * Refuses a call that changes something in the code of a workflow, and on a thread
	 * that must not block.
	 * @param call what was called
	 * @return the execution
	 */
	Execution forChange(String call) {
		checkChange(call);
		return execution();
	}

	/**
	 * As {@link #forChange(String)}, of what is no execution's.
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
	String start(Execution execution, StartRequest request, String call, boolean immediately) {
		return this.transactions.defers(call, immediately) ? startAfterCommit(execution, request)
				: execution.start(request).id();
	}

	/**
	 * As {@link #start}; does not block.
	 */
	CompletableFuture<String> startAsync(Execution execution, StartRequest request, String call, boolean immediately) {
		return this.transactions.defers(call, immediately)
				? CompletableFuture.completedFuture(startAfterCommit(execution, request))
				: this.asyncStarts.start(execution, request).thenApply(StartedRun::id);
	}

	/**
	 * The id is known now, and what can be seen to be wrong now is refused now.
	 */
	private String startAfterCommit(Execution execution, StartRequest request) {
		StartRequest named = execution.requests().withId(request);
		String id = Objects.requireNonNull(named.id());
		execution.store().run(id).ifPresent(named::checkAgainst);
		this.transactions.afterCommit(named.describe(execution.payloads()), () -> execution.start(named));
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
