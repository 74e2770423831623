package io.kraft.engine.lifecycle;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

import io.kraft.engine.memory.ByteBudget;
import io.kraft.engine.memory.RoomWait;
import org.jspecify.annotations.Nullable;

/**
 * Runs whose journals do not fit into memory beside those that are being replayed, in the
 * order in which they came. Others that fit may overtake a few of them, and then wait
 * behind. Used by the loader's thread, except for {@link #areSome()}.
 */
final class JournalWaits {

	private static final int MOST = 16;

	private final ByteBudget journals;

	private final RoomWait room;

	private final Deque<Waiting> waiting = new ArrayDeque<>();

	private volatile boolean some;

	/**
	 * @param roomFreed is called when there is room for one that waits; must not block
	 */
	JournalWaits(ByteBudget journals, Runnable roomFreed) {
		this.journals = journals;
		this.room = journals.newWait(roomFreed);
	}

	/**
	 * A run is to be looked at again when there is room for its journal.
	 */
	void add(LoadRequest loadRequest, long bytes) {
		this.waiting.add(new Waiting(loadRequest, bytes));
		this.some = true;
	}

	/**
	 * The first run for which there is room; null if there is none now. Whatever frees
	 * room for one notifies the loader.
	 */
	@Nullable LoadRequest next() {
		if (this.waiting.isEmpty()) {
			return null;
		}
		// Before the look: room that is given back after it is notified of.
		this.room.await(this.waiting.stream().mapToLong(Waiting::bytes).min().orElse(Long.MAX_VALUE));
		Iterator<Waiting> each = this.waiting.iterator();
		while (each.hasNext()) {
			Waiting next = each.next();
			if (this.journals.hasRoom(next.bytes())) {
				each.remove();
				awaitNothingIfEmpty();
				return next.loadRequest();
			}
		}
		return null;
	}

	private void awaitNothingIfEmpty() {
		if (this.waiting.isEmpty()) {
			this.some = false;
			this.room.awaitNothing();
		}
	}

	/**
	 * Whether nothing more is to be looked at before there is room.
	 */
	boolean areFull() {
		return this.waiting.size() >= MOST;
	}

	/**
	 * Is notified of no room any more.
	 */
	void close() {
		this.room.close();
	}

	boolean areSome() {
		return this.some;
	}

	/**
	 * A run that waits.
	 *
	 * @param bytes that its journal takes
	 */
	private record Waiting(LoadRequest loadRequest, long bytes) {
	}

}
