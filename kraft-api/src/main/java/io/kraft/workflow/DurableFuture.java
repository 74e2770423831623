package io.kraft.workflow;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * The future result of a branch or a child run. It belongs to the run that opened it:
 * waiting for it on a thread of another run, or of none, is an error. Thread-safe.
 * <p>
 * Waiting is a durable operation: it survives restarts, holds no thread for long, and
 * what the code learns by it is journaled, so that a replay learns the same. Exceptions
 * of the awaited code are thrown as they are, checked ones too; those of a child as by a
 * call of its workflow.
 *
 * {@snippet class = "io.kraft.example.OrderWorkflow" region = "future"}
 *
 * @param <T> type of the value
 * @since 0.1.0
 */
public interface DurableFuture<T extends @Nullable Object> {

	/**
	 * Waits for the end.
	 * @return the value
	 * @throws WorkflowCancelledException if the caller is cancelled meanwhile, or what it
	 * waits for was
	 * @throws InvalidCallException if this is the future of another run
	 */
	T await();

	/**
	 * Waits for the end, at most for the given time. What is waited for continues when
	 * the time is over.
	 * @return empty if the time was over first, or if the value is null
	 */
	Optional<T> await(Duration timeout);

	/**
	 * Cancels what this future stands for, if it has not ended: a branch at its next
	 * durable call, a child as by {@code WorkflowClient.cancel}, a combination with all
	 * its parts.
	 */
	void cancel();

	/**
	 * All values, in the order of the list, when all have come. The first failure is that
	 * of the whole, and cancels the others.
	 */
	static <T extends @Nullable Object> DurableFuture<List<T>> allOf(
			List<? extends DurableFuture<? extends T>> futures) {
		return ContextBinding.combinators().allOf(futures);
	}

	/**
	 * As {@link #allOf(List)}.
	 */
	@SafeVarargs
	@SuppressWarnings("varargs") // Passed on to where it is copied.
	static <T extends @Nullable Object> DurableFuture<List<T>> allOf(DurableFuture<? extends T>... futures) {
		return allOf(Arrays.asList(futures));
	}

	/**
	 * The outcome of the first that ends, be it a value or a failure. The others
	 * continue; {@link #cancel()} those that are not needed.
	 * @param futures at least one
	 */
	static <T extends @Nullable Object> DurableFuture<T> anyOf(List<? extends DurableFuture<? extends T>> futures) {
		return ContextBinding.combinators().anyOf(futures);
	}

	/**
	 * As {@link #anyOf(List)}.
	 */
	@SafeVarargs
	@SuppressWarnings("varargs") // Passed on to where it is copied.
	static <T extends @Nullable Object> DurableFuture<T> anyOf(DurableFuture<? extends T>... futures) {
		return anyOf(Arrays.asList(futures));
	}

	/**
	 * The first value that comes. If all fail, the first failure in the order of the
	 * list. The others continue.
	 * @param futures at least one
	 */
	static <T extends @Nullable Object> DurableFuture<T> firstSuccess(
			List<? extends DurableFuture<? extends T>> futures) {
		return ContextBinding.combinators().firstSuccess(futures);
	}

	/**
	 * As {@link #firstSuccess(List)}.
	 */
	@SafeVarargs
	@SuppressWarnings("varargs") // Passed on to where it is copied.
	static <T extends @Nullable Object> DurableFuture<T> firstSuccess(DurableFuture<? extends T>... futures) {
		return firstSuccess(Arrays.asList(futures));
	}

}
