package io.kraft.spring.boot.web;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.kraft.client.WorkflowClient;
import io.kraft.client.WorkflowDescription;
import io.kraft.workflow.KraftException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.util.TokenBuffer;

/**
 * The result of a run as it was journaled, for its waiters, which hold no thread.
 */
final class RunResult {

	private final WorkflowClient client;

	private final WebCalls calls;

	RunResult(WorkflowClient client, WebCalls calls) {
		this.client = client;
		this.calls = calls;
	}

	/**
	 * Waits for the end of a run, at most for the given time. The caller may block.
	 * @return fails if the result cannot be read; stops waiting when it is cancelled
	 */
	CompletableFuture<Standing> await(String id, Duration time, Caller caller) {
		boolean hasEnded = this.client.handle(id).status().isTerminal();
		if (time.isZero() && !hasEnded) {
			return CompletableFuture.completedFuture(standing(id, null, null));
		}
		// The result of one that has ended is answered immediately.
		Permit permit = hasEnded ? Permit.NONE : this.calls.streams().take(caller);
		try {
			CompletableFuture<TokenBuffer> result = this.client.handle(id, TokenBuffer.class).resultAsync();
			CompletableFuture<Standing> standing = result
				// One that has ended needs no time, but is read.
				.orTimeout(Math.max(time.toNanos(), 1), TimeUnit.NANOSECONDS)
				.handleAsync((value, failure) -> ended(id, value, failure), this.calls.executor())
				.whenComplete((answer, failure) -> permit.close());
			var unused = standing.whenComplete((answer, failure) -> {
				// The caller may be gone.
				result.cancel(false);
				permit.close();
			});
			return standing;
		}
		catch (RuntimeException ex) {
			permit.close();
			throw ex;
		}
	}

	private Standing ended(String id, @Nullable TokenBuffer result, @Nullable Throwable failure) {
		Throwable cause = (failure instanceof CompletionException && failure.getCause() != null) ? failure.getCause()
				: failure;
		if (cause == null) {
			return standing(id, WebJson.write(result), null);
		}
		if (cause instanceof TimeoutException) {
			return standing(id, null, null);
		}
		if (cause instanceof KraftException known && known.code().startsWith("KRAFT-2")) {
			return standing(id, null, known);
		}
		throw new CompletionException(cause);
	}

	private Standing standing(String id, @Nullable String result, @Nullable KraftException failure) {
		return new Standing(this.client.handle(id).describe(), result, failure);
	}

	/**
	 * The state of a run.
	 *
	 * @param result as JSON; null if there is none
	 * @param failure what it ended with instead of a result
	 */
	record Standing(WorkflowDescription run, @Nullable String result, @Nullable KraftException failure) {
	}

}
