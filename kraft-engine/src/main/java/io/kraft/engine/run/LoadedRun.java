package io.kraft.engine.run;

import java.time.Instant;

import io.kraft.engine.definition.WorkflowDefinition;
import io.kraft.engine.journal.CancelCause;
import io.kraft.engine.journal.Origin;
import io.kraft.engine.journal.Position;
import io.kraft.engine.message.Inbox;
import io.kraft.engine.store.Message;
import io.kraft.engine.store.Requester;
import io.kraft.engine.store.Timer;
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

	private final Parking parking;

	private final DurableState state;

	private final CompensationStack compensations = new CompensationStack();

	private final FailureTrails failures = new FailureTrails();

	private final Branches branches = new Branches();

	private final RunContinuation continuation;

	private final RunCancellation cancellation;

	private final RunRequests requests;

	private final ChildResults childResults;

	private final RecordedValues values;

	private final JournalRoom room;

	private final ValueRoom valueRoom = new ValueRoom(this);

	private final AwaitedMessages awaited = new AwaitedMessages();

	private final RunTelemetry telemetry;

	private volatile boolean announced;

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
		this.continuation = new RunContinuation(journal, this.branches, environment.partition().work());
		this.cancellation = new RunCancellation(this.continuation);
		this.requests = new RunRequests(number(), this.cancellation, this.continuation);
		this.childResults = new ChildResults(inbox(), this.continuation);
		this.values = new RecordedValues(id(), environment.payloads(), this.continuation);
		this.room = new JournalRoom(journal, this.continuation, environment.settings());
		this.state = new DurableState(origin.continued());
		this.telemetry = new RunTelemetry(journal, replay);
		this.parking = new Parking(this);
		journal.onTakeOver(this.continuation::terminate);
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
	 * What its journal begins with.
	 */
	public Origin origin() {
		return this.origin;
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
		// Only a new run is announced.
		this.telemetry.begin(this.environment, this.origin, this.announced);
	}

	/**
	 * What it reports of its execution.
	 */
	public RunTelemetry telemetry() {
		return this.telemetry;
	}

	/**
	 * About how many bytes its arguments take, as they were written and as the code has
	 * them, its state and its tags.
	 */
	long heldBytes() {
		return 2L * this.origin.started().arguments().bytes().length + this.state.size()
				+ RunLimits.heldBytes(this.journal.row().tags());
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
		return this.journal.inbox();
	}

	/**
	 * The messages that its code waits for now.
	 */
	public AwaitedMessages awaited() {
		return this.awaited;
	}

	/**
	 * The waits of its branches.
	 */
	public Parking parking() {
		return this.parking;
	}

	/**
	 * Whether it continues here.
	 */
	public RunContinuation continuation() {
		return this.continuation;
	}

	/**
	 * Its cancellation.
	 */
	public RunCancellation cancellation() {
		return this.cancellation;
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
		this.continuation.whileReadable(inbox()::waiting).forEach(this.requests::accept);
		Instant dueAt = this.origin.dueAt();
		if (dueAt != null && !this.environment.clock().instant().isBefore(dueAt)) {
			this.cancellation.request(CancelCause.TIMED_OUT);
		}
	}

	/**
	 * A timer of the run is due.
	 * @return false if the run has left memory, so that it is to be loaded
	 */
	public boolean wake(Timer timer) {
		if (timer.equals(deadlineTimer())) {
			this.cancellation.request(CancelCause.TIMED_OUT);
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
	 * Where something of the run is, among all its journals.
	 */
	public String place(Position position) {
		return this.origin.place(position);
	}

	/**
	 * How other partitions know one of its operations.
	 */
	public Requester requester(Position position) {
		return new Requester(id(), number(), place(position));
	}

}
