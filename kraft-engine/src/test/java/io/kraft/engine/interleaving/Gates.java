package io.kraft.engine.interleaving;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

import io.kraft.engine.testing.InFlight;
import org.jspecify.annotations.Nullable;

/**
 * Where the steps of runs wait to be given a command, by the run's id. A step that waits
 * is not in flight. Thread-safe.
 */
final class Gates {

	private final Map<String, Deque<Waiter>> waiting = new HashMap<>();

	private final Map<String, Deque<String>> given = new HashMap<>();

	/** What a step is given that finds no other command; null lets it wait. */
	private @Nullable String standing;

	/**
	 * Waits for a command.
	 */
	String await(String id, InFlight work) throws InterruptedException, ExecutionException {
		Waiter waiter = new Waiter(new CompletableFuture<>(), work);
		synchronized (this) {
			Deque<String> commands = this.given.get(id);
			if (commands != null && !commands.isEmpty()) {
				return commands.poll();
			}
			if (this.standing != null) {
				return this.standing;
			}
			this.waiting.computeIfAbsent(id, (key) -> new ArrayDeque<>()).add(waiter);
			work.end();
		}
		try {
			return waiter.command().get();
		}
		finally {
			giveUp(id, waiter);
		}
	}

	/** One that was interrupted is in flight again. */
	private synchronized void giveUp(String id, Waiter waiter) {
		Deque<Waiter> waiters = this.waiting.get(id);
		if (waiters != null && waiters.remove(waiter)) {
			waiter.work().begin();
		}
	}

	/**
	 * Gives a command to the step of the run that waits, or to the next one that comes.
	 */
	synchronized void give(String id, String command) {
		Deque<Waiter> waiters = this.waiting.get(id);
		Waiter waiter = (waiters != null) ? waiters.poll() : null;
		if (waiter != null) {
			waiter.work().begin();
			waiter.command().complete(command);
		}
		else {
			this.given.computeIfAbsent(id, (key) -> new ArrayDeque<>()).add(command);
		}
	}

	/**
	 * Gives every step that waits, or comes and finds no other command, this one.
	 */
	synchronized void giveAlways(String command) {
		this.standing = command;
		for (Deque<Waiter> waiters : this.waiting.values()) {
			for (Waiter waiter = waiters.poll(); waiter != null; waiter = waiters.poll()) {
				waiter.work().begin();
				waiter.command().complete(command);
			}
		}
	}

	/**
	 * Takes back what no step has been given yet.
	 */
	synchronized void forgetCommands() {
		this.given.clear();
	}

	synchronized boolean isWaiting(String id) {
		Deque<Waiter> waiters = this.waiting.get(id);
		return waiters != null && !waiters.isEmpty();
	}

	private record Waiter(CompletableFuture<String> command, InFlight work) {
	}

}
