package io.kraft.engine.operation;

import java.lang.reflect.Type;
import java.util.Optional;

import io.kraft.engine.journal.Failure;
import io.kraft.engine.journal.JournalEntry.CallbackOpened;
import io.kraft.engine.journal.JournalEntry.SignalSent;
import io.kraft.engine.journal.JournalEntry.ValuePublished;
import io.kraft.engine.journal.OperationKind;
import io.kraft.engine.journal.Outcome;
import io.kraft.engine.journal.Payload;
import io.kraft.engine.journal.RunSecret;
import io.kraft.engine.journal.UnreadableEntryException;
import io.kraft.engine.journal.failure.Failures;
import io.kraft.engine.run.Branch;
import io.kraft.engine.run.Branch.Operation;
import io.kraft.engine.run.ChannelRoom;
import io.kraft.engine.run.ExpectedPayload;
import io.kraft.engine.run.LoadedRun;
import io.kraft.engine.run.LookUps;
import io.kraft.engine.run.MessageDelivery;
import io.kraft.engine.run.Neighbours;
import io.kraft.engine.run.WaitCondition.MessageKey;
import io.kraft.engine.store.Change;
import io.kraft.engine.store.Message;
import io.kraft.engine.store.OutboxRow;
import io.kraft.workflow.Callback;
import io.kraft.workflow.KraftException;
import org.jspecify.annotations.Nullable;

/**
 * What a run lets out: signals to other runs, published values, tokens of callbacks.
 * <p>
 * A signal, or a published value, is in the same commit as the entry that records it:
 * crash before it, and neither is there; after it, and neither is done again.
 */
final class MessageOperations {

	private MessageOperations() {
	}

	static void signal(Branch branch, String target, String name, @Nullable Object payload) {
		LoadedRun run = branch.run();
		Operation operation = branch.begin(OperationKind.SIGNAL_SENT, name);
		if (operation.completedBy() instanceof SignalSent sent) {
			throwIfFailed(run, operation, sent.outcome());
			return;
		}
		Payload written = write(run, payload, "the payload of signal '" + name + "'");
		run.continuation().awaitDurable();
		if (!run.environment().neighbours().isHere(target)) {
			signalElsewhere(branch, operation, target, written);
			return;
		}
		try {
			MessageDelivery delivery = run.environment().delivery();
			Message message = delivery.sendWith(run, target, Message.Kind.SIGNAL, name, new Outcome.Success(written),
					sent(run, operation, name, target, new Outcome.Success(Payload.NULL)));
			run.continuation().awaitDurable();
			delivery.wake(message);
		}
		catch (KraftException ex) {
			Outcome failed = new Outcome.Failed(Failures.record(ex));
			run.journal().append(sent(run, operation, name, target, failed));
			throwIfFailed(run, operation, failed);
		}
	}

	/**
	 * Whether it would be refused is asked first; what becomes of it later is not known.
	 */
	private static void signalElsewhere(Branch branch, Operation operation, String target, Payload value) {
		LoadedRun run = branch.run();
		Neighbours neighbours = run.environment().neighbours();
		OutboxRow row = new OutboxRow.Signal(run.environment().nextRequestId(), target,
				run.requester(operation.position()), operation.name(), value, run.environment().now());
		do {
			Optional<KraftException> refusal = neighbours.isOnItsWay(target) ? Optional.empty()
					: LookUps.untilReached(run, () -> neighbours.refusal(target, operation.name(), value));
			if (refusal.isPresent()) {
				Outcome failed = new Outcome.Failed(Failures.record(refusal.get()));
				run.journal().append(sent(run, operation, operation.name(), target, failed));
				throwIfFailed(run, operation, failed);
				return;
			}
		}
		while (ChannelRoom.await(branch, operation, row));
		run.journal()
			.append(sent(run, operation, operation.name(), target, new Outcome.Success(Payload.NULL)),
					neighbours.added(row));
		run.continuation().awaitDurable();
	}

	private static SignalSent sent(LoadedRun run, Operation operation, String name, String target, Outcome outcome) {
		return new SignalSent(operation.position(), name, target, outcome, run.environment().now());
	}

	private static void throwIfFailed(LoadedRun run, Operation operation, Outcome outcome) {
		if (outcome instanceof Outcome.Failed(Failure failure)) {
			throw SideEffectOperation.thrown(run, failure, operation.position());
		}
	}

	static void publish(Branch branch, String key, @Nullable Object value) {
		LoadedRun run = branch.run();
		Operation operation = branch.begin(OperationKind.PUBLISHED, key);
		if (operation.recorded() != null) {
			return;
		}
		Payload written = write(run, value, "the published value '" + key + "'");
		run.valueRoom().publish(key, written);
		run.journal()
			.append(new ValuePublished(operation.position(), key, written, run.environment().now()),
					new Change.ValuePublished(run.number(), key, written));
	}

	static <T extends @Nullable Object> Callback<T> callback(Branch branch, Type type) {
		LoadedRun run = branch.run();
		Operation operation = branch.begin(OperationKind.CALLBACK, "");
		String place = run.place(operation.position());
		String token = token(run, operation, place);
		if (operation.recorded() == null) {
			run.journal().note(new CallbackOpened(operation.position(), null, run.environment().now()));
		}
		ExpectedPayload expected = ExpectedPayload.ofCallback(type);
		run.awaited().opened(new MessageKey(Message.Kind.CALLBACK, place), expected);
		return new OpenCallback<>(run, operation.position(), token, expected);
	}

	private static String token(LoadedRun run, Operation operation, String place) {
		RunSecret secret = run.origin().started().secret();
		if (secret != null) {
			return CallbackTokens.of(run.id(), place, secret);
		}
		if (operation.recorded() == null) {
			throw run.continuation().pause(UnreadableEntryException.withoutSecret(run.id()));
		}
		return (operation.recorded().first() instanceof CallbackOpened opened && opened.token() != null)
				? opened.token() : CallbackTokens.masked(run.id(), place);
	}

	private static Payload write(LoadedRun run, @Nullable Object value, String what) {
		return run.environment().payloads().write(value, (value != null) ? value.getClass() : Object.class, what);
	}

}
