package io.kraft.engine.execution;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import io.kraft.workflow.KraftException;
import org.jspecify.annotations.Nullable;

/**
 * The futures of those that wait for the completion of a run: by its number, because an id
 * may be given again. Thread-safe; holds only what is waited for.
 */
final class ResultWaiters {

	private final Map<Long, Set<CompletableFuture<RunEnd>>> waiting = new LinkedHashMap<>();

	private @Nullable KraftException closed;

	/**
	 * A future that {@link #announce} completes. A caller that gives it up cancels it.
	 */
	CompletableFuture<RunEnd> await(long run) {
		CompletableFuture<RunEnd> end = new CompletableFuture<>();
		synchronized (this.waiting) {
			if (this.closed != null) {
				end.completeExceptionally(this.closed);
				return end;
			}
			this.waiting.computeIfAbsent(run, (key) -> new LinkedHashSet<>(2)).add(end);
		}
		return end;
	}

	/**
	 * Forgets a future that has completed or is given up.
	 */
	@SuppressWarnings("CollectionUndefinedEquality") // A future equals itself alone.
	void forget(long run, CompletableFuture<RunEnd> end) {
		synchronized (this.waiting) {
			Set<CompletableFuture<RunEnd>> others = this.waiting.get(run);
			if (others != null && others.remove(end) && others.isEmpty()) {
				this.waiting.remove(run);
			}
		}
	}

	/**
	 * Whether anyone waits for a run.
	 */
	boolean isAwaited(long run) {
		synchronized (this.waiting) {
			return this.waiting.containsKey(run);
		}
	}

	/**
	 * The number of waiters.
	 */
	int size() {
		synchronized (this.waiting) {
			return this.waiting.values().stream().mapToInt(Collection::size).sum();
		}
	}

	/**
	 * Takes the waiters of the run, to be completed by the caller.
	 */
	List<CompletableFuture<RunEnd>> take(long run) {
		synchronized (this.waiting) {
			Set<CompletableFuture<RunEnd>> taken = this.waiting.remove(run);
			return (taken != null) ? List.copyOf(taken) : List.of();
		}
	}

	/**
	 * Completes the waiters of the run. Dependent actions run on the calling thread.
	 */
	void announce(RunEnd end) {
		take(end.row().number()).forEach((waiter) -> waiter.complete(end));
	}

	/**
	 * Fails all waiters, present and future: the engine has stopped.
	 */
	void close(KraftException cause) {
		synchronized (this.waiting) {
			this.closed = cause;
		}
		// They are removed once they are failed, so that this can be repeated where memory
		// runs out.
		for (Long run = anyAwaited(); run != null; run = anyAwaited()) {
			waiting(run).forEach((waiter) -> waiter.completeExceptionally(cause));
			take(run);
		}
	}

	private @Nullable Long anyAwaited() {
		synchronized (this.waiting) {
			return this.waiting.isEmpty() ? null : this.waiting.keySet().iterator().next();
		}
	}

	private List<CompletableFuture<RunEnd>> waiting(long run) {
		synchronized (this.waiting) {
			return List.copyOf(this.waiting.getOrDefault(run, Set.of()));
		}
	}

}
