package io.kraft.engine.client;

import java.lang.reflect.Type;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import io.kraft.client.WorkflowHandle;
import io.kraft.engine.call.AsyncStarts;
import io.kraft.engine.call.BlockingGuard;
import io.kraft.engine.call.CallingNode;
import io.kraft.engine.definition.ResultStyle;
import io.kraft.engine.routing.Call;
import io.kraft.engine.routing.Routing;
import io.kraft.engine.routing.RunService;
import io.kraft.engine.routing.RunView;
import io.kraft.engine.routing.StartCommand;
import io.kraft.engine.routing.StartedRun;
import io.kraft.engine.run.ReplayGuard;
import io.kraft.engine.transaction.TransactionGuard;
import io.kraft.workflow.ThrowingRunnable;
import org.jspecify.annotations.Nullable;

/**
 * What the parts of a client have in common: the partitions that they call, and where
 * their calls are refused, or wait for a commit.
 *
 * @param onNode on which the calls are made; throws while the engine does not run
 */
record ClientCalls(Routing routing, Supplier<CallingNode> onNode, AsyncStarts asyncStarts, BlockingGuard guard,
		TransactionGuard transactions) {

	/** In the code of a workflow. */
	private static final String STEP_INSTEAD = "Call it in a step";

	/**
	 * The partition that has a run.
	 */
	RunService of(String id) {
		return this.routing.at(id);
	}

	/**
	 * All partitions.
	 */
	List<RunService> all() {
		return this.routing.all();
	}

	/**
	 * The node on which the calls are made.
	 */
	CallingNode node() {
		return this.onNode.get();
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
	String start(StartCommand command, String call, boolean immediately) {
		return this.transactions.defers(call, immediately) ? startAfterCommit(command)
				: of(command.runId()).start(Call.OWN, command).id();
	}

	/**
	 * As {@link #start}; does not block.
	 */
	CompletableFuture<String> startAsync(StartCommand command, String call, boolean immediately) {
		return this.transactions.defers(call, immediately)
				? CompletableFuture.completedFuture(startAfterCommit(command))
				: this.asyncStarts.start(node().work(), of(command.runId()), command).thenApply(StartedRun::id);
	}

	/**
	 * The id is known now, and what can be seen to be wrong now is refused now.
	 */
	private String startAfterCommit(StartCommand command) {
		String id = command.runId();
		RunService service = of(id);
		service.find(Call.OWN, id).map(RunView::row).ifPresent(command::checkAgainst);
		this.transactions.afterCommit(Descriptions.of(command, node().payloads()),
				() -> service.start(Call.OWN, command));
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
