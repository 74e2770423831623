package io.kraft.engine.lifecycle;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import io.kraft.engine.routing.Completion;
import io.kraft.workflow.KraftException;
import org.jspecify.annotations.Nullable;

/**
 * The futures of those that wait for the completion of a run: by its number, because an
 * id may be given again. Thread-safe; holds only what is waited for.
 */
public final class ResultWaiters {

	private final Map<Long, Set<CompletableFuture<Completion>>> waiting = new LinkedHashMap<>();

	private @Nullable KraftException closed;

	/**
	 * A future that {@link #announce} completes. A caller that gives it up cancels it.
	 */
	public CompletableFuture<Completion> await(long run) {
		CompletableFuture<Completion> completion = new CompletableFuture<>();
		synchronized (this.waiting) {
			if (this.closed != null) {
				completion.completeExceptionally(this.closed);
				return completion;
			}
			this.waiting.computeIfAbsent(run, (key) -> new LinkedHashSet<>(2)).add(completion);
		}
		return completion;
	}

	/**
	 * Forgets a future that has completed or is given up.
	 */
	@SuppressWarnings("CollectionUndefinedEquality") // A future equals itself alone.
	public void forget(long run, CompletableFuture<Completion> completion) {
		synchronized (this.waiting) {
			Set<CompletableFuture<Completion>> others = this.waiting.get(run);
			if (others != null && others.remove(completion) && others.isEmpty()) {
				this.waiting.remove(run);
			}
		}
	}

	/**
	 * Whether anyone waits for a run.
	 */
	public boolean isAwaited(long run) {
		synchronized (this.waiting) {
			return this.waiting.containsKey(run);
		}
	}

	/**
	 * The number of waiters.
	 */
	public int size() {
		synchronized (this.waiting) {
			return this.waiting.values().stream().mapToInt(Collection::size).sum();
		}
	}

	/**
	 * Takes the waiters of the run, to be completed by the caller.
	 */
	public List<CompletableFuture<Completion>> take(long run) {
		synchronized (this.waiting) {
			Set<CompletableFuture<Completion>> taken = this.waiting.remove(run);
			return (taken != null) ? List.copyOf(taken) : List.of();
		}
	}

	/**
	 * Completes the waiters of the run. Dependent actions run on the calling thread.
	 */
	public void announce(Completion completion) {
		take(completion.row().number()).forEach((waiter) -> waiter.complete(completion));
	}

	/**
	 * Fails all waiters, present and future: the engine has stopped.
	 */
	public void close(KraftException cause) {
		synchronized (this.waiting) {
			this.closed = cause;
		}
		// They are removed once they are failed, so that this can be repeated where
		// memory runs out.
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

	private List<CompletableFuture<Completion>> waiting(long run) {
		synchronized (this.waiting) {
			return List.copyOf(this.waiting.getOrDefault(run, Set.of()));
		}
	}

}
