package io.kraft.test.time;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Moves a test's clock from one due time to the next, never over one, and lets the engine
 * become quiescent at each. Thread-safe: one thread at a time moves the clock.
 */
public final class TimeTravel {

	/** Of real time. */
	private static final Duration LIMIT = Duration.ofSeconds(10);

	private final TestClock clock;

	private final Quiescence quiescence;

	private final Supplier<String> whatRuns;

	private final ReentrantLock mover = new ReentrantLock();

	private volatile Duration limit = LIMIT;

	/**
	 * A traveller by a clock.
	 * @param whatRuns describes, for messages, the engine's work in flight
	 */
	public TimeTravel(TestClock clock, Quiescence quiescence, Supplier<String> whatRuns) {
		this.clock = clock;
		this.quiescence = quiescence;
		this.whatRuns = whatRuns;
	}

	/**
	 * How much real time the engine may take to become quiescent, each time.
	 */
	public void limit(Duration limit) {
		if (!limit.isPositive()) {
			throw new IllegalArgumentException("a limit is more than 0, but was " + limit);
		}
		this.limit = limit;
	}

	/**
	 * Back to the limit of a new test.
	 */
	public void reset() {
		this.limit = LIMIT;
	}

	/**
	 * How much real time the engine may take to become quiescent.
	 */
	public Duration limit() {
		return this.limit;
	}

	/**
	 * What the clock shows.
	 */
	public Instant now() {
		return this.clock.instant();
	}

	/**
	 * Lets everything happen that can without the clock being moved.
	 * @throws StillRunningError if something is executed for longer than the limit
	 */
	public void awaitQuiescence() {
		travel(this.clock.instant(), () -> false);
	}

	/**
	 * Moves the clock to a time, and lets everything happen that falls due until then.
	 * @throws StillRunningError if something is executed for longer than the limit
	 */
	public void to(Instant target) {
		travel(target, () -> false);
	}

	/**
	 * Moves the clock until something is so.
	 * @param latest not further than this; null means as far as something falls due, for
	 * the limit of real time
	 * @return whether it is so
	 */
	public boolean until(BooleanSupplier reached, @Nullable Instant latest) {
		return travel(latest, reached);
	}

	private boolean travel(@Nullable Instant target, BooleanSupplier reached) {
		this.mover.lock();
		try {
			long end = System.nanoTime() + this.limit.toNanos();
			while (true) {
				comeToRest();
				if (reached.getAsBoolean()) {
					return true;
				}
				Instant due = this.clock.nextDue().orElse(null);
				if (due == null || isOver(due, target, end)) {
					break;
				}
				moveTo(due);
			}
			if (target != null) {
				moveTo(target);
				comeToRest();
			}
			return reached.getAsBoolean();
		}
		finally {
			this.mover.unlock();
		}
	}

	private static boolean isOver(Instant due, @Nullable Instant target, long end) {
		return (target != null) ? due.isAfter(target) : System.nanoTime() > end;
	}

	/** What was due before is called now. */
	private void moveTo(Instant time) {
		Instant now = this.clock.instant();
		this.clock.advanceTo(time.isBefore(now) ? now : time);
	}

	private void comeToRest() {
		Duration limit = this.limit;
		try {
			if (!this.quiescence.await(limit)) {
				throw new StillRunningError("the engine has had work in flight for " + limit.toMillis()
						+ " ms of real time, so the clock stays at " + this.clock.instant() + ":\n"
						+ this.whatRuns.get()
						+ "A step that waits for the thread of the test waits for ever: let it continue first. For one that is "
						+ "to hang until its time-out, use stub(\"<step>\").hangs(). For one that needs longer, use limit(…).");
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("the thread of the test was interrupted while the engine was at work", ex);
		}
	}

}
