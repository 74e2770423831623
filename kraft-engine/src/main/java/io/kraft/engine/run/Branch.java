package io.kraft.engine.run;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

import io.kraft.engine.definition.WorkflowDefinition;
import io.kraft.engine.journal.JournalEntry.OperationCancelled;
import io.kraft.engine.journal.JournalEntry.OperationEntry;
import io.kraft.engine.journal.OperationKind;
import io.kraft.engine.journal.Position;
import io.kraft.engine.journal.RecordedOperation;
import io.kraft.engine.observation.RunObservation;
import io.kraft.engine.routing.Activity;
import io.kraft.workflow.ContextBinding;
import io.kraft.workflow.Names;
import io.kraft.workflow.NotInWorkflowException;
import io.kraft.workflow.WorkflowCancelledException;
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

	private final ChildStarts children;

	private final Position prefix;

	private final BranchCancellation cancellation;

	private final ThreadOrigin origin;

	private final RandomGenerator random;

	private volatile Activity activity = Activity.NONE;

	private volatile @Nullable Thread thread;

	private final Map<String, Boolean> patches = new HashMap<>(0);

	private final StrandedThread stranded = new StrandedThread(this);

	private int operations;

	private boolean entering;

	private RunObservation.@Nullable Scope observed;

	private @Nullable String body;

	private Branch(LoadedRun run, ChildStarts children, Position prefix, CancelScope scope, ThreadOrigin origin) {
		this.run = run;
		this.children = children;
		this.prefix = prefix;
		this.cancellation = new BranchCancellation(run, scope, prefix);
		this.origin = origin;
		this.random = new SplittableRandom(run.origin().started().seed() + seed(prefix));
	}

	/**
	 * The run's own line of execution.
	 * @param children starts its children
	 */
	public static Branch root(LoadedRun run, ChildStarts children) {
		Branch root = new Branch(run, children, Position.ROOT, run.cancellation().scope(), new ThreadOrigin(run));
		root.entering = true;
		run.branches().add(root);
		return root;
	}

	/**
	 * A branch that an operation of this one opens.
	 * @param prefix position of the operation; begins the positions of the branch
	 */
	public Branch below(Position prefix) {
		return new Branch(this.run, this.children, prefix, this.cancellation.below(), this.origin);
	}

	/** Mixed, because generators whose seeds differ by little draw the same numbers. */
	private static long seed(Position prefix) {
		long seed = 1;
		for (int depth = 0; depth < prefix.depth(); depth++) {
			seed = (seed + prefix.number(depth)) * 0xBF58476D1CE4E5B9L;
			seed ^= seed >>> 31;
		}
		return seed;
	}

	/**
	 * The branch that the calling thread executes; null on a foreign thread.
	 */
	public static @Nullable Branch current() {
		return CURRENT.get();
	}

	/**
	 * Lets the calling thread execute this branch, in place of another one of the same
	 * run, if it did so before.
	 * @param context what the code of this branch sees
	 */
	public void bind(WorkflowContext context) {
		Branch before = CURRENT.get();
		CURRENT.set(this);
		this.thread = Thread.currentThread();
		ContextBinding.bind(context);
		if (before == null) {
			this.origin.enter();
			LogContext.enter(this.run);
		}
		this.observed = (before != null) ? before.observed : this.run.telemetry().observation().enter();
	}

	/**
	 * Ends what {@link #bind} began on the calling thread.
	 */
	public static void unbind() {
		Branch branch = CURRENT.get();
		if (branch != null && branch.observed != null) {
			branch.observed.close();
		}
		LogContext.leave();
		ThreadOrigin.leave();
		CURRENT.remove();
		ContextBinding.unbind();
	}

	/**
	 * What is to be done in place of its thread, should that never come out of the
	 * workflow's code. Called once at most, on another thread.
	 */
	public void whenStranded(Runnable action) {
		this.stranded.whenStranded(action);
	}

	void countUnwinding() {
		this.stranded.count();
	}

	/**
	 * The run it is a line of.
	 */
	public LoadedRun run() {
		return this.run;
	}

	/**
	 * Starts the children of its run.
	 */
	public ChildStarts children() {
		return this.children;
	}

	/**
	 * A refused name takes no position, on replay as well: what is recorded there is
	 * another operation. One that was recorded by an earlier version is left alone.
	 */
	private static void checkName(OperationKind kind, String name, @Nullable RecordedOperation ahead) {
		boolean isRecorded = ahead != null && ahead.name().equals(name);
		if (!isRecorded && !name.isEmpty() && Names.faultOf(name) != null) {
			Names.check("The name of a " + kind.label(), name);
		}
	}

	/**
	 * Its cancellation.
	 */
	public BranchCancellation cancellation() {
		return this.cancellation;
	}

	/**
	 * Begins the positions of its operations.
	 */
	Position prefix() {
		return this.prefix;
	}

	/**
	 * Random numbers that are the same on replay; seeded by the run and the place of the
	 * branch.
	 */
	public RandomGenerator random() {
		return this.random;
	}

	/**
	 * Whether the call of a workflow is the engine's own, which enters the run's method.
	 * True once.
	 */
	public boolean enters(WorkflowDefinition workflow) {
		boolean enters = this.entering && workflow.name().equals(this.run.definition().name());
		this.entering = false;
		return enters;
	}

	/**
	 * Which changes of its code this branch takes part in, as far as it has asked. Used
	 * by its own thread only.
	 */
	public Map<String, Boolean> patches() {
		return this.patches;
	}

	/**
	 * Whether this is the run's own line of execution.
	 */
	public boolean isRoot() {
		return this.prefix.depth() == 0;
	}

	/**
	 * For people.
	 */
	String description() {
		return describe(this.run, this.prefix);
	}

	static String describe(LoadedRun run, Position prefix) {
		// Not "run": a replay makes the cancellation anew, and code may have kept it.
		return ((prefix.depth() == 0) ? "" : "branch " + prefix + " of ") + "workflow '" + run.id() + "'";
	}

	/**
	 * Whether the thread is in the body of a step or of a side effect, which is journaled
	 * as a whole.
	 */
	public boolean isInBody() {
		return this.body != null;
	}

	/**
	 * Enters a body, unless the run was cut off: what is cut off from here on interrupts
	 * the body.
	 * @param body names it in error messages
	 * @throws RunUnwound if the run was terminated, or the engine's patience is over
	 */
	public void enterBody(String body) {
		this.body = body;
		if (this.run.continuation().isCutOff()) {
			leaveBody();
			throw RunUnwound.ofCaller();
		}
	}

	/**
	 * Leaves the body that the thread is in.
	 */
	public void leaveBody() {
		// An interrupt that the body leaves behind would not be there on replay.
		Thread.interrupted();
		this.run.environment().partition().supervision().threads().restoreContextClassLoader();
		this.body = null;
	}

	/**
	 * Whether the journal holds the operation that the code asks for next.
	 */
	public boolean isReplaying() {
		return this.run.replay().holds(next());
	}

	/**
	 * Position of the operation that the code asks for next.
	 */
	public Position next() {
		return this.prefix.child(this.operations + 1);
	}

	/**
	 * Begins the next operation of the workflow's code.
	 * @throws RunUnwound if the run does not continue here, or its journal holds
	 * something else
	 * @throws WorkflowCancelledException if the branch is cancelled
	 */
	public Operation begin(OperationKind kind, String name) {
		checkOutsideBody(kind.label());
		this.run.continuation().check();
		this.cancellation.checkNotNoticed();
		Position position = next();
		checkName(kind, name, this.run.replay().at(position));
		RecordedOperation recorded = this.run.replay().take(position);
		this.operations++;
		Operation operation = new Operation(position, kind, name, recorded);
		if (recorded == null) {
			this.run.telemetry().noteCaughtUp();
			this.run.room().check();
			this.cancellation.checkNotRequested(operation);
			stayIfOnlyReplaying(operation);
		}
		else if (recorded.kind() != kind || !recorded.name().equals(name)) {
			throw this.run.continuation().pause(Divergence.atOperation(this.run.id(), recorded, kind, name));
		}
		else if (recorded.completedBy() instanceof OperationCancelled before) {
			throw this.cancellation.notice(before.cause());
		}
		return operation;
	}

	/**
	 * Checks that there is room in the run's journal for what the begun operation adds to
	 * it again, such as a further attempt.
	 * @throws RunUnwound if there is none
	 */
	public void checkRoom() {
		this.run.room().check();
	}

	/**
	 * Goes no further in an engine that only replays: waits for its stop, or until the
	 * branch is to be cancelled.
	 * @param operation is not recorded, or not to its end
	 */
	public void stayIfOnlyReplaying(Operation operation) {
		ReplayListener listener = this.run.environment().settings().replayListener();
		if (listener == null) {
			return;
		}
		listener.reached(this.run.id(), operation.position(), operation.kind(), operation.name(),
				this.run.replay()::first);
		WaitLatch never = new WaitLatch();
		while (!this.cancellation.isRequested()) {
			this.run.continuation().await(this, never);
		}
		this.cancellation.checkNotRequested(operation);
	}

	/**
	 * What the branch does at this moment.
	 */
	Activity activity() {
		return this.activity;
	}

	/**
	 * Shows what the branch does at this moment.
	 */
	public void show(Activity activity) {
		this.activity = activity;
	}

	void interrupt() {
		Thread thread = this.thread;
		if (thread != null) {
			thread.interrupt();
		}
	}

	/**
	 * Refuses what only the workflow's code may do.
	 */
	public void checkOutsideBody(String what) {
		if (this.body != null) {
			throw new NotInWorkflowException("'" + what + "' was asked for by the " + this.body + " of run '"
					+ this.run.id() + "', but is for the code of its workflow only: a " + this.body
					+ " is journaled as a whole. Move the call into the @Workflow method. See docs/reference/errors.md#kraft-1002");
		}
	}

	/**
	 * An operation that has its position.
	 *
	 * @param recorded what the journal holds about it; null if nothing
	 */
	public record Operation(Position position, OperationKind kind, String name, @Nullable RecordedOperation recorded) {

		/**
		 * The entry that completed it, in the journal; null if it is open.
		 */
		public @Nullable OperationEntry completedBy() {
			return (this.recorded != null) ? this.recorded.completedBy() : null;
		}

	}

}
