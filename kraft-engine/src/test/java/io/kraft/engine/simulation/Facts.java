package io.kraft.engine.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

/**
 * What clients and operators have asked for, and what was acknowledged. Thread-safe.
 */
final class Facts {

	private final List<Sent> sent = new ArrayList<>();

	private final Map<String, Long> terminated = new HashMap<>();

	private final Set<String> removable = new HashSet<>();

	private final Set<String> pausable = new HashSet<>();

	private final Set<String> completed = new HashSet<>();

	private final List<Watched> watched = new ArrayList<>();

	/** A message to a run was acknowledged. */
	synchronized void sent(Sent message) {
		this.sent.add(message);
	}

	synchronized List<Sent> sent() {
		return List.copyOf(this.sent);
	}

	/** A termination of a run was acknowledged. */
	synchronized void terminated(String id, long number) {
		this.terminated.put(id, number);
	}

	synchronized Map<String, Long> terminated() {
		return Map.copyOf(this.terminated);
	}

	/** Somebody asks for the run of an id to be removed or replaced. */
	synchronized void removable(String id) {
		this.removable.add(id);
	}

	synchronized boolean isRemovable(String id) {
		return this.removable.contains(id);
	}

	/** Somebody asks for a pause. */
	synchronized void pausable(String id) {
		this.pausable.add(id);
	}

	synchronized boolean isPausable(String id) {
		return this.pausable.contains(id);
	}

	/**
	 * Somebody asks for the completion of a callback.
	 * @return whether nobody did before
	 */
	synchronized boolean completed(String token) {
		return this.completed.add(token);
	}

	synchronized void watch(Watched watched) {
		this.watched.add(watched);
	}

	synchronized List<Watched> watched() {
		return List.copyOf(this.watched);
	}

	/** What was acknowledged may be lost: it was not synced. */
	synchronized void forget() {
		this.sent.clear();
		this.terminated.clear();
		this.watched.clear();
	}

	/**
	 * A message.
	 *
	 * @param number of the run that it was sent to
	 * @param payload unlike that of any other
	 */
	record Sent(String id, long number, String payload) {
	}

	/**
	 * A result that somebody waits for.
	 *
	 * @param nonce of the run, if it is sure that this start made it; else null
	 * @param life of the engine
	 */
	record Watched(String id, @Nullable String nonce, CompletableFuture<?> result, int life) {
	}

}
