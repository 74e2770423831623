package io.kraft.engine.execution.run;

import java.lang.reflect.Type;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import io.kraft.client.EngineStoppedException;
import io.kraft.client.WorkflowStatus;
import io.kraft.engine.definition.WorkflowDefinition;
import io.kraft.engine.journal.JournalEntry.RunStarted;
import io.kraft.engine.journal.Payload;
import io.kraft.engine.message.Inbox;
import io.kraft.engine.store.Timer;
import io.kraft.workflow.JournalFullException;
import io.kraft.workflow.KraftException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A run that is in memory: its definition, what its journal holds of its past, and the
 * writing end of its journal. Thread-safe.
 */
public final class LoadedRun {

	private static final Logger logger = LoggerFactory.getLogger(LoadedRun.class);

	private final WorkflowDefinition definition;

	private final RunStarted start;

	private final RunJournal journal;

	private final Replay replay;

	private final RunEnvironment environment;

	private final Inbox inbox;

	private final Parking parking;

	private final DurableState state = new DurableState();

	private final Set<Wake> wakes = ConcurrentHashMap.newKeySet();

	private final AtomicReference<@Nullable Unwinding> unwinding = new AtomicReference<>();

	private final AtomicBoolean warned = new AtomicBoolean();

	private final AtomicBoolean nearlyFull = new AtomicBoolean();

	private volatile Activity activity = Activity.NONE;

	private volatile @Nullable Thread thread;

	private volatile boolean cutOff;

	private volatile boolean ending;

	/**
	 * A run that executes nothing yet.
	 * @param start the first entry of its journal
	 * @param replay what the journal holds of its past
	 */
	public LoadedRun(WorkflowDefinition definition, RunStarted start, RunJournal journal, Replay replay,
			RunEnvironment environment) {
		this.definition = definition;
		this.start = start;
		this.journal = journal;
		this.replay = replay;
		this.environment = environment;
		this.inbox = new Inbox(number(), environment.partition().store());
		this.parking = new Parking(this);
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

	RunStarted start() {
		return this.start;
	}

	/**
	 * What its chance begins with, recorded at its start.
	 */
	public long seed() {
		return this.start.seed();
	}

	/**
	 * The writing end of its journal.
	 */
	public RunJournal journal() {
		return this.journal;
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
	 * What it does at this moment.
	 */
	public Activity activity() {
		return this.activity;
	}

	/**
	 * Shows people what it does from now on.
	 */
	public void show(Activity activity) {
		this.activity = activity;
	}

	/**
	 * Names the thread that executes it, which {@link #cutOff} interrupts.
	 */
	public void runsOn(Thread thread) {
		this.thread = thread;
	}

	/**
	 * Interrupts the body that the run is in, because the engine's patience is over; how
	 * it ends is not recorded.
	 */
	void cutOff() {
		this.cutOff = true;
		Thread thread = this.thread;
		if (thread != null) {
			thread.interrupt();
		}
	}

	/**
	 * Throws if a body failed because the engine stops: it was interrupted, or it needed
	 * the engine itself.
	 */
	public void checkNotCutOff(Throwable failure) {
		boolean isStopping = this.unwinding.get() instanceof Unwinding.Stopped;
		if (this.cutOff || (isStopping && failure instanceof EngineStoppedException)) {
			unwind(new Unwinding.Stopped());
			throw new RunUnwound();
		}
	}

	/**
	 * Why the run does not go on here; null while it does.
	 */
	public @Nullable Unwinding unwinding() {
		return this.unwinding.get();
	}

	/**
	 * Throws if the run does not go on here.
	 */
	public void checkGoesOn() {
		if (this.unwinding.get() != null) {
			throw new RunUnwound();
		}
	}

	void checkJournalHasRoom() {
		int length = this.journal.length();
		int limit = this.environment.settings().maxJournalEntries();
		if (length >= limit) {
			throw pause(new JournalFullException("the journal of workflow '" + id() + "' has " + length
					+ " entries, which is the limit. Raise kraft.engine.max-journal-entries, and give long loops fewer "
					+ "steps. See docs/errors.md#kraft-1007"));
		}
		if (length >= limit / 2 && this.nearlyFull.compareAndSet(false, true)) {
			logger.warn("The journal of workflow '{}' has {} entries; at {} the run will be paused "
					+ "(kraft.engine.max-journal-entries)", id(), length, limit);
		}
	}

	/**
	 * Waits until everything that this run has produced so far is durable.
	 * @throws RunUnwound if it never will be, because the engine stops
	 */
	public void awaitDurable() {
		try {
			this.journal.awaitDurable();
		}
		catch (KraftException ex) {
			unwind(new Unwinding.Stopped());
			throw new RunUnwound();
		}
	}

	/**
	 * Reads what the journal holds; what cannot be read pauses the run.
	 */
	public @Nullable Object readRecorded(Payload payload, Type type, String what) {
		try {
			return this.environment.payloads().read(payload, type, what + " of workflow '" + id() + "'");
		}
		catch (KraftException ex) {
			throw pause(ex);
		}
	}

	/**
	 * Reads the workflow's arguments; what cannot be read pauses the run.
	 */
	public @Nullable Object[] readRecordedArguments() {
		try {
			return this.environment.payloads()
				.readArguments(this.start.arguments(), this.definition.signature().parameterTypes(),
						"the arguments of workflow '" + id() + "'");
		}
		catch (KraftException ex) {
			throw pause(ex);
		}
	}

	/**
	 * Whether the run's end is on its way to the disk, so that it takes no messages any
	 * more.
	 */
	boolean isEnding() {
		return this.ending;
	}

	/**
	 * The run's end is handed to the committer.
	 */
	public void markEnding() {
		this.ending = true;
	}

	boolean isSuspended() {
		return this.journal.row().status() == WorkflowStatus.SUSPENDED;
	}

	/**
	 * Lets the run end its execution here; the first reason counts. What waits is woken,
	 * to notice.
	 */
	void unwind(Unwinding reason) {
		if (this.unwinding.compareAndSet(null, reason)) {
			this.wakes.forEach(Wake::signal);
		}
	}

	/**
	 * Pauses the run, as its own thread.
	 * @return to be thrown
	 */
	public RunUnwound pause(KraftException reason) {
		unwind(new Unwinding.Paused(Objects.requireNonNullElse(reason.getMessage(), reason.code())));
		return new RunUnwound();
	}

	/**
	 * Takes the run out of memory, as its own thread.
	 * @param timers that it waits for
	 * @return to be thrown
	 */
	RunUnwound unload(List<Timer> timers) {
		unwind(new Unwinding.Unloaded(timers));
		return new RunUnwound();
	}

	/**
	 * Waits until the wake is signalled or the run does not go on here.
	 */
	void await(Wake wake) {
		this.wakes.add(wake);
		try {
			checkGoesOn();
			wake.await();
			checkGoesOn();
		}
		finally {
			this.wakes.remove(wake);
		}
	}

	/**
	 * Whether this is the first warning about the run's arguments.
	 */
	public boolean warnsForTheFirstTime() {
		return this.warned.compareAndSet(false, true);
	}

}
