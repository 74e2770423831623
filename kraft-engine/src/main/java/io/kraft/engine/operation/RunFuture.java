package io.kraft.engine.operation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.kraft.client.RequiredArgument;
import io.kraft.engine.run.AwaitedChildren;
import io.kraft.engine.run.Branch;
import io.kraft.engine.run.LoadedRun;
import io.kraft.engine.run.WaitCondition.MessageKey;
import io.kraft.workflow.DurableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Something that a run waits for in itself or in its children. Thread-safe.
 */
abstract class RunFuture<T extends @Nullable Object> implements DurableFuture<T>, AwaitedChildren {

	private final LoadedRun run;

	private final List<Runnable> listeners = new ArrayList<>(1);

	private @Nullable Result result;

	RunFuture(LoadedRun run) {
		this.run = run;
	}

	LoadedRun run() {
		return this.run;
	}

	/**
	 * For people.
	 */
	abstract String description();

	/**
	 * The messages that may end it; null if none do.
	 */
	abstract @Nullable MessageKey message();

	/**
	 * Cancels what it stands for.
	 */
	abstract void cancelIfOpen();

	/**
	 * Cancels those children that it stands for: what waited for them does not any more.
	 */
	abstract void cancelChildren();

	synchronized @Nullable Result result() {
		return this.result;
	}

	boolean isDone() {
		return result() != null;
	}

	/**
	 * Completes this future, unless it is complete.
	 */
	void complete(Result result) {
		List<Runnable> notified;
		synchronized (this) {
			if (this.result != null) {
				return;
			}
			this.result = result;
			notified = List.copyOf(this.listeners);
			this.listeners.clear();
		}
		notified.forEach(Runnable::run);
		this.run.parking().wakeFor(this);
	}

	/**
	 * Calls the listener once, when this future is complete, or now if it is.
	 */
	void whenComplete(Runnable listener) {
		synchronized (this) {
			if (this.result == null) {
				this.listeners.add(listener);
				return;
			}
		}
		listener.run();
	}

	@Override
	public T await() {
		Branch branch = callingBranch();
		AwaitOperation.await(branch, this, null);
		return value(branch);
	}

	@Override
	@SuppressWarnings("NullAway") // A value of null is an empty Optional.
	public Optional<T> await(Duration timeout) {
		RequiredArgument.check("DurableFuture.await", "timeout", timeout, "To wait without a bound use await()");
		Branch branch = callingBranch();
		return AwaitOperation.await(branch, this, timeout) ? Optional.ofNullable(value(branch)) : Optional.empty();
	}

	@Override
	public void cancel() {
		callingBranch().checkOutsideBody("cancel");
		cancelIfOpen();
	}

	/**
	 * What it has failed with so far, as far as a retry of the run would have to make it
	 * again.
	 */
	List<Throwable> failures() {
		return (result() instanceof Result.Thrown(Throwable failure)) ? List.of(failure) : List.of();
	}

	/**
	 * The value, which a branch learns.
	 */
	T value(Branch branch) {
		if (result() instanceof Result.Thrown(Throwable failure)) {
			this.run.failures().passOn(failure, failures(), branch.next());
		}
		return value();
	}

	/**
	 * The value.
	 */
	@SuppressWarnings({ "unchecked", "NullAway" }) // It was completed with a T.
	T value() {
		return switch (result()) {
			case Result.Value(Object value) -> (T) value;
			case Result.Thrown(Throwable failure) -> throw Sneaky.rethrow(failure);
			case null -> throw new IllegalStateException("The future is not complete");
		};
	}

	private Branch callingBranch() {
		return CallingBranch.of(this.run, "a future");
	}

	/**
	 * What a future has come to.
	 */
	sealed interface Result {

		/** It has a value. */
		record Value(@Nullable Object value) implements Result {
		}

		/** It has failed. */
		record Thrown(Throwable failure) implements Result {
		}

	}

}
