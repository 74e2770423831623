package io.kraft.engine.supervision;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.function.Function;

import io.kraft.workflow.KraftException;
import org.jspecify.annotations.Nullable;

/**
 * Waits for futures of the engine's own, and throws what they failed with; and makes of
 * them those that callers get, so that one that a caller gives up keeps nothing waiting.
 */
public final class Futures {

	private Futures() {
	}

	/**
	 * Waits for the future, which belongs to the caller alone.
	 * @throws CancellationException if the calling thread is interrupted meanwhile; the
	 * future is given up then
	 */
	public static <T> T join(CompletableFuture<T> future) {
		try {
			return future.get();
		}
		catch (InterruptedException ex) {
			future.cancel(false);
			throw interrupted(ex);
		}
		catch (ExecutionException ex) {
			throw unwrapped(ex);
		}
	}

	/**
	 * What a future becomes. If the answer ends otherwise, such as by its time-out or by
	 * being cancelled, the future, which belongs to the caller alone, is given up.
	 */
	public static <T extends @Nullable Object, R extends @Nullable Object> CompletableFuture<R> map(
			CompletableFuture<T> future, Function<? super T, ? extends R> mapping) {
		CompletableFuture<R> result = future.thenApply(mapping);
		var unused = result.whenComplete((value, failure) -> future.cancel(false));
		return result;
	}

	/**
	 * What a first future leads to. If the answer ends otherwise, such as by its time-out
	 * or by being cancelled, the second future, which belongs to the caller alone, is
	 * given up, be it made before or afterwards. What completes the first one is done all
	 * the same.
	 * @param next is called by the thread that completes the first future, or by the
	 * calling thread
	 */
	public static <T extends @Nullable Object, R extends @Nullable Object> CompletableFuture<R> compose(
			CompletableFuture<T> first, Function<? super T, CompletableFuture<R>> next) {
		return compose(first, next, Runnable::run);
	}

	/**
	 * As {@link #compose(CompletableFuture, Function)}.
	 * @param executor calls next
	 */
	public static <T extends @Nullable Object, R extends @Nullable Object> CompletableFuture<R> compose(
			CompletableFuture<T> first, Function<? super T, CompletableFuture<R>> next, Executor executor) {
		CompletableFuture<R> result = new CompletableFuture<>();
		var started = first.thenAcceptAsync((value) -> {
			CompletableFuture<R> second = next.apply(value);
			var unusedCopy = second.whenComplete((ended, failure) -> complete(result, ended, failure));
			var unusedLink = result.whenComplete((ended, failure) -> second.cancel(false));
		}, executor);
		var unused = started.whenComplete((nothing, failure) -> {
			if (failure != null) {
				result.completeExceptionally(failure);
			}
		});
		return result;
	}

	private static <R extends @Nullable Object> void complete(CompletableFuture<R> result, R value,
			@Nullable Throwable failure) {
		if (failure != null) {
			result.completeExceptionally(failure);
		}
		else {
			result.complete(value);
		}
	}

	/**
	 * What to throw when the calling thread was interrupted; it stays so.
	 */
	public static RuntimeException interrupted(InterruptedException cause) {
		Thread.currentThread().interrupt();
		CancellationException cancelled = new CancellationException(
				"Interrupted while waiting for a run; the run continues");
		cancelled.initCause(cause);
		return cancelled;
	}

	/**
	 * What to throw when the future failed.
	 */
	public static RuntimeException unwrapped(ExecutionException failure) {
		Throwable cause = failure.getCause();
		return (cause instanceof KraftException kraft) ? kraft : new CompletionException(cause);
	}

	/**
	 * The duration in nanoseconds, at most some 292 years.
	 */
	public static long nanos(Duration duration) {
		return (duration.compareTo(Duration.ofDays(100_000)) > 0) ? Long.MAX_VALUE : duration.toNanos();
	}

}
