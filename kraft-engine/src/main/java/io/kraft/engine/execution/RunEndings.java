package io.kraft.engine.execution;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.kraft.workflow.KraftException;
import org.jspecify.annotations.Nullable;

/**
 * Who waits for the end of which run. Thread-safe; holds only what somebody waits for.
 */
final class RunEndings {

	private final Map<String, List<CompletableFuture<RunEnd>>> watchers = new LinkedHashMap<>();

	private @Nullable KraftException closed;

	/**
	 * A future that {@link #announce} completes. Whoever gives it up cancels it.
	 */
	CompletableFuture<RunEnd> watch(String id) {
		CompletableFuture<RunEnd> watcher = new CompletableFuture<>();
		synchronized (this.watchers) {
			if (this.closed != null) {
				watcher.completeExceptionally(this.closed);
				return watcher;
			}
			this.watchers.computeIfAbsent(id, (key) -> new ArrayList<>(1)).add(watcher);
		}
		return watcher;
	}

	/**
	 * Forgets a watcher that has completed or is given up.
	 */
	@SuppressWarnings("ReferenceEquality") // A watcher is nothing but itself.
	void forget(String id, CompletableFuture<RunEnd> watcher) {
		synchronized (this.watchers) {
			List<CompletableFuture<RunEnd>> others = this.watchers.get(id);
			if (others != null && others.removeIf((other) -> other == watcher) && others.isEmpty()) {
				this.watchers.remove(id);
			}
		}
	}

	/**
	 * Takes those who wait for the run, to be told of its end.
	 */
	List<CompletableFuture<RunEnd>> take(String id) {
		synchronized (this.watchers) {
			List<CompletableFuture<RunEnd>> taken = this.watchers.remove(id);
			return (taken != null) ? taken : List.of();
		}
	}

	/**
	 * Tells those who wait for the run that it has ended. What they do then runs on the
	 * calling thread.
	 */
	void announce(RunEnd end) {
		take(end.row().id()).forEach((watcher) -> watcher.complete(end));
	}

	/**
	 * Fails all who wait, now and later: the engine has stopped.
	 */
	void close(KraftException cause) {
		synchronized (this.watchers) {
			this.closed = cause;
		}
		// They leave when they know, so that this can be done again where memory runs
		// out.
		for (String id = anyWatched(); id != null; id = anyWatched()) {
			watching(id).forEach((watcher) -> watcher.completeExceptionally(cause));
			take(id);
		}
	}

	private @Nullable String anyWatched() {
		synchronized (this.watchers) {
			return this.watchers.isEmpty() ? null : this.watchers.keySet().iterator().next();
		}
	}

	private List<CompletableFuture<RunEnd>> watching(String id) {
		synchronized (this.watchers) {
			return List.copyOf(this.watchers.getOrDefault(id, List.of()));
		}
	}

}
