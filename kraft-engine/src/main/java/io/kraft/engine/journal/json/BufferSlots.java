package io.kraft.engine.journal.json;

import java.util.concurrent.atomic.AtomicReferenceArray;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.util.BufferRecycler;
import tools.jackson.core.util.RecyclerPool;

/**
 * Buffers for writing and reading JSON, lent to one thread at a time. Thread-safe.
 * <p>
 * Jackson's own pool is one queue on which all threads meet, with an object for each
 * loan. Here a thread begins to look at a slot that its id gives, so that threads seldom
 * meet. Where it finds none it makes a buffer, and what finds no place is left to the
 * garbage collector: no more than the slots hold is kept.
 */
final class BufferSlots implements RecyclerPool<BufferRecycler> {

	private static final long serialVersionUID = 1L;

	/** A power of two. No thread is parked while it holds buffers, so few are lent. */
	private static final int SLOTS = Integer.highestOneBit(4 * Runtime.getRuntime().availableProcessors());

	/** How many slots are looked at. */
	private static final int LOOKS = 4;

	private transient AtomicReferenceArray<@Nullable BufferRecycler> slots = new AtomicReferenceArray<>(SLOTS);

	@Override
	public BufferRecycler acquirePooled() {
		int first = (int) (Thread.currentThread().threadId() & (SLOTS - 1));
		for (int look = 0; look < LOOKS; look++) {
			int slot = (first + look) % SLOTS;
			BufferRecycler buffers = this.slots.getPlain(slot);
			if (buffers != null && this.slots.compareAndSet(slot, buffers, null)) {
				return buffers;
			}
		}
		return new BufferRecycler();
	}

	@Override
	public void releasePooled(BufferRecycler buffers) {
		int first = (int) (Thread.currentThread().threadId() & (SLOTS - 1));
		for (int look = 0; look < LOOKS; look++) {
			int slot = (first + look) % SLOTS;
			if (this.slots.getPlain(slot) == null && this.slots.compareAndSet(slot, null, buffers)) {
				return;
			}
		}
	}

	private Object readResolve() {
		return new BufferSlots();
	}

}
