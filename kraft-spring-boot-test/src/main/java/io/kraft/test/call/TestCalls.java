package io.kraft.test.call;

import io.kraft.client.WorkflowClient;
import io.kraft.client.WorkflowHandle;
import io.kraft.engine.call.DurableCalls;
import io.kraft.engine.definition.Compensation;
import io.kraft.engine.definition.ResultStyle;
import io.kraft.engine.definition.StepDefinition;
import io.kraft.engine.definition.WorkflowDefinition;
import io.kraft.engine.operation.CallCapture;
import io.kraft.engine.operation.Proceed;
import io.kraft.engine.operation.StepBody;
import io.kraft.engine.run.Branch;
import io.kraft.workflow.WorkflowFailedException;
import org.jspecify.annotations.Nullable;

/**
 * The calls of annotated methods in a test: steps may be replaced and are counted, and a
 * direct call of a workflow from outside lets time pass until it has ended. Thread-safe.
 */
public final class TestCalls implements DurableCalls {

	private final DurableCalls calls;

	private final WorkflowClient client;

	private final Stubs stubs;

	private final BodyCounts bodies;

	/** Name of the compensation whose method the thread calls. */
	private final ThreadLocal<@Nullable String> compensating = new ThreadLocal<>();

	/**
	 * Calls into an engine.
	 * @param client of the test
	 */
	public TestCalls(DurableCalls calls, WorkflowClient client, Stubs stubs, BodyCounts bodies) {
		this.calls = calls;
		this.client = client;
		this.stubs = stubs;
		this.bodies = bodies;
	}

	@Override
	public boolean isReplaying() {
		return this.calls.isReplaying();
	}

	@Override
	public @Nullable Object step(StepDefinition step, @Nullable Object[] arguments, StepBody body) throws Throwable {
		return this.calls.step(withCountedCompensation(step), arguments, (copies) -> enter(step, copies, body));
	}

	/** The engine calls a compensation by itself, and not by this. */
	private StepDefinition withCountedCompensation(StepDefinition step) {
		Compensation compensation = step.compensation();
		if (compensation == null) {
			return step;
		}
		return step.withCompensation(new Compensation(compensation.step(), compensation.arguments(),
				(arguments) -> enter(compensation.step(), arguments, (copies) -> compensate(compensation, copies))));
	}

	/** Where it is a step, too, the call of its method comes by here once more. */
	private @Nullable Object compensate(Compensation compensation, @Nullable Object[] arguments) throws Throwable {
		this.compensating.set(compensation.step().name());
		try {
			return compensation.body().call(arguments);
		}
		finally {
			this.compensating.remove();
		}
	}

	private @Nullable Object enter(StepDefinition step, @Nullable Object[] arguments, StepBody body) throws Throwable {
		if (step.name().equals(this.compensating.get())) {
			return body.call(arguments);
		}
		this.bodies.entered(step);
		StubBody stub = this.stubs.of(step.name());
		return (stub != null) ? stub.call(arguments.clone()) : body.call(arguments);
	}

	@Override
	public @Nullable Object workflow(WorkflowDefinition workflow, @Nullable Object[] arguments, Proceed proceed)
			throws Throwable {
		boolean fromOutside = Branch.current() == null && CallCapture.current() == null;
		if (!fromOutside || !ResultStyle.PLAIN.equals(workflow.resultStyle())) {
			return this.calls.workflow(workflow, arguments, proceed);
		}
		WorkflowHandle<@Nullable Object> run = this.client.start(() -> captured(workflow, arguments, proceed));
		try {
			return run.result();
		}
		catch (WorkflowFailedException ex) {
			throw ownFailure(run, ex);
		}
	}

	private @Nullable Object captured(WorkflowDefinition workflow, @Nullable Object[] arguments, Proceed proceed)
			throws Exception {
		try {
			return this.calls.workflow(workflow, arguments, proceed);
		}
		catch (Exception | Error ex) {
			throw ex;
		}
		catch (Throwable ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** What a direct caller gets: the workflow's own exception, where it is restored. */
	private static Throwable ownFailure(WorkflowHandle<?> run, WorkflowFailedException failed) {
		Throwable own = failed.getCause();
		if (own != null && isOf(own.getClass(), run.describe().failure())) {
			return own;
		}
		return failed;
	}

	private static boolean isOf(Class<?> type, @Nullable String summary) {
		return summary != null && (summary.equals(type.getName()) || summary.startsWith(type.getName() + ":"));
	}

}
