package io.kraft.engine.run;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

import io.kraft.engine.journal.Position;
import io.kraft.engine.routing.Activity;

/**
 * The branches of a run that have not ended, its own line of execution included.
 * Thread-safe.
 */
public final class Branches {

	private final Map<Position, Branch> open = new ConcurrentHashMap<>(1);

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition ended = this.lock.newCondition();

	/**
	 * A branch is about to get its thread.
	 */
	void add(Branch branch) {
		this.open.put(branch.prefix(), branch);
	}

	/**
	 * The branch executes no more.
	 */
	void remove(Branch branch) {
		this.open.remove(branch.prefix());
		this.lock.lock();
		try {
			this.ended.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * In the order of their positions.
	 */
	public Stream<Branch> open() {
		return this.open.entrySet().stream().sorted(Map.Entry.comparingByKey()).map(Map.Entry::getValue);
	}

	/**
	 * What those do at this moment that are in a step, or wait in memory, in the order of
	 * their positions.
	 */
	public List<Activity> activities() {
		return open().map(Branch::activity).filter((activity) -> !activity.equals(Activity.NONE)).toList();
	}

	/**
	 * Asks all but the run's own line of execution to end.
	 */
	public void cancelAllButRoot() {
		this.open.forEach((position, branch) -> {
			if (!position.equals(Position.ROOT)) {
				branch.cancellation().request();
			}
		});
	}

	/**
	 * Whether at most the run's own line of execution is left.
	 */
	public boolean isRootAlone() {
		return this.open.size() <= 1;
	}

	/**
	 * Waits until at most the run's own line of execution is left. For a run that does
	 * not continue here: its branches notice that as soon as they have left their bodies.
	 */
	public void awaitRootAlone() {
		this.lock.lock();
		try {
			while (!isRootAlone()) {
				this.ended.awaitUninterruptibly();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

}
