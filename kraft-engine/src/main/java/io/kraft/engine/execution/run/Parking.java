package io.kraft.engine.execution.run;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import io.kraft.client.WorkflowStatus;
import io.kraft.engine.store.Message;
import io.kraft.engine.store.RunRow;
import io.kraft.engine.store.Timer;
import io.kraft.engine.timer.Scheduler.Scheduled;
import org.jspecify.annotations.Nullable;

/**
 * The waits of one run's branches. Thread-safe.
 * <p>
 * While one branch executes, the run does. When the last one begins to wait, the run is
 * suspended: that is noted in its row, and it gives its slot back, or, if too many runs
 * wait in memory already, it is taken out of memory. What ends a wait looks for it here
 * first; a run that has left memory says so, and is loaded. What falls between the
 * decision to leave and the leaving is kept, and the run is loaded again at once: the
 * decision, every wake-up and the leaving take the same lock.
 */
public final class Parking {

	/** A wait up to this is kept in memory, and the run keeps its slot. */
	public static final Duration BRIEF = Duration.ofSeconds(1);

	private final LoadedRun run;

	private final Map<Wait, Wake> waiting = new LinkedHashMap<>();

	private int branches = 1;

	private boolean holdsPlace;

	private boolean woken;

	private boolean left;

	Parking(LoadedRun run) {
		this.run = run;
	}

	private RunEnvironment environment() {
		return this.run.environment();
	}

	/**
	 * Waits in memory for a short time; the run keeps its slot.
	 * @throws RunUnwound if the run does not go on here
	 */
	public void briefly(Instant until) {
		while (environment().clock().instant().isBefore(until)) {
			Wake wake = new Wake();
			Scheduled scheduled = environment().scheduler().schedule(until, wake::signal);
			try {
				this.run.await(wake);
			}
			finally {
				scheduled.cancel();
			}
		}
	}

	/**
	 * Waits, in memory or on disk, until there is something or the wait's timer is due.
	 * @param wait its timer is in the run's journal already
	 * @param ready looks whether there is something; called again after each wake-up
	 * @return what there is; null if the timer was due first
	 * @throws RunUnwound if the run does not go on here
	 */
	public <T> @Nullable T await(Wait wait, Supplier<@Nullable T> ready) {
		T found = ready.get();
		while (found == null && !isDue(wait.timer())) {
			Wake wake = new Wake();
			begin(wait, wake);
			try {
				this.run.awaitDurable();
				found = ready.get();
				if (found == null) {
					takePlaceOrUnload();
					startTimer(wait.timer());
					this.run.await(wake);
				}
			}
			finally {
				end(wait);
			}
			found = (found != null) ? found : ready.get();
		}
		noteRunning();
		return found;
	}

	private boolean isDue(@Nullable Timer timer) {
		return timer != null && !environment().clock().instant().isBefore(timer.dueAt());
	}

	private void startTimer(@Nullable Timer timer) {
		if (timer != null) {
			environment().timers().add(timer);
		}
	}

	private synchronized void begin(Wait wait, Wake wake) {
		this.waiting.put(wait, wake);
		if (this.waiting.size() == this.branches) {
			noteSuspended();
		}
	}

	private void noteSuspended() {
		Wait first = this.waiting.keySet().iterator().next();
		String waitingFor = this.waiting.keySet()
			.stream()
			.map(Wait::description)
			.limit(3)
			.collect(Collectors.joining("; "));
		String text = waitingFor + ((this.waiting.size() > 3) ? "; and " + (this.waiting.size() - 3) + " more" : "");
		RunRow row = this.run.journal().row();
		if (row.status() != WorkflowStatus.SUSPENDED || !text.equals(row.waitingFor())) {
			this.run.journal().note(row.suspended(first.step(), first.attempt(), text));
		}
	}

	/**
	 * A wait that was over at once leaves a run that was loaded for it suspended no more.
	 */
	private void noteRunning() {
		RunRow row = this.run.journal().row();
		if (row.status() == WorkflowStatus.SUSPENDED && this.run.unwinding() == null) {
			this.run.journal().note(row.running(environment().now()));
		}
	}

	private void takePlaceOrUnload() {
		synchronized (this) {
			boolean allWait = this.waiting.size() == this.branches;
			if (!allWait || this.holdsPlace || this.waiting.values().stream().anyMatch(Wake::isSignalled)) {
				return;
			}
			this.holdsPlace = environment().slots().tryPark();
			if (this.holdsPlace) {
				return;
			}
			this.woken = false;
		}
		throw this.run.unload(timers());
	}

	private synchronized List<Timer> timers() {
		return this.waiting.keySet().stream().map(Wait::timer).filter(Objects::nonNull).toList();
	}

	private synchronized void end(Wait wait) {
		this.waiting.remove(wait);
		if (wait.timer() != null) {
			environment().timers().remove(wait.timer());
		}
		if (this.holdsPlace) {
			this.holdsPlace = false;
			environment().slots().unpark();
		}
	}

	/**
	 * The timer is due.
	 * @return false if the run has left memory, so that it is to be loaded
	 */
	public boolean wake(Timer timer) {
		return wake((wait) -> timer.equals(wait.timer()));
	}

	/**
	 * The message is in the inbox.
	 * @return false if the run has left memory, so that it is to be loaded
	 */
	boolean wake(Message message) {
		return wake((wait) -> wait.message() != null && wait.message().matches(message));
	}

	/**
	 * Something came that the run is to look for itself.
	 * @return false if the run has left memory, so that it is to be loaded
	 */
	public boolean wake() {
		return wake((wait) -> true);
	}

	private synchronized boolean wake(Predicate<Wait> ended) {
		this.woken = true;
		this.waiting.forEach((wait, wake) -> {
			if (ended.test(wait)) {
				wake.signal();
			}
		});
		return !this.left;
	}

	/**
	 * The run has left memory: from here on it cannot be woken.
	 * @return whether something came since it decided to, so that it is to be loaded
	 * again
	 */
	public synchronized boolean leave() {
		this.left = true;
		return this.woken;
	}

}
