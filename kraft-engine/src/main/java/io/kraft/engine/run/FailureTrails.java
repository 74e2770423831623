package io.kraft.engine.run;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import io.kraft.engine.journal.JournalEntry.FailureTraced;
import io.kraft.engine.journal.Position;
import io.kraft.engine.journal.failure.Failures;
import org.jspecify.annotations.Nullable;

/**
 * Where the exceptions that a run's code sees have come from, so that a retry knows what
 * to make again: which operation has failed with one, and where each further line of
 * execution has got it. It keeps no exception alive. Thread-safe.
 */
public final class FailureTrails {

	private static final int MAX_DEPTH = 64;

	private final Map<Key, Trail> trails = new HashMap<>(0);

	private final ReferenceQueue<Throwable> gone = new ReferenceQueue<>();

	/**
	 * An operation has failed with an exception, which is new.
	 */
	public synchronized void begin(Throwable failure, Position position) {
		trail(failure).from.add(position);
	}

	/**
	 * A child has failed with an exception, which is new.
	 * @param position of the operation that started it
	 */
	public synchronized void beginChild(Throwable failure, Position position) {
		trail(failure).children.add(position);
	}

	/**
	 * A line of execution gets a failure of others.
	 * @param failures that lead to the same, the one that is thrown among them
	 * @param next where the line continues
	 */
	public synchronized void passOn(Throwable thrown, Collection<Throwable> failures, Position next) {
		Trail before = new Trail();
		failures.forEach((failure) -> collect(failure, before));
		collect(thrown, before);
		Trail trail = trail(thrown);
		trail.addAll(before);
		trail.from.add(next);
	}

	/**
	 * Further failures have come to what was decided by one.
	 */
	public synchronized void join(Throwable decided, Collection<Throwable> failures) {
		Trail trail = new Trail();
		failures.forEach((failure) -> collect(failure, trail));
		trail(decided).addAll(trail);
	}

	/**
	 * The trail of the failure with which the run's code has ended.
	 */
	public synchronized FailureTraced of(Throwable failure, Instant now) {
		Trail trail = new Trail();
		collect(failure, trail);
		return new FailureTraced(List.copyOf(trail.from), List.copyOf(trail.children), now);
	}

	/**
	 * That of the exception itself, or of its nearest cause that has one, or of what it
	 * suppresses.
	 */
	private void collect(Throwable failure, Trail into) {
		Throwable ex = failure;
		for (int depth = 0; ex != null && depth < MAX_DEPTH; depth++) {
			Trail trail = this.trails.get(new Key(ex, null));
			if (trail != null) {
				into.addAll(trail);
				return;
			}
			ex = Failures.causeOf(ex);
		}
		for (Throwable suppressed : failure.getSuppressed()) {
			Trail trail = this.trails.get(new Key(suppressed, null));
			if (trail != null) {
				into.addAll(trail);
			}
		}
	}

	private Trail trail(Throwable failure) {
		for (Object key = this.gone.poll(); key != null; key = this.gone.poll()) {
			this.trails.remove(key);
		}
		return this.trails.computeIfAbsent(new Key(failure, this.gone), (key) -> new Trail());
	}

	private static final class Trail {

		private final Set<Position> from = new TreeSet<>();

		private final Set<Position> children = new TreeSet<>();

		void addAll(Trail other) {
			this.from.addAll(other.from);
			this.children.addAll(other.children);
		}

	}

	/**
	 * An exception by its identity: its own {@code equals} may be anything.
	 */
	private static final class Key extends WeakReference<Throwable> {

		private final int hash;

		Key(Throwable failure, @Nullable ReferenceQueue<Throwable> gone) {
			super(failure, gone);
			this.hash = System.identityHashCode(failure);
		}

		@Override
		public int hashCode() {
			return this.hash;
		}

		@Override
		@SuppressWarnings("ReferenceEquality") // An exception is nothing but itself.
		public boolean equals(@Nullable Object other) {
			return this == other || (other instanceof Key that && get() != null && get() == that.get());
		}

	}

}
