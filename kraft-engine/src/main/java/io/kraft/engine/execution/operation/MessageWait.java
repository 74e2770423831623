package io.kraft.engine.execution.operation;

import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.kraft.engine.execution.run.Branch;
import io.kraft.engine.execution.operation.SharedMessage.Arrival;
import io.kraft.engine.execution.run.Branch.Operation;
import io.kraft.engine.execution.run.Instants;
import io.kraft.engine.execution.run.LoadedRun;
import io.kraft.engine.execution.run.RunEnvironment;
import io.kraft.engine.execution.run.Wait;
import io.kraft.engine.execution.run.Wait.MessageKey;
import io.kraft.engine.journal.Failure;
import io.kraft.engine.journal.JournalEntry.WaitEnded;
import io.kraft.engine.journal.JournalEntry.WaitStarted;
import io.kraft.engine.journal.OperationKind;
import io.kraft.engine.journal.Outcome;
import io.kraft.engine.journal.Payload;
import io.kraft.engine.journal.Position;
import io.kraft.engine.store.Change;
import io.kraft.engine.store.Message;
import io.kraft.engine.store.Timer;
import io.kraft.workflow.PayloadSerializationException;
import org.jspecify.annotations.Nullable;

/**
 * The wait of the workflow's code for a message, for ever or up to a time.
 * <p>
 * Crash while it waits: the wait goes on, to the same time. The message is taken out of
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

	/** Where it began; null before. */
	private @Nullable Position position;

	private MessageWait(Branch branch, OperationKind kind, String name, MessageKey key, SharedMessage shared) {
		this.branch = branch;
		this.run = branch.run();
		this.kind = kind;
		this.name = name;
		this.key = key;
		this.shared = shared;
	}

	static MessageWait forSignal(Branch branch, String name) {
		return new MessageWait(branch, OperationKind.SIGNAL, name, new MessageKey(Message.Kind.SIGNAL, name),
				new SharedMessage());
	}

	/**
	 * The wait of a branch for a callback.
	 * @param shared by all that wait for it
	 */
	static MessageWait forCallback(Branch branch, String callback, SharedMessage shared) {
		return new MessageWait(branch, OperationKind.CALLBACK_WAIT, callback,
				new MessageKey(Message.Kind.CALLBACK, callback), shared);
	}

	/**
	 * Waits.
	 * @param timeout null means for ever
	 * @return what came; null if the time was over first
	 */
	@Nullable Outcome await(@Nullable Duration timeout) {
		Operation operation = this.branch.begin(this.kind, this.name);
		this.position = operation.position();
		if (operation.settled() instanceof WaitEnded ended) {
			if (ended.outcome() != null) {
				share(ended.outcome());
			}
			return ended.outcome();
		}
		Timer timer = timer(operation, timeout);
		Wait wait = Wait.forSubject(this.shared, this.key, timer, this.kind.label() + " '" + this.name + "'");
		Arrival arrival = this.run.parking().await(this.branch, wait, () -> this.shared.look(this::take));
		Change[] changes = changes((arrival != null) ? arrival.message() : null, timer);
		if (arrival == null) {
			this.branch.checkNotCancelled(operation, changes);
		}
		Outcome outcome = (arrival != null) ? arrival.outcome() : null;
		this.run.journal()
			.append(new WaitEnded(operation.position(), this.kind, this.name, outcome, this.run.environment().now()),
					changes);
		return outcome;
	}

	private @Nullable Message take() {
		return this.run.whileReadable(() -> this.run.inbox().take(this.key::matches));
	}

	/** Another branch may have come to its wait before. */
	private void share(Outcome outcome) {
		this.shared.recorded(outcome);
		this.run.parking().wakeFor(this.shared);
	}

	private static Change[] changes(@Nullable Message message, @Nullable Timer timer) {
		List<Change> changes = new ArrayList<>(2);
		if (message != null) {
			changes.add(new Change.MessageTaken(message.run(), message.sequence()));
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
	 * What came, as a value of the application.
	 */
	@Nullable Object read(Outcome outcome, Type type) {
		return switch (outcome) {
			case Outcome.Success(Payload value) -> this.run.values().read(value, type, what());
			case Outcome.Failed(Failure failure) -> throw thrown(failure);
		};
	}

	/** A branch that has waited before learns the same again, where it goes on. */
	private RuntimeException thrown(Failure failure) {
		Position at = (this.position != null) ? this.position : this.branch.next();
		return SideEffectOperation.thrown(this.run, failure, at);
	}

	/**
	 * What came, as a value of the application that is not null.
	 * @return null only for {@code Void}
	 */
	@Nullable Object require(Outcome outcome, Type type) {
		Object value = read(outcome, type);
		if (value == null && type != Void.class) {
			throw this.run.pause(new PayloadSerializationException(what() + " of workflow '" + this.run.id()
					+ "' is null, but a " + type.getTypeName() + " is waited for. Wait with awaitSignal(name) or "
					+ "awaitSignal(name, timeout) for signals without a payload, or send one of that type. "
					+ "See docs/errors.md#kraft-1004"));
		}
		return value;
	}

	private String what() {
		return "the payload of " + this.kind.label() + " '" + this.name + "'";
	}

}
