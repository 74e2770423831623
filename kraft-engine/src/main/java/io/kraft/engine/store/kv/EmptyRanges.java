package io.kraft.engine.store.kv;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

/**
 * Remembers where readers have found no keys, so that later ones need not walk there
 * again.
 * <p>
 * A medium of the log-structured kind keeps a mark for each deleted key until it compacts
 * them, and a cursor walks over these marks one by one: what is consumed in order, like
 * timers or pending runs, leaves some hundred thousand of them exactly where the next
 * reader begins. This memory is lost with the process, and one reading rebuilds it.
 * <p>
 * Why a key is never overlooked: the writer calls {@link #begin} with the keys that it
 * puts before it writes them, and {@link #end} afterwards. A reader opens its
 * {@link View} before its snapshot, and {@link View#freeze freezes} it afterwards: what
 * is in the snapshot was either there when the view was opened, and is in no range, or
 * was put since, and is cut out. What the reader finds empty it found so in its snapshot:
 * the keys that were put since, or were on their way when it began, are cut out of that
 * before it is remembered. Thread-safe.
 */
final class EmptyRanges {

	/** Those with keys that are found by walking in their order. */
	private static final Set<Keyspace> SPACES = Set.of(Keyspace.INDEX, Keyspace.TIMERS, Keyspace.RUNS);

	/** In each keyspace; some 50 KB in all. */
	private static final int MAX_RANGES = 256;

	private final ReentrantLock lock = new ReentrantLock();

	private final Map<Keyspace, Ranges> known = new EnumMap<>(Keyspace.class);

	private final List<View> open = new ArrayList<>();

	/** Put by the batch that is being written. */
	private List<Put> onTheirWay = List.of();

	EmptyRanges() {
		SPACES.forEach((space) -> this.known.put(space, Ranges.NONE));
	}

	static boolean follows(Keyspace space) {
		return SPACES.contains(space);
	}

	/**
	 * Keys are about to be written.
	 */
	void begin(List<Put> puts) {
		this.lock.lock();
		try {
			this.onTheirWay = puts;
			for (Put put : puts) {
				this.known.computeIfPresent(put.space(), (space, ranges) -> bounded(ranges.without(put.key())));
			}
			this.open.forEach((view) -> view.puts.addAll(puts));
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * The keys are written. Not to be called if that is not known.
	 */
	void end() {
		this.lock.lock();
		try {
			this.onTheirWay = List.of();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * To be opened before the snapshot that it is used with.
	 */
	View view() {
		this.lock.lock();
		try {
			View view = new View();
			this.open.add(view);
			return view;
		}
		finally {
			this.lock.unlock();
		}
	}

	/** What is forgotten is found again by the next reader that goes there. */
	private static Ranges bounded(Ranges ranges) {
		return (ranges.size() < MAX_RANGES) ? ranges : ranges.thinned();
	}

	/**
	 * A key that is put.
	 */
	@SuppressWarnings("ArrayRecordComponent") // Never compared.
	record Put(Keyspace space, byte[] key) {
	}

	/**
	 * The ranges in which a snapshot has no keys, as far as that is known. For one
	 * thread.
	 */
	final class View implements AutoCloseable {

		private final Map<Keyspace, Ranges> ranges = new EnumMap<>(EmptyRanges.this.known);

		// Guarded by the lock.
		private final List<Put> puts = new ArrayList<>(EmptyRanges.this.onTheirWay);

		/**
		 * To be called when the snapshot is taken.
		 */
		void freeze() {
			EmptyRanges.this.lock.lock();
			try {
				this.puts.forEach((put) -> this.ranges.computeIfPresent(put.space(),
						(space, ranges) -> ranges.without(put.key())));
			}
			finally {
				EmptyRanges.this.lock.unlock();
			}
		}

		/**
		 * The key at which a search forwards that begins here may begin instead.
		 */
		byte @Nullable [] endAfter(Keyspace space, byte[] key) {
			return ranges(space).endAfter(key);
		}

		/**
		 * The key before which a search backwards that begins before this one may begin
		 * instead.
		 */
		byte @Nullable [] startBefore(Keyspace space, byte[] key) {
			return ranges(space).startBefore(key);
		}

		/**
		 * The snapshot has no keys there.
		 */
		void found(Keyspace space, byte[] start, byte[] end) {
			EmptyRanges.this.lock.lock();
			try {
				Ranges ranges = Ranges.NONE.with(start, end);
				for (Put put : this.puts) {
					if (put.space() == space) {
						ranges = ranges.without(put.key());
					}
				}
				Ranges known = EmptyRanges.this.known.getOrDefault(space, Ranges.NONE);
				EmptyRanges.this.known.put(space, bounded(known).withAll(ranges));
			}
			finally {
				EmptyRanges.this.lock.unlock();
			}
		}

		@Override
		public void close() {
			EmptyRanges.this.lock.lock();
			try {
				EmptyRanges.this.open.remove(this);
			}
			finally {
				EmptyRanges.this.lock.unlock();
			}
		}

		private Ranges ranges(Keyspace space) {
			return this.ranges.getOrDefault(space, Ranges.NONE);
		}

	}

}
