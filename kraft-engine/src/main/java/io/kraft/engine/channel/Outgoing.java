package io.kraft.engine.channel;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

import io.kraft.engine.execution.Execution;
import io.kraft.engine.store.Change;
import io.kraft.engine.store.Change.OutboxAdded;
import io.kraft.engine.store.Change.OutboxRemoved;
import io.kraft.engine.store.OutboxEntry;
import io.kraft.engine.store.OutboxRow;
import io.kraft.workflow.KraftException;
import org.jspecify.annotations.Nullable;

/**
 * Sends what a partition asks of others: one batch at a time to each of them, in the
 * order of the commits. Thread-safe.
 * <p>
 * Crash before a batch is sent, or before its rows are removed: the next owner sends them
 * again, and the receiver skips what it has taken.
 */
public final class Outgoing {

	private final Execution execution;

	private final ChannelCalls calls;

	private final Map<Integer, Sender> senders = new ConcurrentHashMap<>();

	/** The requests for runs that were not taken yet, by the ids of the runs. */
	private final Map<String, String> starts = new ConcurrentHashMap<>();

	private final Map<String, CompletableFuture<String>> arrivals = new ConcurrentHashMap<>();

	private volatile boolean stopped;

	/**
	 * The outbox of a partition, of which nothing is sent yet.
	 */
	public Outgoing(Execution execution, ChannelCalls calls) {
		this.execution = execution;
		this.calls = calls;
	}

	/**
	 * Sends what waits, before runs continue that may have asked for it.
	 */
	public void start() {
		this.execution.store().channels().sent().forEach((target, mark) -> {
			if (mark.waiting() > 0) {
				Sender sender = sender(target);
				sender.readStarts();
				sender.wake();
			}
		});
	}

	/**
	 * Something is durable. Does not block.
	 */
	public void committed(List<Change> changes) {
		for (Change change : changes) {
			if (change instanceof OutboxAdded(int target, OutboxRow row)) {
				note(row);
				sender(target).wake();
			}
			else if (change instanceof OutboxRemoved(int target, long upTo)) {
				sender(target).offerRoom();
			}
		}
	}

	void note(OutboxRow row) {
		if (row instanceof OutboxRow.StartChild || row instanceof OutboxRow.Start) {
			this.starts.put(row.to(), row.requestId());
		}
	}

	void forget(OutboxEntry entry) {
		if (this.starts.remove(entry.row().to(), entry.row().requestId())) {
			CompletableFuture<String> arrival = this.arrivals.remove(entry.row().to());
			if (arrival != null) {
				arrival.complete(entry.row().to());
			}
		}
	}

	private Sender sender(int target) {
		return this.senders.computeIfAbsent(target, (number) -> new Sender(number, this.execution, this.calls, this));
	}

	/**
	 * Whether the start of a run was requested durably, and was not taken as far as is
	 * known.
	 */
	public boolean isStarting(String id) {
		return this.starts.containsKey(id);
	}

	/**
	 * Completes when the start of a run was taken; immediately if it is not on its way.
	 */
	public CompletableFuture<?> arrival(String id) {
		CompletableFuture<String> arrival = this.arrivals.computeIfAbsent(id, (key) -> new CompletableFuture<>());
		// It may have arrived before that was seen.
		if (!isStarting(id)) {
			this.arrivals.remove(id);
			arrival.complete(id);
		}
		return arrival;
	}

	/**
	 * Whether a row may be added for a partition. Only what a workflow's code asks for
	 * waits, and it is never refused, since a refusal would be recorded as an outcome.
	 * Callers that ask at the same time may exceed the bound by their number.
	 * @throws io.kraft.workflow.KraftException if it may not, and this one stops
	 */
	public boolean hasRoom(int target, OutboxRow row) {
		return !row.waitsForRoom() || sender(target).hasRoom();
	}

	/**
	 * Notifies once when there may be room in the channel to a partition, or this one
	 * stops.
	 * @param freed must not block
	 * @return ends that
	 */
	public Runnable whenRoom(int target, Runnable freed) {
		return sender(target).whenRoom(freed);
	}

	/**
	 * Sends nothing more, and ends the waits for room. Does not wait for a batch that is
	 * under way.
	 */
	public void stop() {
		this.stopped = true;
		this.senders.values().forEach(Sender::offerRoom);
	}

	/**
	 * Why the channel to a partition stands still until an operator acts; null if it does
	 * not.
	 */
	public @Nullable KraftException alarm(int target) {
		Sender sender = this.senders.get(target);
		return (sender != null) ? sender.alarm() : null;
	}

	boolean isStopped() {
		return this.stopped;
	}

}
