package io.kraft.engine.operation;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

import io.kraft.engine.journal.JournalCodec;
import io.kraft.engine.journal.JournalEntry;
import io.kraft.engine.journal.JournalEntry.OperationEntry;
import io.kraft.engine.journal.JournalEntry.RunRetried;
import io.kraft.engine.journal.OperationKind;
import io.kraft.engine.journal.Position;
import io.kraft.engine.journal.RunSecret;
import io.kraft.engine.journal.UnreadableEntryException;
import io.kraft.engine.store.Store;
import org.jspecify.annotations.Nullable;

/**
 * Which positions of journals on disk are callbacks. Remembered, with how far a journal
 * was read: the holder of a token would otherwise let all of it be read by each
 * completion that he sends. Thread-safe.
 */
public final class OpenedCallbacks {

	/** In memory, of all journals. */
	private static final int MAX_POSITIONS = 65_536;

	private static final int MAX_JOURNALS = 256;

	private final ReentrantLock lock = new ReentrantLock();

	private final Map<JournalKey, Known> journals = new LinkedHashMap<>(16, 0.75f, true);

	private final Store store;

	/**
	 * Knows of no journal yet.
	 */
	public OpenedCallbacks(Store store) {
		this.store = store;
	}

	/**
	 * Whether a journal holds something else at a position, because a retry has dropped
	 * the callback. Where it holds nothing yet, the code is about to open it again, after
	 * a crash or a retry: what came waits for that.
	 * @param secret of the journal, which a later one of the run does not have
	 */
	boolean isSomethingElse(long run, RunSecret secret, String position) {
		Known known = known(new JournalKey(run, secret));
		known.lock.lock();
		try {
			this.store.journal(run, known.length, (encoded) -> known.add(JournalCodec.decode(encoded)));
			if (known.callbacks.contains(position)) {
				return false;
			}
			Boolean other = known.others.get(position);
			if (other == null) {
				other = search(run, position);
				known.others.put(position, other);
			}
			return other;
		}
		catch (UnreadableEntryException ex) {
			// What came is kept until the journal can be read.
			return false;
		}
		finally {
			known.count = known.callbacks.size() + known.others.size();
			known.lock.unlock();
		}
	}

	/** How many positions are in memory. */
	int remembered() {
		this.lock.lock();
		try {
			return this.journals.values().stream().mapToInt((known) -> known.count).sum();
		}
		finally {
			this.lock.unlock();
		}
	}

	private boolean search(long run, String position) {
		Known found = new Known();
		found.others.put(position, false);
		this.store.journal(run, 0, (encoded) -> found.add(JournalCodec.decode(encoded)));
		return Boolean.TRUE.equals(found.others.get(position));
	}

	private Known known(JournalKey key) {
		this.lock.lock();
		try {
			Known known = this.journals.computeIfAbsent(key, (absent) -> new Known());
			int count = this.journals.values().stream().mapToInt((other) -> other.count).sum();
			Iterator<Known> eldest = this.journals.values().iterator();
			while (this.journals.size() > MAX_JOURNALS || (count > MAX_POSITIONS && this.journals.size() > 1)) {
				count -= eldest.next().count;
				eldest.remove();
			}
			return known;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * A journal of a run.
	 */
	private record JournalKey(long run, RunSecret secret) {
	}

	/**
	 * What is known of a journal.
	 */
	private static final class Known {

		private final ReentrantLock lock = new ReentrantLock();

		private final Set<String> callbacks = new HashSet<>();

		/** Whether there is something else at positions that were asked for. */
		private final Map<String, Boolean> others = new HashMap<>();

		private int length;

		private volatile int count;

		void add(JournalEntry entry) {
			this.length++;
			switch (entry) {
				case RunRetried retried -> retried.forgotten().forEach((position) -> set(position, null));
				case OperationEntry operation -> set(operation.position(), operation.kind());
				default -> {
				}
			}
		}

		private void set(Position at, @Nullable OperationKind kind) {
			String position = at.toString();
			if (kind == OperationKind.CALLBACK) {
				this.callbacks.add(position);
			}
			else {
				this.callbacks.remove(position);
			}
			this.others.computeIfPresent(position, (asked, before) -> kind != null && kind != OperationKind.CALLBACK);
		}

	}

}
