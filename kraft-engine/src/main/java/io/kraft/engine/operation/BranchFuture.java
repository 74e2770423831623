package io.kraft.engine.operation;

import java.util.stream.Stream;

import io.kraft.engine.journal.Position;
import io.kraft.engine.run.Branch;
import io.kraft.engine.run.WaitCondition.MessageKey;
import org.jspecify.annotations.Nullable;

/**
 * What a branch will come to.
 */
final class BranchFuture<T extends @Nullable Object> extends RunFuture<T> {

	private final Branch branch;

	private final Position position;

	BranchFuture(Branch branch, Position position) {
		super(branch.run());
		this.branch = branch;
		this.position = position;
	}

	@Override
	String description() {
		return "branch " + this.position;
	}

	@Override
	@Nullable MessageKey message() {
		return null;
	}

	@Override
	void cancelIfOpen() {
		if (!isDone()) {
			this.branch.cancellation().request();
		}
	}

	/** Those that the branch waits for are its own affair. */
	@Override
	public Stream<Child> openChildren() {
		return Stream.empty();
	}

	/** As above. */
	@Override
	void cancelChildren() {
	}

}
