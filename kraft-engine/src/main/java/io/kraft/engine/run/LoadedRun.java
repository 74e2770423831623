package io.kraft.engine.run;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import io.kraft.client.EngineStoppedException;
import io.kraft.engine.definition.WorkflowDefinition;
import io.kraft.engine.journal.CancelCause;
import io.kraft.engine.journal.JournalEntry.RunContinued;
import io.kraft.engine.journal.JournalEntry.RunStarted;
import io.kraft.engine.journal.JournalEntry.TraceKept;
import io.kraft.engine.journal.Origin;
import io.kraft.engine.journal.Position;
import io.kraft.engine.journal.UnreadableEntryException;
import io.kraft.engine.message.Inbox;
import io.kraft.engine.observation.ObservedRun;
import io.kraft.engine.observation.RunObservation;
import io.kraft.engine.store.Change;
import io.kraft.engine.store.Message;
import io.kraft.engine.store.RunRow;
import io.kraft.engine.store.StorageException;
import io.kraft.engine.store.Timer;
import io.kraft.workflow.KraftException;
import org.jspecify.annotations.Nullable;

/**
 * A run that is in memory: its definition, what its journal holds of its past, and the
 * writing end of its journal. Thread-safe.
 */
public final class LoadedRun {

	private final WorkflowDefinition definition;

	private final Origin origin;

	private final RunJournal journal;

	private final Replay replay;

	private final RunEnvironment environment;

	private final Inbox inbox;

	private final Parking parking;

	private final DurableState state = new DurableState();

	private final CompensationStack compensations = new CompensationStack();

	private final FailureTrails failures = new FailureTrails();

	private final Branches branches = new Branches();

	private final CancelScope scope = CancelScope.ofRun();

	private final RunRequests requests;

	private final ChildResults childResults;

	private final RecordedValues values = new RecordedValues(this);

	private final JournalRoom room = new JournalRoom(this);

	private final ValueRoom valueRoom = new ValueRoom(this);

	private final AwaitedMessages awaited = new AwaitedMessages();

	private final Map<WaitLatch, Branch> latches = new ConcurrentHashMap<>();

	private final AtomicReference<@Nullable Unwinding> unwinding = new AtomicReference<>();

	private final AtomicBoolean caughtUp = new AtomicBoolean();

	private final AtomicBoolean warned = new AtomicBoolean();

	private volatile RunObservation observation = RunObservation.NONE;

	private volatile @Nullable CancelCause cancelNoticed;

	private volatile boolean announced;

	private volatile boolean resumed;

	private volatile boolean cutOff;

	private volatile boolean ending;

	/**
	 * A run that executes nothing yet.
	 * @param origin what its journal begins with
	 * @param replay what the journal holds of its past
	 */
	public LoadedRun(WorkflowDefinition definition, Origin origin, RunJournal journal, Replay replay,
			RunEnvironment environment) {
		this.definition = definition;
		this.origin = origin;
		this.journal = journal;
		this.replay = replay;
		this.environment = environment;
		this.inbox = journal.inbox();
		this.requests = new RunRequests(number(), this::cancel, this::pauseOnRequest);
		this.childResults = new ChildResults(this);
		RunContinued continued = origin.continued();
		if (continued != null) {
			continued.state().forEach((key, value) -> this.state.apply(key, value, 0, true));
		}
		this.parking = new Parking(this);
		journal.onTakeOver(this::terminate);
	}

	/**
	 * Its number in the store.
	 */
	public long number() {
		return this.journal.row().number();
	}

	/**
	 * Its id.
	 */
	public String id() {
		return this.journal.row().id();
	}

	/**
	 * The workflow that it is a run of.
	 */
	public WorkflowDefinition definition() {
		return this.definition;
	}

	/**
	 * The seed of its random numbers, recorded at its start.
	 */
	public long seed() {
		return this.origin.started().seed();
	}

	/**
	 * The writing end of its journal.
	 */
	public RunJournal journal() {
		return this.journal;
	}

	/**
	 * Begins to observe it, when it begins to execute here.
	 */
	public void observe() {
		RunRow row = this.journal.row();
		RunLog.begun(row, this.announced);
		// Only a new run is announced.
		Duration before = this.announced ? Duration.ZERO
				: Duration.between(row.createdAt(), this.environment.clock().instant());
		TraceKept trace = this.origin.trace();
		this.observation = this.environment.observer()
			.observe(new ObservedRun(row.id(), row.name(), row.version(), before.isNegative() ? Duration.ZERO : before,
					(trace != null) ? trace.context() : Map.of()));
	}

	/**
	 * Its observer.
	 */
	public RunObservation observation() {
		return this.observation;
	}

	JournalRoom room() {
		return this.room;
	}

	/**
	 * Limits the values that its code publishes and sets.
	 */
	public ValueRoom valueRoom() {
		return this.valueRoom;
	}

	/**
	 * Reads what its journal holds.
	 */
	public RecordedValues values() {
		return this.values;
	}

	/**
	 * The arguments with which its code is called.
	 */
	public @Nullable Object[] arguments() {
		return this.values.readArguments(this.origin.started().arguments(),
				this.definition.signature().parameterTypes());
	}

	/**
	 * What its journal holds ahead of its code.
	 */
	public Replay replay() {
		return this.replay;
	}

	/**
	 * What it works with.
	 */
	public RunEnvironment environment() {
		return this.environment;
	}

	/**
	 * What was sent to the run.
	 */
	public Inbox inbox() {
		return this.inbox;
	}

	/**
	 * The messages that its code waits for now.
	 */
	public AwaitedMessages awaited() {
		return this.awaited;
	}

	/**
	 * Reads something of the run that its code is waiting for; it is paused if that
	 * cannot be read, because its code can do nothing about it.
	 * @throws RunUnwound in that case
	 */
	public <T extends @Nullable Object> T whileReadable(Supplier<T> reading) {
		try {
			return reading.get();
		}
		catch (StorageException | UnreadableEntryException ex) {
			throw pause(ex);
		}
	}

	/**
	 * The waits of its branches.
	 */
	public Parking parking() {
		return this.parking;
	}

	/**
	 * The state that its code has set.
	 */
	public DurableState state() {
		return this.state;
	}

	/**
	 * What is compensated if it fails.
	 */
	public CompensationStack compensations() {
		return this.compensations;
	}

	/**
	 * Where the exceptions that its code sees have come from.
	 */
	public FailureTrails failures() {
		return this.failures;
	}

	/**
	 * Its branches that have not ended.
	 */
	public Branches branches() {
		return this.branches;
	}

	CancelScope scope() {
		return this.scope;
	}

	/**
	 * What others ask of it.
	 */
	public RunRequests requests() {
		return this.requests;
	}

	/**
	 * The operations that wait for its children.
	 */
	public ChildResults childResults() {
		return this.childResults;
	}

	/**
	 * The timer of its deadline; null if it has none.
	 */
	public @Nullable Timer deadlineTimer() {
		Instant dueAt = this.origin.dueAt();
		return (dueAt != null) ? new Timer(dueAt, number(), Position.ROOT) : null;
	}

	/**
	 * What its branches do at this moment that are in a step, in the order of their
	 * positions.
	 */
	public List<Activity> activities() {
		return this.branches.open().map(Branch::activity).filter((activity) -> activity.currentStep() != null).toList();
	}

	/**
	 * Lets a branch execute, from before its thread begins to after that has ended.
	 */
	public void opened(Branch branch) {
		this.branches.add(branch);
		this.parking.branchOpened();
	}

	/**
	 * A branch executes no more.
	 */
	public void ended(Branch branch) {
		this.branches.remove(branch);
		if (this.branches.isRootAlone()) {
			this.parking.wakeFor(this.branches);
		}
		this.parking.branchEnded();
	}

	/** The code has asked for an operation that is not recorded. */
	void noteCaughtUp() {
		if (this.replay.recorded() > 0 && this.replay.isOver() && this.caughtUp.compareAndSet(false, true)) {
			RunLog.replayed(this, this.replay.recorded());
		}
	}

	/** All that ever came to it has found it in memory. */
	void markAnnounced() {
		this.announced = true;
	}

	/**
	 * Reads what was asked of the run before it was loaded.
	 */
	public void readRequests() {
		if (this.announced) {
			return;
		}
		whileReadable(this.inbox::waiting).forEach(this.requests::accept);
		Instant dueAt = this.origin.dueAt();
		if (dueAt != null && !this.environment.clock().instant().isBefore(dueAt)) {
			cancel(CancelCause.TIMED_OUT);
		}
	}

	/**
	 * Asks for the cancellation of the run: its branches notice that at their next
	 * operation, and where they wait.
	 */
	public void cancel(CancelCause cause) {
		if (this.scope.request(cause)) {
			signalCancelled();
		}
	}

	/**
	 * Why the run is to be cancelled; null if it is not.
	 */
	public @Nullable CancelCause cancelRequested() {
		return this.scope.requested();
	}

	/**
	 * Why the run's code was cancelled; null if it has not noticed anything of that.
	 */
	public @Nullable CancelCause cancelNoticed() {
		return this.cancelNoticed;
	}

	void noticeCancelled(CancelCause cause) {
		if (cause != CancelCause.BRANCH) {
			this.cancelNoticed = cause;
		}
	}

	void signalCancelled() {
		this.latches.forEach((latch, branch) -> {
			if (branch.isCancelRequested()) {
				latch.signal();
			}
		});
	}

	/**
	 * A timer of the run is due.
	 * @return false if the run has left memory, so that it is to be loaded
	 */
	public boolean wake(Timer timer) {
		if (timer.equals(deadlineTimer())) {
			cancel(CancelCause.TIMED_OUT);
		}
		return this.parking.wake(timer);
	}

	/**
	 * A message is in the run's inbox.
	 * @return false if the run has left memory, so that it is to be loaded
	 */
	public boolean wake(Message message) {
		this.requests.accept(message);
		return this.parking.wake(message);
	}

	/**
	 * Interrupts the bodies that the run is in, because the engine's patience is over or
	 * the run was terminated; how they end is not recorded.
	 */
	public void cutOff() {
		this.cutOff = true;
		this.branches.open().forEach(Branch::interrupt);
	}

	/**
	 * Whether no body is to be entered any more.
	 */
	boolean isCutOff() {
		return this.cutOff;
	}

	/**
	 * Throws if a body failed because the engine stops: it was interrupted, or it needed
	 * the engine itself.
	 */
	public void checkNotCutOff(Throwable failure) {
		boolean isStopping = this.unwinding.get() instanceof Unwinding.Stopped;
		if (this.cutOff || (isStopping && failure instanceof EngineStoppedException)) {
			unwind(new Unwinding.Stopped());
			throw RunUnwound.ofCaller();
		}
	}

	/**
	 * Why the run does not continue here; null while it does.
	 */
	public @Nullable Unwinding unwinding() {
		return this.unwinding.get();
	}

	/**
	 * Throws if the run does not continue here.
	 */
	public void checkContinues() {
		if (this.unwinding.get() != null) {
			throw RunUnwound.ofCaller();
		}
	}

	/**
	 * Waits until everything that this run has produced so far is durable.
	 * @throws RunUnwound if it never will be, because the engine stops, or another thread
	 * has decided about the run
	 */
	public void awaitDurable() {
		untilStopped(this.journal::awaitDurable);
	}

	/**
	 * Does something that nothing can make fail but a stop of the engine.
	 * @throws RunUnwound in that case
	 */
	public void untilStopped(Runnable action) {
		try {
			action.run();
		}
		catch (KraftException ex) {
			unwind(new Unwinding.Stopped());
			throw RunUnwound.ofCaller();
		}
	}

	/**
	 * Whether the run's end is on its way to the disk.
	 */
	public boolean isEnding() {
		return this.ending;
	}

	/**
	 * Marks the end as on its way, in a decision about the run.
	 */
	public void markEnding() {
		this.ending = true;
	}

	/**
	 * Lets the run continue with a fresh journal, and leave memory to be loaded with
	 * that. Messages that were meant for the old one are dropped.
	 * @throws RunUnwound if another thread has decided about the run
	 */
	public void continueAsNew(ContinuedAsNew next) {
		Instant now = this.environment.now();
		RunStarted started = new RunStarted(next.arguments(), this.environment.random().nextLong(), now);
		List<Change> dropped = whileReadable(this.inbox::waiting).stream()
			.filter((message) -> message.kind() == Message.Kind.CALLBACK || message.kind() == Message.Kind.CHILD_ENDED)
			.<Change>map((message) -> new Change.MessageTaken(message.run(), message.sequence()))
			.toList();
		this.journal.restart(this.origin.next(started, this.state.kept()).entries(),
				(row) -> row.continued(next.workflow().version(), now), dropped);
		// A request to pause that came just now is in the inbox, where the next one finds
		// it: in this journal, nothing of it was recorded.
		this.unwinding.updateAndGet((reason) -> (reason == null || reason instanceof Unwinding.Paused)
				? new Unwinding.Continued() : reason);
	}

	/**
	 * Where something of the run is, among all its journals.
	 */
	public String place(Position position) {
		int generation = this.origin.generation();
		return (generation == 0) ? position.toString() : generation + ":" + position;
	}

	/**
	 * Id of the child that an operation starts, unless it chooses one.
	 * @param number from 1; the next one where the id is taken
	 */
	public String childId(Position position, int number) {
		int generation = this.origin.generation();
		return DerivedIds.of(id(),
				((generation == 0) ? "" : "+" + generation) + "." + position + ((number == 1) ? "" : "~" + number));
	}

	/** The run was ended from outside: what executes of it is cut off. */
	private void terminate() {
		markEnding();
		unwind(new Unwinding.Terminated());
		cutOff();
	}

	/**
	 * Lets the run end its execution here; the first reason counts. What waits is woken,
	 * to notice.
	 */
	void unwind(Unwinding reason) {
		if (this.unwinding.compareAndSet(null, reason)) {
			this.latches.keySet().forEach(WaitLatch::signal);
		}
	}

	/**
	 * The run is resumed while it is still about to pause.
	 */
	public void markResumed() {
		this.resumed = true;
	}

	/**
	 * Whether it is to wait for its turn again instead of being paused.
	 */
	public boolean isResumed() {
		return this.resumed;
	}

	private void pauseOnRequest() {
		unwind(new Unwinding.Paused(RunRow.PAUSED_ON_REQUEST));
	}

	/**
	 * Pauses the run, as its own thread.
	 * @return to be thrown
	 */
	public RunUnwound pause(KraftException reason) {
		unwind(new Unwinding.Paused(Objects.requireNonNullElse(reason.getMessage(), reason.code())));
		return RunUnwound.ofCaller();
	}

	/**
	 * Takes the run out of memory, as its own thread.
	 * @param timers that it waits for
	 * @return to be thrown
	 */
	RunUnwound unload(List<Timer> timers) {
		unwind(new Unwinding.Unloaded(timers));
		return RunUnwound.ofCaller();
	}

	/**
	 * Waits until the latch is signalled, the branch is to be cancelled, or the run does
	 * not continue here.
	 */
	void await(Branch branch, WaitLatch latch) {
		this.latches.put(latch, branch);
		try {
			checkContinues();
			if (!branch.isCancelRequested()) {
				latch.await(this.environment.partition().work());
			}
			checkContinues();
		}
		finally {
			this.latches.remove(latch);
		}
	}

	/**
	 * Whether this is the first warning about the run's arguments.
	 */
	public boolean warnsForTheFirstTime() {
		return this.warned.compareAndSet(false, true);
	}

}
