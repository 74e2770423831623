package io.kraft.engine.execution;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

import io.kraft.workflow.KraftException;

/**
 * Waits for futures of the engine's own, and throws what they failed with.
 */
public final class Futures {

	private Futures() {
	}

	/**
	 * Waits for the future, which is nobody else's.
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
	 * What to throw when the calling thread was interrupted; it stays so.
	 */
	public static RuntimeException interrupted(InterruptedException cause) {
		Thread.currentThread().interrupt();
		CancellationException cancelled = new CancellationException(
				"Interrupted while waiting for a workflow; the workflow goes on");
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
