package io.kraft.engine.call;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

import io.kraft.client.CallTimeoutException;
import io.kraft.client.StartOptions;
import io.kraft.engine.definition.StepDefinition;
import io.kraft.engine.definition.WorkflowDefinition;
import io.kraft.engine.operation.CallCapture;
import io.kraft.engine.operation.ChildOperation;
import io.kraft.engine.operation.Placeholder;
import io.kraft.engine.operation.Proceed;
import io.kraft.engine.operation.StepBody;
import io.kraft.engine.operation.StepOperation;
import io.kraft.engine.operation.WorkflowCall;
import io.kraft.engine.routing.Call;
import io.kraft.engine.routing.Completion;
import io.kraft.engine.routing.Routing;
import io.kraft.engine.routing.RunService;
import io.kraft.engine.routing.StartCommand;
import io.kraft.engine.routing.StartedRun;
import io.kraft.engine.run.Branch;
import io.kraft.engine.run.OffThreadGuard;
import io.kraft.engine.supervision.Futures;
import io.kraft.engine.transaction.TransactionGuard;
import org.jspecify.annotations.Nullable;

/**
 * Decides what a call of an annotated method is: an operation of a run, the entry of a
 * run, a call to be recorded, a start, or a plain call.
 */
public final class EngineCalls implements DurableCalls {

	private final Routing routing;

	private final Supplier<CallingNode> node;

	private final AsyncStarts asyncStarts;

	private final BlockingGuard guard;

	private final TransactionGuard transactions;

	private final CallTimeout timeout;

	private final ForkJoinWarning forkJoin = new ForkJoinWarning();

	/**
	 * Calls into partitions.
	 * @param node on which they are made; throws while the engine does not run
	 * @param timeout how long a direct call of a workflow waits for the end of its run,
	 * more than 0; null if as long as it takes
	 */
	public EngineCalls(Routing routing, Supplier<CallingNode> node, AsyncStarts asyncStarts, BlockingGuard guard,
			TransactionGuard transactions, @Nullable Duration timeout) {
		this.timeout = new CallTimeout(timeout);
		this.routing = routing;
		this.node = node;
		this.asyncStarts = asyncStarts;
		this.guard = guard;
		this.transactions = transactions;
	}

	@Override
	public @Nullable Object step(StepDefinition step, @Nullable Object[] arguments, StepBody body) throws Throwable {
		CallCapture capture = CallCapture.current();
		if (capture != null) {
			capture.add(step, arguments);
			return Placeholder.of(step.signature().resultType());
		}
		Branch branch = Branch.current();
		if (branch == null) {
			OffThreadGuard.check("step '" + step.name() + "' was called");
			return body.call(arguments);
		}
		if (branch.isInBody()) {
			return body.call(arguments);
		}
		Object value = StepOperation.execute(branch, step, arguments, body);
		// Afterwards: a look must not delay the copying of the arguments.
		this.forkJoin.check(branch, step);
		return value;
	}

	@Override
	public @Nullable Object workflow(WorkflowDefinition workflow, @Nullable Object[] arguments, Proceed proceed)
			throws Throwable {
		CallCapture capture = CallCapture.current();
		if (capture != null) {
			capture.add(workflow, arguments);
			return Placeholder.of(workflow.signature().resultType());
		}
		Branch branch = Branch.current();
		if (branch != null && !branch.isInBody()) {
			if (branch.enters(workflow)) {
				return proceed.call();
			}
			return ChildOperation.call(branch, new WorkflowCall(workflow, arguments));
		}
		OffThreadGuard.check("workflow '" + workflow.name() + "' was called");
		WorkflowCall call = new WorkflowCall(workflow, arguments);
		return workflow.resultStyle().eventually(() -> eventualValue(call), () -> await(call));
	}

	@Override
	public boolean isReplaying() {
		Branch branch = Branch.current();
		return branch != null && !branch.isInBody() && branch.isReplaying();
	}

	private @Nullable Object await(WorkflowCall call) throws Throwable {
		this.guard.check("a direct call of workflow '" + call.workflow().name() + "'",
				"WorkflowClient.startAsync(…) and resultAsync()");
		this.transactions.checkWait("a direct call of workflow '" + call.workflow().name() + "'");
		CallingNode node = this.node.get();
		Instant deadline = this.timeout.deadline(node);
		StartCommand command = node.commands().ofClient(call, StartOptions.defaults());
		RunService service = this.routing.at(command.runId());
		StartedRun started = service.start(Call.OWN, command);
		return node.results().valueForCaller(join(this.timeout.completion(node, service, started, deadline)));
	}

	private static Completion join(CompletableFuture<Completion> completion) {
		try {
			return Futures.join(completion);
		}
		catch (CallTimeoutException ex) {
			// It was made by another thread, and it is this one that has called.
			ex.fillInStackTrace();
			throw ex;
		}
	}

	private CompletableFuture<@Nullable Object> eventualValue(WorkflowCall call) {
		this.transactions.checkWait("a direct call of workflow '" + call.workflow().name() + "'");
		CallingNode node = this.node.get();
		Instant deadline = this.timeout.deadline(node);
		StartCommand command = node.commands().ofClient(call, StartOptions.defaults());
		RunService service = this.routing.at(command.runId());
		CompletableFuture<StartedRun> started = this.asyncStarts.start(node.work(), service, command);
		CompletableFuture<Completion> completion = Futures.compose(started,
				(run) -> this.timeout.completion(node, service, run, deadline));
		return Futures.map(completion, (ended) -> value(node.results(), ended));
	}

	private static @Nullable Object value(RunResults results, Completion completion) {
		try {
			return results.valueForCaller(completion);
		}
		catch (Throwable ex) {
			throw new CompletionException(ex);
		}
	}

}
