package io.kraft.test.assertion;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

import io.kraft.client.OperationView;
import io.kraft.client.WorkflowDescription;
import io.kraft.client.WorkflowHandle;
import io.kraft.client.WorkflowStatus;
import io.kraft.test.call.TestHandle;
import io.kraft.test.journal.JournalTable;
import io.kraft.test.journal.RunText;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.ThrowableAssert;
import org.jspecify.annotations.Nullable;

/**
 * Assertions on a run. Each looks at the run when everything has happened that can
 * without the clock being moved, and what fails shows the journal.
 */
public final class RunAssert extends AbstractAssert<RunAssert, WorkflowHandle<?>> {

	private final TestHandle<?> run;

	/**
	 * Assertions on the run of a handle.
	 * @throws IllegalArgumentException if the handle was not made in a test environment
	 */
	public RunAssert(WorkflowHandle<?> handle) {
		super(handle, RunAssert.class);
		if (!(handle instanceof TestHandle<?> run)) {
			throw new IllegalArgumentException(
					"the handle of run '" + handle.id() + "' is not from a test environment, so "
							+ "it cannot show its journal. Get it from the WorkflowClient of the test: injected in a "
							+ "@KraftTest, or environment.client()");
		}
		this.run = run;
	}

	/**
	 * It has ended with a result.
	 */
	public RunAssert isCompleted() {
		return hasStatus(WorkflowStatus.COMPLETED);
	}

	/**
	 * It has ended with this result.
	 */
	public RunAssert isCompletedWith(@Nullable Object expected) {
		isCompleted();
		Object result = this.run.result();
		if (!Objects.deepEquals(result, expected)) {
			throw failure("to be completed with\n  %s\nbut its result is\n  %s\n".formatted(expected, result));
		}
		return this;
	}

	/**
	 * It has failed.
	 */
	public RunAssert isFailed() {
		return hasStatus(WorkflowStatus.FAILED);
	}

	/**
	 * It has failed with an exception of this type, or a subtype: the workflow's own.
	 */
	public RunAssert isFailedWith(Class<? extends Throwable> type) {
		isFailed();
		Throwable own = ownFailure();
		if (!type.isInstance(own)) {
			throw failure("to be failed with a " + type.getName() + ", but it failed with " + own + "\n");
		}
		return this;
	}

	/**
	 * It has failed with a message that contains this.
	 */
	public RunAssert hasFailureContaining(String text) {
		isFailed();
		String found = Objects.requireNonNullElse(describe().failure(), "");
		if (!found.contains(text)) {
			throw failure("to be failed with a message that contains\n  %s\nbut it failed with\n  %s\n".formatted(text,
					found));
		}
		return this;
	}

	/** Of a run that has failed, so that its result is an exception. */
	private @Nullable Throwable ownFailure() {
		Throwable thrown = ThrowableAssert.catchThrowable(this.run::result);
		return (thrown != null && thrown.getCause() != null) ? thrown.getCause() : thrown;
	}

	/**
	 * It waits, in memory or on the disk: for a time, a signal, a child.
	 */
	public RunAssert isWaiting() {
		return hasStatus(WorkflowStatus.SUSPENDED, WorkflowStatus.SCHEDULED);
	}

	/**
	 * It waits for something whose description contains this, such as the name of a
	 * signal.
	 */
	public RunAssert isWaitingFor(String what) {
		isWaiting();
		String found = Objects.requireNonNullElse(describe().waitingFor(), "nothing");
		if (!found.contains(what)) {
			throw failure("to wait for something with '" + what + "', but it waits for " + found + "\n");
		}
		return this;
	}

	/**
	 * It is paused.
	 */
	public RunAssert isPaused() {
		return hasStatus(WorkflowStatus.PAUSED);
	}

	/**
	 * It was cancelled.
	 */
	public RunAssert isCancelled() {
		return hasStatus(WorkflowStatus.CANCELLED);
	}

	/**
	 * It has timed out.
	 */
	public RunAssert isTimedOut() {
		return hasStatus(WorkflowStatus.TIMED_OUT);
	}

	/**
	 * It has one of these statuses.
	 */
	public RunAssert hasStatus(WorkflowStatus... expected) {
		WorkflowDescription found = describe();
		if (!Arrays.asList(expected).contains(found.status())) {
			String list = Arrays.toString(expected);
			throw failure("to be " + list.substring(1, list.length() - 1).replace(", ", " or ") + "\n");
		}
		return this;
	}

	/**
	 * How often it has executed a step, or a compensation, to an outcome, value or
	 * failure.
	 * @param name of the step, or of its method
	 */
	public Executions executed(String name) {
		this.run.awaitQuiescence();
		return Executions.count(this, name, journal());
	}

	/**
	 * Its journal holds exactly these operations, in this order: each by its kind, or by
	 * kind and name as in {@code "step charge"}. Its start and its end are not counted.
	 */
	public RunAssert hasJournal(String... operations) {
		this.run.awaitQuiescence();
		if (!new ExpectedOperations(List.of(operations)).areIn(journal())) {
			throw failure("to have the journal\n  " + String.join("\n  ", operations) + "\n");
		}
		return this;
	}

	private WorkflowDescription describe() {
		this.run.awaitQuiescence();
		return this.run.describe();
	}

	private List<OperationView> journal() {
		return this.run.client().operations(this.run.id());
	}

	AssertionError failure(String expectation) {
		return new AssertionError("Expecting run '" + this.run.id() + "' " + expectation + "Now "
				+ RunText.standing(this.run.describe()) + ". Its journal:\n" + JournalTable.of(journal()));
	}

}
