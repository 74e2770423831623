package io.kraft.engine.run;

import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.LongPredicate;
import java.util.function.Predicate;

import io.kraft.client.InboxFullException;
import io.kraft.client.RunOperation;
import io.kraft.client.UnexpectedPayloadException;
import io.kraft.client.WorkflowEndedException;
import io.kraft.client.WorkflowNotFoundException;
import io.kraft.client.WorkflowStatus;
import io.kraft.engine.journal.JournalEntry;
import io.kraft.engine.journal.Outcome;
import io.kraft.engine.journal.Payload;
import io.kraft.engine.journal.PayloadConverter;
import io.kraft.engine.ledger.RunLedger;
import io.kraft.engine.ledger.RunRecord;
import io.kraft.engine.partition.Commit;
import io.kraft.engine.partition.Partition;
import io.kraft.engine.partition.WrittenAnswer;
import io.kraft.engine.run.PayloadGuard.Checked;
import io.kraft.engine.run.WaitCondition.MessageKey;
import io.kraft.engine.store.Change;
import io.kraft.engine.store.Change.MessageAdded;
import io.kraft.engine.store.Message;
import io.kraft.engine.store.RunRow;
import io.kraft.engine.store.Store;
import io.kraft.workflow.KraftException;
import org.jspecify.annotations.Nullable;

/**
 * Puts messages into the inboxes of runs. Thread-safe.
 * <p>
 * Crash before the commit: nothing was sent, and nothing was acknowledged. After it,
 * before the run has noticed: the next owner finds the message in the inbox, and loads
 * the run. A run that ends at the same time either has the message before its end, or the
 * sender gets an error because it has ended.
 */
public final class MessageDelivery {

	/** The number of a message that has none yet. */
	private static final long BEHIND_ALL = Long.MAX_VALUE;

	/** Begins what the ids of signals are remembered as, and no other ids. */
	private static final String SIGNAL_ID = "\0";

	private final Partition partition;

	private final InstantSource clock;

	private final RunLedger ledger;

	private final LoadedRuns loadedRuns;

	private final LongConsumer loader;

	private final InboxRoom room;

	private final MessageIdRoom ids;

	private final PayloadGuard payloads;

	private final FirstMessages firsts;

	private final RunClaims claims = new RunClaims();

	/**
	 * A delivery to the runs of a partition.
	 * @param payloads reads what is sent as what the runs expect
	 * @param loader loads a run that is not in memory, by its number
	 * @param maxInbox most bytes of messages that wait for a run
	 * @param maxMessageIds most ids of signals that are remembered for a run
	 */
	public MessageDelivery(Partition partition, InstantSource clock, RunLedger ledger, LoadedRuns loadedRuns,
			PayloadConverter payloads, LongConsumer loader, long maxInbox, int maxMessageIds) {
		this.room = new InboxRoom(partition.store(), maxInbox);
		this.ids = new MessageIdRoom(partition.store(), maxMessageIds);
		this.partition = partition;
		this.clock = clock;
		this.ledger = ledger;
		this.loadedRuns = loadedRuns;
		this.firsts = new FirstMessages(partition.store());
		this.payloads = new PayloadGuard(loadedRuns, this.firsts, payloads);
		this.loader = loader;
	}

	/**
	 * Decides about the run that an id means now. A removal that is in flight is waited
	 * for: then the id is unknown, or means another run.
	 * @throws WorkflowNotFoundException if the id is unknown
	 */
	public <T extends @Nullable Object> T decide(String id, Function<RunRecord, T> decision) {
		while (true) {
			Decided<T> decided = this.ledger.<@Nullable Decided<T>>decide(target(id).number(),
					(record) -> isRemoved(record) ? null : new Decided<>(decision.apply(record)));
			if (decided != null) {
				return decided.value();
			}
		}
	}

	private static boolean isRemoved(RunRecord record) {
		boolean isRemoved = record.row() == null;
		if (isRemoved) {
			record.awaitDurable();
		}
		return isRemoved;
	}

	/**
	 * Sends a message on behalf of a client; durable when it returns.
	 * @param messageId a repeated one is not delivered again; null if there is none
	 * @param answer goes with the commit of the message
	 * @throws WorkflowNotFoundException if the id is unknown
	 * @throws WorkflowEndedException if the run has ended
	 * @throws InboxFullException if the run's inbox is full
	 * @throws UnexpectedPayloadException if the run waits for another payload now
	 */
	public void send(String id, Message.Kind kind, String name, Outcome outcome, @Nullable String messageId,
			WrittenAnswer answer) {
		if (messageId == null) {
			sendOnce(id, kind, name, outcome, null, answer, this.partition::submitOrRefuse);
			return;
		}
		sendClaimed(id, messageId,
				() -> sendOnce(id, kind, name, outcome, messageId, answer, this.partition::submitOrRefuse));
	}

	/**
	 * Sends a completion of a callback; durable when it returns.
	 * @param run number of the run, which no other run of the same id has
	 * @param place of the callback
	 * @param answer goes with the commit of the message
	 * @throws WorkflowNotFoundException if the run was removed
	 * @throws WorkflowEndedException if the run has ended
	 * @throws InboxFullException if the run's inbox is full
	 * @throws UnexpectedPayloadException if the run expects another payload
	 */
	public void complete(String id, long run, String place, Outcome outcome, String messageId, WrittenAnswer answer) {
		sendClaimed(id, messageId, () -> sendOnce(id, (number) -> number == run, Message.Kind.CALLBACK, place, outcome,
				messageId, answer, this.partition::submitOrRefuse));
	}

	/** Until a message is durable, a repetition would not see it. */
	private void sendClaimed(String id, String messageId, Runnable sending) {
		this.claims.whileClaimed(id + "/" + messageId, () -> {
			sending.run();
			return id;
		});
	}

	/**
	 * Whether a run in memory has opened a callback, and waits for its completion now or
	 * later.
	 */
	public boolean isOpen(long run, MessageKey callback) {
		LoadedRun loaded = this.loadedRuns.find(run);
		return loaded != null && loaded.awaited().isOpen(callback);
	}

	/**
	 * Asks something of a run on behalf of a client, unless that is asked already or has
	 * no effect; durable when it returns.
	 * @param answer goes with the commit of the request
	 * @throws WorkflowNotFoundException if the id is unknown
	 */
	public void request(String id, Message.Kind kind, WrittenAnswer answer) {
		sendOnce(id, kind, "", new Outcome.Success(Payload.NULL), null, answer, this.partition::submitOrRefuse);
	}

	/**
	 * Asks for the cancellation of a run on behalf of its parent, which is not refused
	 * where a client is: its code could not handle that.
	 * @param parent the operation that waits for it
	 * @throws WorkflowNotFoundException if the id is unknown, or means another run
	 */
	public void cancelChild(String id, CompletionSubscriber parent) {
		sendOnce(id, (run) -> isWatched(run, parent), Message.Kind.CANCEL, "", new Outcome.Success(Payload.NULL), null,
				WrittenAnswer.NONE, this.partition::submit);
	}

	/**
	 * Whether a run was started by an operation, or is watched by it. Its commits are to
	 * be durable.
	 */
	public boolean isWatched(long run, CompletionSubscriber subscriber) {
		String name = subscriber.name();
		return requests(run).stream()
			.anyMatch((request) -> request.kind() == Message.Kind.WATCH && request.name().equals(name));
	}

	private void sendOnce(String id, Message.Kind kind, String name, Outcome outcome, @Nullable String messageId,
			WrittenAnswer answer, Function<List<Change>, Commit> submit) {
		sendOnce(id, (run) -> true, kind, name, outcome, messageId, answer, submit);
	}

	/**
	 * Sends a message.
	 * @param meant whether the run of that number is the one that is meant
	 */
	private void sendOnce(String id, LongPredicate meant, Message.Kind kind, String name, Outcome outcome,
			@Nullable String messageId, WrittenAnswer answer, Function<List<Change>, Commit> submit) {
		MessageKey key = new MessageKey(kind, name);
		Sent sent = null;
		while (sent == null) {
			Checked checked = this.payloads.check(target(id).number(), key, outcome);
			sent = this.<@Nullable Sent>decide(id, (record) -> {
				if (!meant.test(record.run())) {
					throw notFound(id);
				}
				if (isKnown(record.run(), kind, messageId) || !takesMessage(kind, record)) {
					return Sent.NOTHING;
				}
				if (!this.payloads.admits(id, record, checked, BEHIND_ALL)) {
					return null;
				}
				if (kind.isForCode()) {
					this.room.take(id, record, name, outcome);
				}
				if (messageId != null && messageId.startsWith(SIGNAL_ID)) {
					this.ids.take(id, record, SIGNAL_ID);
				}
				Message message = message(record.run(), kind, name, outcome);
				List<Change> changes = new ArrayList<>(answer.changes());
				changes.add(new MessageAdded(message, messageId));
				return new Sent(message, record.commit(changes, submit));
			});
		}
		if (sent.message() != null && sent.commit() != null) {
			sent.commit().await();
			wake(sent.message());
		}
	}

	/**
	 * Hands over what another partition has sent to a run, with the mark that it was
	 * taken; not durable when this returns.
	 * @param meant whether the run that has the id is the one that is meant
	 * @throws WorkflowNotFoundException if the id is unknown, or another run is meant
	 * @throws WorkflowEndedException if the run has ended
	 * @throws InboxFullException if the run's inbox is full
	 * @throws UnexpectedPayloadException if the run waits for another payload now
	 */
	public HandedOver handOver(String id, Predicate<RunRecord> meant, Message.Kind kind, String name, Outcome outcome,
			Change mark) {
		MessageKey key = new MessageKey(kind, name);
		while (true) {
			Checked checked = this.payloads.check(target(id).number(), key, outcome);
			HandedOver handed = this.<@Nullable HandedOver>decide(id, (record) -> {
				if (!kind.isForCode()) {
					// What it was asked before, or its end, may be on its way to the
					// disk.
					record.awaitDurable();
				}
				if (!meant.test(record)) {
					throw notFound(id);
				}
				if (!takesMessage(kind, record) || isAsked(record.run(), key)) {
					return new HandedOver(this.partition.submitOrRefuse(List.of(mark)), null);
				}
				if (!this.payloads.admits(id, record, checked, BEHIND_ALL)) {
					return null;
				}
				if (kind == Message.Kind.SIGNAL) {
					this.room.take(id, record, name, outcome);
				}
				Message message = message(record.run(), kind, name, outcome);
				if (kind == Message.Kind.WATCH) {
					// Its end, which may be decided next, is to know of it.
					accept(record, message);
				}
				return new HandedOver(
						record.commit(List.of(new MessageAdded(message, null), mark), this.partition::submitOrRefuse),
						message);
			});
			if (handed != null) {
				return handed;
			}
		}
	}

	/**
	 * What a signal of another partition would be refused with now; empty if it would be
	 * taken.
	 */
	public Optional<KraftException> refusal(String id, String name, Outcome outcome) {
		MessageKey key = new MessageKey(Message.Kind.SIGNAL, name);
		try {
			boolean isDecided = false;
			while (!isDecided) {
				Checked checked = this.payloads.check(target(id).number(), key, outcome);
				isDecided = decide(id, (record) -> {
					takesMessage(Message.Kind.SIGNAL, record);
					if (!this.payloads.admits(id, record, checked, BEHIND_ALL)) {
						return false;
					}
					this.room.check(id, record, name, outcome);
					return true;
				});
			}
			return Optional.empty();
		}
		catch (WorkflowNotFoundException | WorkflowEndedException | InboxFullException
				| UnexpectedPayloadException ex) {
			return Optional.of(ex);
		}
	}

	/** One that is for the run's code is never the same as another. */
	private boolean isAsked(long run, MessageKey key) {
		return !key.kind().isForCode() && requests(run).stream().anyMatch(key::matches);
	}

	/**
	 * Decides to put another payload in place of that of a message, which is checked like
	 * one that is sent.
	 * @param number of the message
	 * @param find answers the message, in the decision; throws if it is not there
	 * @param replacement puts one message in place of the other, in the decision
	 * @return the message as it is then
	 * @throws WorkflowNotFoundException if the id is unknown
	 * @throws InboxFullException if it is larger than the one before, and there is no
	 * room for it
	 * @throws UnexpectedPayloadException if the run waits for another payload now
	 */
	public Message replace(String id, long number, Outcome outcome, Function<RunRecord, Message> find,
			Replacement replacement) {
		while (true) {
			long run = target(id).number();
			Message seen = store().message(run, number);
			Checked checked = (seen != null)
					? this.payloads.check(run, new MessageKey(seen.kind(), seen.name()), outcome) : null;
			Message replaced = this.<@Nullable Message>decide(id, (record) -> {
				Message before = find.apply(record);
				if (checked == null || !checked.key().matches(before)
						|| !this.payloads.admits(id, record, checked, number)) {
					return null;
				}
				boolean isLarger = InboxRoom.bytes(before.name(), outcome) > InboxRoom.bytes(before.name(),
						before.outcome());
				if (isLarger) {
					this.room.take(id, record, before.name(), outcome);
				}
				Message after = new Message(before.run(), number, before.kind(), before.name(), outcome, before.at());
				replacement.replace(record, before, after);
				if (isLarger) {
					this.room.giveBack(before);
				}
				return after;
			});
			if (replaced != null) {
				return replaced;
			}
		}
	}

	/**
	 * A message of a run's inbox is taken, or discarded.
	 */
	public void leaves(Message message) {
		this.room.giveBack(message);
	}

	/**
	 * Messages that a run had not taken before its end are returned to its inbox, in a
	 * decision about it.
	 */
	public void returned(long run) {
		this.room.forget(run);
		this.firsts.forget(run);
	}

	/**
	 * As what the id of a signal is remembered: ids are those of the signals of one name.
	 * No id of a callback, and none that was remembered without its name, looks like
	 * this.
	 */
	public static String signalId(String name, String id) {
		return SIGNAL_ID + name.length() + ":" + name + id;
	}

	private boolean isKnown(long run, Message.Kind kind, @Nullable String messageId) {
		if (messageId != null) {
			return store().knowsMessage(run, messageId);
		}
		return !kind.isForCode() && this.firsts.isThere(run, new MessageKey(kind, null));
	}

	/**
	 * Sends a message with the next commit of another run.
	 * @param entry of the sender's journal
	 * @throws InboxFullException if the target's inbox is full
	 * @throws UnexpectedPayloadException if the target waits for another payload now
	 * @return what is to be woken when that is durable
	 * @throws WorkflowNotFoundException if the id is unknown
	 * @throws WorkflowEndedException if the run has ended
	 */
	public Message sendWith(LoadedRun sender, String id, Message.Kind kind, String name, Outcome outcome,
			JournalEntry entry) {
		while (true) {
			long target = target(id).number();
			Checked checked = this.payloads.check(target, new MessageKey(kind, name), outcome);
			Message sent = this.ledger.<@Nullable Message>decide(List.of(sender.number(), target), (records) -> {
				RunRecord record = Objects.requireNonNull(records.get(target));
				if (isRemoved(record)) {
					return null;
				}
				takesMessage(kind, record);
				if (!this.payloads.admits(id, record, checked, BEHIND_ALL)) {
					return null;
				}
				this.room.take(id, record, name, outcome);
				Message message = message(target, kind, name, outcome);
				record.join(sender.journal().commit(entry, List.of(new MessageAdded(message, null))));
				return message;
			});
			if (sent != null) {
				return sent;
			}
		}
	}

	/**
	 * A message for a subscriber that has not ended, to go with the commit of what it
	 * watches.
	 */
	public Message notice(CompletionSubscriber subscriber, Outcome outcome) {
		return message(subscriber.run(), Message.Kind.CHILD_ENDED, subscriber.position(), outcome);
	}

	/**
	 * A request to a run, to go with the commit of what is decided about it.
	 * @param run its number
	 * @param outcome holds the reason
	 */
	public Message request(long run, Message.Kind kind, Outcome outcome) {
		return message(run, kind, "", outcome);
	}

	/**
	 * A message with which a run watches another.
	 * @param run number of the one that is watched
	 */
	public Message watch(long run, CompletionSubscriber subscriber) {
		return message(run, Message.Kind.WATCH, subscriber.name(), new Outcome.Success(Payload.NULL));
	}

	/**
	 * A message that a run had taken and is to get again.
	 */
	public Message again(long run, Message.Kind kind, String name, Outcome outcome) {
		return message(run, kind, name, outcome);
	}

	/**
	 * What others ask of a run and is for the engine; small, while what is for the run's
	 * code may be large, and is read one by one.
	 * @param run its number
	 */
	public List<Message> requests(long run) {
		List<Message> requests = new ArrayList<>();
		store().readMessages(run, 0, (message, isWhole, bytes) -> {
			if (!message.kind().isForCode()) {
				requests.add(message);
			}
			return true;
		});
		return requests;
	}

	/**
	 * Whether a run has applied a durable request, or will when it is loaded.
	 * @return false if it has ended without; the request is removed then
	 */
	public boolean isApplied(Message request) {
		return this.ledger.decide(request.run(), (record) -> {
			if (!record.isOpen()) {
				// The run may not have known of it, and then does not look for it.
				record.commit(List.of(new Change.MessageTaken(request.run(), request.sequence())));
				return false;
			}
			accept(record, request);
			return true;
		});
	}

	/** A run in memory knows of it immediately, and one that is not when it is loaded. */
	private void accept(RunRecord record, Message request) {
		LoadedRun run = (record.writer() != null) ? this.loadedRuns.find(record.run()) : null;
		if (run != null) {
			run.requests().accept(request);
		}
	}

	/**
	 * Lets the run check its inbox.
	 */
	public void wake(Message message) {
		if (message.kind().isToEnd() && !isApplied(message)) {
			return;
		}
		LoadedRun run = this.loadedRuns.find(message.run());
		if (run != null && run.wake(message)) {
			return;
		}
		WorkflowStatus status = store().run(message.run()).map(RunRow::status).orElse(null);
		if (status == WorkflowStatus.SUSPENDED && this.loadedRuns.waitsOnDiskForOthers(message)) {
			return;
		}
		boolean isToBegin = (status == WorkflowStatus.PENDING || status == WorkflowStatus.SCHEDULED)
				&& (message.kind().isToEnd() || message.kind() == Message.Kind.PAUSE);
		if (status == WorkflowStatus.SUSPENDED || status == WorkflowStatus.RUNNING || isToBegin) {
			this.loader.accept(message.run());
		}
	}

	/**
	 * The row of the run that is meant.
	 * @throws WorkflowNotFoundException if the id is unknown
	 */
	public RunRow target(String id) {
		return store().run(id).orElseThrow(() -> notFound(id));
	}

	/**
	 * What to throw when no run has an id.
	 */
	public static WorkflowNotFoundException notFound(String id) {
		return new WorkflowNotFoundException("no run has the id '" + id
				+ "': it was never started, or was removed after its retention. See docs/reference/errors.md#kraft-3001",
				null, id);
	}

	/**
	 * Whether the run that is decided about takes a message, or that has no effect.
	 * @throws WorkflowEndedException if it is refused
	 */
	private static boolean takesMessage(Message.Kind kind, RunRecord record) {
		return Objects.requireNonNull(record.row()).admits(switch (kind) {
			case CANCEL -> RunOperation.CANCEL;
			case PAUSE -> RunOperation.PAUSE;
			case FAIL -> RunOperation.FAIL;
			default -> RunOperation.SIGNAL;
		});
	}

	private Message message(long target, Message.Kind kind, String name, Outcome outcome) {
		return new Message(target, this.partition.nextMessage(), kind, name, outcome,
				this.clock.instant().truncatedTo(ChronoUnit.MILLIS));
	}

	private Store store() {
		return this.partition.store();
	}

	/**
	 * Puts one message in place of another.
	 */
	@FunctionalInterface
	public interface Replacement {

		void replace(RunRecord record, Message before, Message after);

	}

	/**
	 * A message of another partition on its way to the disk, with its mark.
	 *
	 * @param message to be woken when it is durable; null if it has no effect
	 */
	public record HandedOver(Commit commit, @Nullable Message message) {
	}

	private record Decided<T extends @Nullable Object>(T value) {
	}

	/**
	 * A message on its way to the disk, or none, because it was there before.
	 */
	private record Sent(@Nullable Message message, @Nullable Commit commit) {

		private static final Sent NOTHING = new Sent(null, null);

	}

}
