package io.kraft.engine.operation;

import java.time.Duration;
import java.time.Instant;

import io.kraft.engine.definition.StepDefinition;
import io.kraft.engine.journal.Position;
import io.kraft.engine.routing.Activity;
import io.kraft.engine.run.Branch;
import io.kraft.engine.run.Instants;
import io.kraft.engine.run.LogContext;
import io.kraft.engine.run.RunEnvironment;
import io.kraft.workflow.ContextBinding;
import io.kraft.workflow.StepTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One call of a step's body, within its time-out and with its context bound.
 */
final class StepAttempt {

	private final Branch branch;

	private final StepDefinition step;

	private final StepScope scope;

	private final StepProgress progress;

	private final Instant calledAt;

	private final Instant startedAt;

	/**
	 * An attempt that has not begun.
	 * @param calledAt when the step was called here
	 * @param startedAt when the attempt is to begin
	 */
	StepAttempt(Branch branch, StepDefinition step, Position position, int attempt, Instant calledAt, Instant startedAt,
			StepProgress progress) {
		this.branch = branch;
		this.step = step;
		this.calledAt = calledAt;
		this.startedAt = startedAt;
		this.progress = progress;
		this.scope = new StepScope(branch.run(), position, step.name(), attempt, progress);
	}

	@Nullable Object call(Proceed proceed) throws Throwable {
		this.branch.show(new Activity(this.scope.position(), this.step.name(), this.scope.attempt(), this.calledAt,
				this.startedAt, null));
		this.branch.enterBody("step '" + this.step.name() + "'");
		LogContext.enterStep(this.step.name());
		ContextBinding.bind(this.scope);
		this.progress.open(this.scope);
		try {
			Duration timeout = this.step.timeout();
			return (timeout != null) ? callWithin(timeout, proceed) : callBody(proceed);
		}
		finally {
			this.progress.close();
			ContextBinding.leaveStep();
			LogContext.leaveStep();
			this.branch.leaveBody();
			this.branch.show(Activity.NONE);
		}
	}

	private @Nullable Object callBody(Proceed proceed) throws Throwable {
		return this.step.resultStyle().await(proceed.call());
	}

	private @Nullable Object callWithin(Duration timeout, Proceed proceed) throws Throwable {
		RunEnvironment environment = this.branch.run().environment();
		AttemptTimer timer = new AttemptTimer(environment.scheduler(),
				Instants.plus(environment.clock().instant(), timeout));
		Object value = null;
		Throwable failure = null;
		try {
			value = callBody(proceed);
		}
		catch (Throwable ex) {
			failure = ex;
		}
		if (timer.finish()) {
			throw new StepTimeoutException(
					"attempt " + this.scope.attempt() + " of step '" + this.step.name() + "' of run '"
							+ this.scope.workflowId() + "' took longer than its time-out of " + timeout
							+ ". See docs/reference/errors.md#kraft-2008",
					failure, this.scope.workflowId(), this.scope.position().toString(), this.step.name(),
					this.scope.attempt(), timeout);
		}
		if (failure != null) {
			throw failure;
		}
		return value;
	}

}
