package io.kraft.engine.operation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.kraft.engine.journal.Failure;
import io.kraft.engine.journal.JournalEntry.WaitEnded;
import io.kraft.engine.journal.JournalEntry.WaitStarted;
import io.kraft.engine.journal.OperationKind;
import io.kraft.engine.journal.Outcome;
import io.kraft.engine.journal.Payload;
import io.kraft.engine.journal.Position;
import io.kraft.engine.operation.SharedMessage.Arrival;
import io.kraft.engine.run.Branch;
import io.kraft.engine.run.Branch.Operation;
import io.kraft.engine.run.ExpectedPayload;
import io.kraft.engine.run.Instants;
import io.kraft.engine.run.LoadedRun;
import io.kraft.engine.run.RunEnvironment;
import io.kraft.engine.run.WaitCondition;
import io.kraft.engine.run.WaitCondition.MessageKey;
import io.kraft.engine.store.Change;
import io.kraft.engine.store.Message;
import io.kraft.engine.store.Timer;
import io.kraft.workflow.KraftException;
import io.kraft.workflow.PayloadSerializationException;
import org.jspecify.annotations.Nullable;

/**
 * The wait of the workflow's code for a message, for ever or up to a time.
 * <p>
 * Crash while it waits: the wait continues, to the same time. The message is taken out of
 * the inbox in the commit that records it, so that it is taken once: crash before that
 * commit, and the message is still there; after it, and the journal answers.
 */
final class MessageWait {

	private final Branch branch;

	private final LoadedRun run;

	private final OperationKind kind;

	private final String name;

	private final MessageKey key;

	private final SharedMessage shared;

	private final @Nullable ExpectedPayload expected;

	/** Where it began; null before. */
	private @Nullable Position position;

	private boolean isRead;

	private @Nullable Object value;

	private MessageWait(Branch branch, OperationKind kind, String name, MessageKey key, SharedMessage shared,
			@Nullable ExpectedPayload expected) {
		this.branch = branch;
		this.run = branch.run();
		this.kind = kind;
		this.name = name;
		this.key = key;
		this.shared = shared;
		this.expected = expected;
	}

	/**
	 * The wait of a branch for a signal.
	 * @param expected null if its payload is not read
	 */
	static MessageWait forSignal(Branch branch, String name, @Nullable ExpectedPayload expected) {
		return new MessageWait(branch, OperationKind.SIGNAL, name, new MessageKey(Message.Kind.SIGNAL, name),
				new SharedMessage(), expected);
	}

	/**
	 * The wait of a branch for a callback.
	 * @param shared by all that wait for it
	 */
	static MessageWait forCallback(Branch branch, String callback, SharedMessage shared, ExpectedPayload expected) {
		return new MessageWait(branch, OperationKind.CALLBACK_WAIT, callback,
				new MessageKey(Message.Kind.CALLBACK, callback), shared, expected);
	}

	/**
	 * Waits.
	 * @param timeout null means for ever
	 * @return what came; null if the time was over first
	 */
	@Nullable Outcome await(@Nullable Duration timeout) {
		Operation operation = this.branch.begin(this.kind, this.name);
		this.position = operation.position();
		if (operation.completedBy() instanceof WaitEnded ended) {
			if (ended.outcome() != null) {
				share(ended.outcome());
			}
			return ended.outcome();
		}
		Timer timer = timer(operation, timeout);
		WaitCondition wait = WaitCondition.forMessage(this.shared, this.key, this.expected, timer,
				this.kind.label() + " '" + this.name + "'");
		Arrival arrival = this.run.parking().await(this.branch, wait, () -> this.shared.look(this::take));
		Message taken = (arrival != null && arrival.isToBeTaken()) ? arrival.message() : null;
		Change[] changes = changes(taken, timer);
		if (arrival == null) {
			this.branch.cancellation().checkNotRequested(operation, changes);
		}
		else {
			readArrived(arrival);
		}
		if (taken != null) {
			this.run.environment().delivery().leaves(taken);
		}
		Outcome outcome = (arrival != null) ? arrival.outcome() : null;
		this.run.journal()
			.append(new WaitEnded(operation.position(), this.kind, this.name, outcome, this.run.environment().now()),
					changes);
		if (outcome != null) {
			this.run.awaited().closed(this.key);
		}
		return outcome;
	}

	private @Nullable Message take() {
		return this.run.continuation().whileReadable(() -> this.run.inbox().take(this.key::matches));
	}

	/** Another branch may have come to its wait before. */
	private void share(Outcome outcome) {
		this.shared.recorded(outcome);
		this.run.parking().wakeFor(this.shared);
	}

	private static Change[] changes(@Nullable Message taken, @Nullable Timer timer) {
		List<Change> changes = new ArrayList<>(2);
		if (taken != null) {
			changes.add(new Change.MessageTaken(taken.run(), taken.sequence()));
		}
		if (timer != null) {
			changes.add(new Change.TimerRemoved(timer));
		}
		return changes.toArray(Change[]::new);
	}

	private @Nullable Timer timer(Operation operation, @Nullable Duration timeout) {
		Instant recordedDue = (operation.recorded() != null) ? operation.recorded().dueAt() : null;
		if (recordedDue != null) {
			return new Timer(recordedDue, this.run.number(), operation.position());
		}
		if (timeout == null) {
			return null;
		}
		RunEnvironment environment = this.run.environment();
		Instant dueAt = Instants.ceiling(Instants.plus(environment.clock().instant(), timeout));
		Timer timer = new Timer(dueAt, this.run.number(), operation.position());
		this.run.journal()
			.note(new WaitStarted(operation.position(), this.kind, this.name, dueAt, environment.now()),
					new Change.TimerSet(timer));
		return timer;
	}

	/**
	 * Reads what came before it is recorded: what pauses the run stays in the inbox,
	 * where it can be discarded or replaced.
	 */
	private void readArrived(Arrival arrival) {
		if (this.expected == null || !(arrival.outcome() instanceof Outcome.Success(Payload payload))) {
			return;
		}
		Message message = arrival.message();
		String number = (message != null) ? " (message " + message.sequence() + " of its inbox)" : "";
		try {
			this.value = this.expected.read(this.run.environment().payloads(), payload, what() + number);
			this.isRead = true;
		}
		catch (KraftException ex) {
			if (message != null && arrival.isToBeTaken()) {
				this.run.inbox().putBack(message);
			}
			throw this.run.continuation().pause((message != null) ? withFix(ex, message) : ex);
		}
	}

	private KraftException withFix(KraftException failure, Message message) {
		return new PayloadSerializationException(
				failure.getMessage() + ". The message is still in the inbox: discardMessage(\"" + this.run.id() + "\", "
						+ message.sequence() + ") or replaceMessage(…), and resume the run",
				failure);
	}

	/**
	 * What came, as a value of the application.
	 * @return of a signal, null only for {@code Void}
	 */
	@Nullable Object read(Outcome outcome) {
		return switch (outcome) {
			case Outcome.Success(Payload payload) -> this.isRead ? this.value : read(payload);
			case Outcome.Failed(Failure failure) -> throw thrown(failure);
		};
	}

	private @Nullable Object read(Payload payload) {
		try {
			return Objects.requireNonNull(this.expected)
				.readRecorded(this.run.environment().payloads(), payload, what());
		}
		catch (KraftException ex) {
			throw this.run.continuation().pause(ex);
		}
	}

	/** A branch that has waited before gets the same again, where it continues. */
	private RuntimeException thrown(Failure failure) {
		Position at = (this.position != null) ? this.position : this.branch.next();
		return SideEffectOperation.thrown(this.run, failure, at);
	}

	private String what() {
		return "the payload of " + this.kind.label() + " '" + this.name + "' of run '" + this.run.id() + "'";
	}

}
