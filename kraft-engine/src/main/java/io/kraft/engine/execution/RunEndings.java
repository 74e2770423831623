package io.kraft.engine.execution;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.kraft.workflow.KraftException;
import org.jspecify.annotations.Nullable;

/**
 * Who waits for the end of which run. Thread-safe; holds only what somebody waits for.
 */
final class RunEndings {

	private final Map<String, List<CompletableFuture<RunEnd>>> watchers = new HashMap<>();

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
		List<CompletableFuture<RunEnd>> told = new ArrayList<>();
		synchronized (this.watchers) {
			this.closed = cause;
			this.watchers.values().forEach(told::addAll);
			this.watchers.clear();
		}
		told.forEach((watcher) -> watcher.completeExceptionally(cause));
	}

}
