package io.kraft.engine.run;

import java.util.stream.Stream;

import io.kraft.engine.run.AwaitedChildren.Child;
import io.kraft.engine.store.Message;

/**
 * A branch that waits, or is about to. Used with the lock of its run's {@link Parking}.
 */
final class BranchWait {

	private final Branch branch;

	private final WaitCondition condition;

	private final WaitLatch latch;

	private boolean hasLooked;

	BranchWait(Branch branch, WaitCondition condition, WaitLatch latch) {
		this.branch = branch;
		this.condition = condition;
		this.latch = latch;
	}

	/**
	 * What it waits for.
	 */
	WaitCondition what() {
		return this.condition;
	}

	/**
	 * It has looked, after it could be woken, and there was nothing.
	 */
	void markLooked() {
		this.hasLooked = true;
	}

	/**
	 * Whether it has nothing left to do but wait. One that was woken or cancelled is
	 * about to continue, though its thread may not run yet.
	 */
	boolean isStill() {
		return this.hasLooked && !this.latch.isSignalled() && !this.branch.cancellation().isRequested();
	}

	/**
	 * Whether it waits for children. Also one that waits for other branches of the run,
	 * which wait for children themselves.
	 */
	boolean isForChildren() {
		return (this.condition.message() != null) ? this.condition.message().kind() == Message.Kind.CHILD_ENDED
				: this.condition.subject() != null;
	}

	/**
	 * The children that it waits for.
	 */
	Stream<Child> children() {
		return (this.condition.subject() instanceof AwaitedChildren awaited) ? awaited.openChildren() : Stream.empty();
	}

}
