package io.kraft.engine.execution.run;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

import io.kraft.engine.journal.OperationKind;
import io.kraft.engine.journal.Position;
import io.kraft.engine.journal.RecordedOperation;
import io.kraft.workflow.ContextBinding;
import io.kraft.workflow.NotInWorkflowException;
import io.kraft.workflow.WorkflowContext;
import org.jspecify.annotations.Nullable;

/**
 * A line of a run's execution: the run's own thread, or one that it opened. It hands out
 * the positions of the operations that its code asks for, one after another. Used by its
 * own thread only.
 */
public final class Branch {

	private static final ThreadLocal<@Nullable Branch> CURRENT = new ThreadLocal<>();

	private final LoadedRun run;

	private final Position prefix;

	private final RandomGenerator random;

	private int operations;

	private boolean entering = true;

	private @Nullable String body;

	/**
	 * A branch that has asked for nothing yet.
	 * @param prefix begins the positions of its operations
	 */
	public Branch(LoadedRun run, Position prefix) {
		this.run = run;
		this.prefix = prefix;
		this.random = new SplittableRandom(run.seed() + prefix.hashCode());
	}

	/**
	 * The branch that the calling thread executes; null on a foreign thread.
	 */
	public static @Nullable Branch current() {
		return CURRENT.get();
	}

	/**
	 * Lets the calling thread execute this branch.
	 * @param context what the code of this branch sees
	 */
	public void bind(WorkflowContext context) {
		CURRENT.set(this);
		ContextBinding.bind(context);
	}

	/**
	 * Ends what {@link #bind} began on the calling thread.
	 */
	public static void unbind() {
		CURRENT.remove();
		ContextBinding.unbind();
	}

	/**
	 * The run it is a line of.
	 */
	public LoadedRun run() {
		return this.run;
	}

	/**
	 * Chance that is the same on replay; seeded by the run and the place of the branch.
	 */
	public RandomGenerator random() {
		return this.random;
	}

	/**
	 * Whether the call of a workflow is the engine's own, which enters the run's method.
	 * True once.
	 */
	public boolean enters() {
		boolean entering = this.entering;
		this.entering = false;
		return entering;
	}

	/**
	 * Whether the thread is in the body of a step or of a side effect, which is journaled
	 * as a whole.
	 */
	public boolean isInBody() {
		return this.body != null;
	}

	/**
	 * Enters a body.
	 * @param body names it in error messages
	 */
	public void enterBody(String body) {
		this.body = body;
	}

	/**
	 * Leaves the body that the thread is in.
	 */
	public void leaveBody() {
		// An interrupt that the body leaves behind would not be there on replay.
		Thread.interrupted();
		this.body = null;
	}

	/**
	 * Whether the journal holds the operation that the code asks for next.
	 */
	public boolean isReplaying() {
		return this.run.replay().holds(this.prefix.child(this.operations + 1));
	}

	/**
	 * Begins the next operation of the workflow's code.
	 * @throws RunUnwound if the run does not go on here, or its journal holds something
	 * else
	 */
	public Operation begin(OperationKind kind, String name) {
		checkOutsideBody(kind.label());
		this.run.checkGoesOn();
		Position position = this.prefix.child(++this.operations);
		RecordedOperation recorded = this.run.replay().take(position);
		if (recorded == null) {
			this.run.checkJournalHasRoom();
		}
		else if (recorded.kind() != kind || !recorded.name().equals(name)) {
			throw this.run.pause(Divergence.atOperation(this.run.id(), recorded, kind, name));
		}
		return new Operation(position, recorded);
	}

	/**
	 * Refuses what only the workflow's code may do.
	 */
	public void checkOutsideBody(String what) {
		if (this.body != null) {
			throw new NotInWorkflowException("'" + what + "' was asked for by the " + this.body + " of run '"
					+ this.run.id() + "', but is for the code of its workflow only: a " + this.body
					+ " is journaled as a whole. Move the call into the @Workflow method. See docs/errors.md#kraft-1002");
		}
	}

	/**
	 * An operation that has its position.
	 *
	 * @param recorded what the journal holds about it; null if nothing
	 */
	public record Operation(Position position, @Nullable RecordedOperation recorded) {
	}

}
