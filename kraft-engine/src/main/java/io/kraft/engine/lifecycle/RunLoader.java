package io.kraft.engine.lifecycle;

import java.time.Instant;
import java.util.function.Consumer;

import io.kraft.engine.admission.Admission;
import io.kraft.engine.run.LoadedRun;
import io.kraft.engine.run.LoadedRuns;
import io.kraft.engine.run.RunEnvironment;
import io.kraft.engine.store.StorageException;
import io.kraft.engine.supervision.VitalThread;
import io.kraft.engine.supervision.WorkInFlight;
import io.kraft.engine.timer.Scheduler.Scheduled;
import io.kraft.workflow.KraftException;
import org.jspecify.annotations.Nullable;

/**
 * Brings the runs of the {@link LoadQueue} into memory when there is a slot for them. One
 * platform thread, which does the blocking reads; it sleeps while there is nothing to
 * load or no slot.
 */
public final class RunLoader {

	private static final Scheduled NO_ALARM = () -> {
	};

	private final RunEnvironment environment;

	private final LoadQueue queue;

	private final StoredRuns stored;

	private final RunLauncher launcher;

	private final RunStarter starter;

	private final Consumer<KraftException> failureListener;

	private Scheduled alarm = NO_ALARM;

	private volatile @Nullable Thread thread;

	private volatile boolean stopped;

	/**
	 * A loader that has not begun.
	 * @param starter starts the children of what is loaded
	 * @param failureListener is called when the store cannot be read; must not block
	 */
	public RunLoader(RunEnvironment environment, LoadedRuns loadedRuns, Admission admission, LoadQueue queue,
			RunCompleter completer, RunLauncher launcher, RunStarter starter,
			Consumer<KraftException> failureListener) {
		this.environment = environment;
		this.queue = queue;
		this.stored = new StoredRuns(environment, loadedRuns, admission, queue, completer);
		this.launcher = launcher;
		this.starter = starter;
		this.failureListener = failureListener;
	}

	/**
	 * Begins to load.
	 */
	public void start() {
		Thread loader = this.environment.partition().supervision().thread(VitalThread.LOADER, this::load);
		this.thread = loader;
		this.queue.pending().start();
		work().begin();
		loader.start();
	}

	/**
	 * Loads nothing more.
	 */
	public void cease() {
		// First: it is woken no more.
		this.queue.pending().close();
		this.stopped = true;
		this.queue.signal().give();
		this.queue.close();
		this.environment.slots().close();
	}

	/**
	 * Loads nothing more; returns when the load under way is over.
	 */
	public void stop() {
		cease();
		Thread loader = this.thread;
		try {
			if (loader != null) {
				loader.join();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void load() {
		try {
			while (!this.stopped) {
				this.queue.signal().take();
				if (!loadNext()) {
					setAlarm();
					this.queue.signal().await(() -> this.stopped);
				}
			}
		}
		finally {
			// Others may continue where this partition is lost.
			this.queue.signal().close();
			work().end();
		}
	}

	private void setAlarm() {
		this.alarm.cancel();
		Instant opensAt = this.queue.pending().opensAt();
		// Where a slot is missing, its release is a signal.
		this.alarm = (opensAt != null && !this.environment.slots().awaitIfFull())
				? this.environment.scheduler().schedule(opensAt, this.queue.signal()::give) : NO_ALARM;
	}

	/**
	 * Loads a run, if there is one and a slot for it.
	 * @return whether there may be more to do
	 */
	private boolean loadNext() {
		if (!lookUpChildren() || !this.environment.slots().acquireOrAwait()) {
			return false;
		}
		LoadRequest next = null;
		LoadedRun run = null;
		try {
			next = this.queue.next();
			run = (next != null) ? this.stored.load(next) : null;
		}
		catch (RuntimeException ex) {
			report(ex);
			this.environment.slots().giveBack();
			return false;
		}
		if (run != null) {
			this.launcher.launch(run, this.starter);
		}
		else {
			this.environment.slots().giveBack();
		}
		return next != null;
	}

	/** Without a slot: it may be for this that one is missing. */
	private boolean lookUpChildren() {
		try {
			this.queue.pending().lookUpChildren();
			return true;
		}
		catch (RuntimeException ex) {
			report(ex);
			return false;
		}
	}

	private void report(RuntimeException failure) {
		if (!this.stopped) {
			this.failureListener.accept((failure instanceof KraftException kraft) ? kraft
					: new StorageException(StorageException.READ_FAILED,
							"a run could not be loaded: " + failure + ". See docs/reference/errors.md#kraft-4007",
							failure));
		}
	}

	private WorkInFlight work() {
		return this.environment.partition().work();
	}

}
