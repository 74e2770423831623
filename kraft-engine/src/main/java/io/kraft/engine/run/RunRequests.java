package io.kraft.engine.run;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.kraft.engine.journal.CancelCause;
import io.kraft.engine.journal.Failure;
import io.kraft.engine.journal.Outcome;
import io.kraft.engine.store.Change;
import io.kraft.engine.store.Message;
import org.jspecify.annotations.Nullable;

/**
 * What is requested of a run for as long as it has not ended: to be cancelled, to fail,
 * to be paused, to notify another run of its end. Their messages stay in its inbox until
 * then. Thread-safe.
 */
public final class RunRequests {

	private final long run;

	private final RunCancellation cancellation;

	private final RunContinuation continuation;

	private volatile @Nullable Failure failure;

	private final Set<CompletionSubscriber> subscribers = ConcurrentHashMap.newKeySet();

	private final Set<Long> messages = ConcurrentHashMap.newKeySet();

	/**
	 * No requests so far.
	 * @param run its number
	 */
	RunRequests(long run, RunCancellation cancellation, RunContinuation continuation) {
		this.run = run;
		this.cancellation = cancellation;
		this.continuation = continuation;
	}

	/**
	 * Applies a message, if it is a request.
	 */
	public void accept(Message message) {
		if (message.kind() == Message.Kind.CANCEL) {
			this.messages.add(message.sequence());
			this.cancellation.request(CancelCause.REQUESTED);
		}
		else if (message.kind() == Message.Kind.FAIL) {
			this.messages.add(message.sequence());
			if (message.outcome() instanceof Outcome.Failed(Failure asked)) {
				this.failure = asked;
			}
			this.cancellation.request(CancelCause.FAILED);
		}
		else if (message.kind() == Message.Kind.PAUSE) {
			this.messages.add(message.sequence());
			this.continuation.pauseOnRequest();
		}
		else if (message.kind() == Message.Kind.WATCH) {
			this.messages.add(message.sequence());
			this.subscribers.add(CompletionSubscriber.parse(message.name()));
		}
	}

	/**
	 * The failure that the run is to fail with; null if that is not requested.
	 */
	public @Nullable Failure failure() {
		return this.failure;
	}

	/**
	 * The subscribers to be notified of the end.
	 */
	public Set<CompletionSubscriber> subscribers() {
		return this.subscribers;
	}

	/**
	 * Removes the messages, at the run's end.
	 */
	public List<Change> removed() {
		return this.messages.stream().<Change>map((sequence) -> new Change.MessageTaken(this.run, sequence)).toList();
	}

}
