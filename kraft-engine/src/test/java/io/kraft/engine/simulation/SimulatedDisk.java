package io.kraft.engine.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import io.kraft.engine.store.StorageException;
import io.kraft.engine.store.Store;
import io.kraft.engine.store.kv.KvStore;
import org.jspecify.annotations.Nullable;

/**
 * A disk that does what disks do. A kill loses what is not synced, or any part of it from
 * the end on; of the write under way it keeps all or nothing, as a log with checksums
 * does. It can be slow (a write is held up, before or after it is on the disk, until it
 * is released), fail a write or an fsync, whose outcome is known at the next opening, and
 * be full until it is opened again. Thread-safe.
 */
public final class SimulatedDisk {

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition changed = this.lock.newCondition();

	private final DiskFault fault;

	/** From what is durable to what can be read. */
	private final List<Contents> history = new ArrayList<>(List.of(Contents.EMPTY));

	private volatile Contents visible = Contents.EMPTY;

	private volatile Contents durable = Contents.EMPTY;

	private volatile @Nullable DiskKeys opened;

	private volatile boolean slow;

	private volatile boolean slowWhenApplied;

	private volatile int quick;

	private volatile boolean holding;

	private volatile boolean failing;

	private volatile boolean failedSurvives;

	SimulatedDisk() {
		this(DiskFault.NONE);
	}

	SimulatedDisk(DiskFault fault) {
		this.fault = fault;
	}

	/**
	 * A store of what the disk holds.
	 * @param sync whether commits are durable when they return
	 */
	Store open(boolean sync) {
		this.failing = false;
		this.slow = false;
		DiskKeys keys = new DiskKeys(this);
		this.opened = keys;
		return KvStore.open(keys, sync);
	}

	/**
	 * What a power failure would leave now, to be read.
	 */
	Store durable() {
		return KvStore.open(new FrozenKeys(this.durable), true);
	}

	/**
	 * What can be read now, durable or not.
	 */
	Store readable() {
		return KvStore.open(new FrozenKeys(this.visible), true);
	}

	Contents visible() {
		return this.visible;
	}

	/** Not a write that is released, and whose thread has yet to notice that. */
	boolean isHolding() {
		return this.holding && this.slow;
	}

	boolean isSlow() {
		return this.slow;
	}

	/**
	 * Holds up a write until it is released.
	 * @param applied whether it is on the disk already
	 * @param before how many writes are let through before
	 */
	void slow(boolean applied, int before) {
		this.quick = before;
		this.slowWhenApplied = applied;
		this.slow = true;
	}

	void release() {
		this.lock.lock();
		try {
			this.slow = false;
			this.changed.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Fails every write until the next opening.
	 * @param survives whether the first of them is there then
	 */
	void fail(boolean survives) {
		this.failedSurvives = survives;
		this.failing = true;
	}

	/** Does not fail after all. */
	void recover() {
		this.failing = false;
	}

	/**
	 * Ends as a power failure does.
	 * @param survives whether the write under way is there afterwards
	 * @param lost how many of the writes that were not synced are lost, from the end on
	 */
	void kill(boolean survives, int lost) {
		this.lock.lock();
		try {
			DiskKeys keys = this.opened;
			if (keys != null) {
				keys.end();
			}
			int last = this.history.size() - 1;
			// What comes behind something that is lost is lost, too.
			this.failedSurvives = survives && Math.min(last, lost) == 0;
			Contents left = this.history.get(Math.max(0, last - lost));
			become(left);
			this.slow = false;
			this.changed.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Everything is durable. */
	void sync() {
		this.lock.lock();
		try {
			become(this.visible);
		}
		finally {
			this.lock.unlock();
		}
	}

	void write(DiskKeys keys, List<Write> batch, boolean sync) {
		this.lock.lock();
		try {
			List<Write> writes = this.fault.rewrite(this.visible, batch);
			boolean isHeld = this.slow && this.quick == 0;
			this.quick = Math.max(0, this.quick - 1);
			if (isHeld && !this.slowWhenApplied) {
				hold();
			}
			if (!keys.isOpen() || this.failing) {
				if (this.failedSurvives) {
					this.failedSurvives = false;
					become(this.visible.with(writes));
				}
				throw new StorageException(StorageException.WRITE_FAILED, "the simulated disk has failed", null);
			}
			this.visible = this.visible.with(writes);
			this.history.add(this.visible);
			if (sync && this.fault.syncs()) {
				become(this.visible);
			}
			if (isHeld) {
				hold();
				if (!keys.isOpen()) {
					throw new StorageException(StorageException.WRITE_FAILED, "the simulated process has died", null);
				}
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	private void hold() {
		this.holding = true;
		while (this.slow) {
			this.changed.awaitUninterruptibly();
		}
		this.holding = false;
	}

	private void become(Contents contents) {
		this.visible = contents;
		this.durable = contents;
		this.history.clear();
		this.history.add(contents);
	}

}
