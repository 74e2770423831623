package io.kraft.engine.control;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.kraft.client.InboxFullException;
import io.kraft.client.MessageNotFoundException;
import io.kraft.client.RunOperation;
import io.kraft.client.UnexpectedPayloadException;
import io.kraft.client.WorkflowEndedException;
import io.kraft.client.WorkflowNotFoundException;
import io.kraft.engine.journal.Outcome;
import io.kraft.engine.ledger.RunRecord;
import io.kraft.engine.message.Inbox;
import io.kraft.engine.operation.CallbackTokens;
import io.kraft.engine.partition.WrittenAnswer;
import io.kraft.engine.run.MessageDelivery;
import io.kraft.engine.run.RunEnvironment;
import io.kraft.engine.run.RunJournal;
import io.kraft.engine.store.Change;
import io.kraft.engine.store.Message;
import io.kraft.engine.store.Message.Kind;
import io.kraft.engine.store.MessageVisitor;
import io.kraft.engine.store.Store;
import org.jspecify.annotations.Nullable;

/**
 * What an operator does to signals and completions that a run has not taken; durable when
 * a method returns. Thread-safe.
 * <p>
 * Each is decided about the run, and is one commit: crash before it, and the message is
 * as it was. A run in memory may have taken the message, and not have handed that over
 * yet: its inbox knows, and so the run has it, or the operator.
 */
public final class InboxControl {

	private final RunEnvironment environment;

	private final Runnable takesWork;

	/**
	 * The control of an execution's inboxes. The answer to a caller goes with the commit
	 * that a method makes.
	 * @param takesWork throws when the engine takes no work
	 */
	public InboxControl(RunEnvironment environment, Runnable takesWork) {
		this.environment = environment;
		this.takesWork = takesWork;
	}

	/**
	 * Reads the signals and completions that a run has not taken, durably, in the order
	 * in which it takes them.
	 * @throws WorkflowNotFoundException if the id is unknown
	 */
	public void read(String id, MessageVisitor visitor) {
		store().readMessages(delivery().target(id).number(), 0,
				(message, isWhole, bytes) -> !isForOperator(message) || visitor.visit(message, isWhole, bytes));
	}

	/**
	 * Removes a message. A callback can be completed again; the id of a signal stays
	 * known, so that a sender that repeats it does not bring it back.
	 * @throws WorkflowNotFoundException if the id is unknown
	 * @throws WorkflowEndedException if the run has ended
	 * @throws MessageNotFoundException if the run does not have the message, or has taken
	 * it
	 */
	public void discard(String id, long number, WrittenAnswer answer) {
		this.takesWork.run();
		delivery().decide(id, (record) -> {
			Message message = find(RunOperation.DISCARD_MESSAGE, id, number, record);
			commit(id, record, message, null, discarded(message), answer);
			delivery().leaves(message);
			return null;
		});
	}

	private static List<Change> discarded(Message message) {
		List<Change> changes = new ArrayList<>();
		changes.add(new Change.MessageTaken(message.run(), message.sequence()));
		if (message.kind() == Kind.CALLBACK) {
			changes.add(new Change.MessageForgotten(message.run(), CallbackTokens.messageId(message.name())));
		}
		return changes;
	}

	/**
	 * Puts another payload in place of a message's own; number, place and time stay.
	 * @throws WorkflowNotFoundException if the id is unknown
	 * @throws WorkflowEndedException if the run has ended
	 * @throws MessageNotFoundException if the run does not have the message, or has taken
	 * it
	 * @throws InboxFullException if it is larger than the one before, and there is no
	 * room for it
	 * @throws UnexpectedPayloadException if the run is known to take it next, and waits
	 * for another payload
	 */
	public void replace(String id, long number, Outcome.Success outcome, WrittenAnswer answer) {
		this.takesWork.run();
		Message replaced = delivery().replace(id, number, outcome,
				(record) -> find(RunOperation.REPLACE_MESSAGE, id, number, record),
				(record, before, after) -> commit(id, record, before, after,
						List.of(new Change.MessageTaken(before.run(), number), new Change.MessageAdded(after, null)),
						answer));
		delivery().wake(replaced);
	}

	private Message find(RunOperation operation, String id, long number, RunRecord record) {
		Objects.requireNonNull(record.row()).admits(operation);
		record.awaitDurable();
		Message message = store().message(record.run(), number);
		if (message == null || !isForOperator(message)) {
			throw notFound(id, number);
		}
		return message;
	}

	/**
	 * Durable before the decision ends: a thread that loads the run then reads its inbox.
	 * @param after the message that is there then; null if none is
	 */
	private static void commit(String id, RunRecord record, Message before, @Nullable Message after,
			List<Change> changes, WrittenAnswer answer) {
		Inbox inbox = (record.writer() instanceof RunJournal journal) ? journal.inbox() : null;
		if (inbox != null && !inbox.withdraw(before.sequence())) {
			throw notFound(id, before.sequence());
		}
		try {
			List<Change> all = new ArrayList<>(changes);
			all.addAll(answer.changes());
			record.commitOrRefuse(all).await();
		}
		catch (Throwable ex) {
			putBack(inbox, before);
			throw ex;
		}
		putBack(inbox, after);
	}

	private static void putBack(@Nullable Inbox inbox, @Nullable Message message) {
		if (inbox != null && message != null) {
			inbox.putBack(message);
		}
	}

	private static boolean isForOperator(Message message) {
		return message.kind() == Kind.SIGNAL || message.kind() == Kind.CALLBACK;
	}

	private static MessageNotFoundException notFound(String id, long number) {
		return new MessageNotFoundException("run '" + id + "' has no message " + number
				+ " that it has not taken: it has taken it, or reads it at this moment; it was discarded; or it never "
				+ "was. messages(\"" + id + "\") lists those that wait. See docs/reference/errors.md#kraft-3014", null,
				id);
	}

	private MessageDelivery delivery() {
		return this.environment.delivery();
	}

	private Store store() {
		return this.environment.partition().store();
	}

}
