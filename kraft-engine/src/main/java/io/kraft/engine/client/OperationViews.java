package io.kraft.engine.client;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.kraft.client.OperationView;
import io.kraft.engine.journal.JournalEntry.CallbackOpened;
import io.kraft.engine.journal.JournalEntry.ChildStarted;
import io.kraft.engine.journal.JournalEntry.OperationBegun;
import io.kraft.engine.journal.JournalEntry.OperationCancelled;
import io.kraft.engine.journal.JournalEntry.OperationEntry;
import io.kraft.engine.journal.JournalEntry.RunEnded;
import io.kraft.engine.journal.JournalEntry.RunStarted;
import io.kraft.engine.journal.JournalEntry.SideEffectCompleted;
import io.kraft.engine.journal.JournalEntry.SignalSent;
import io.kraft.engine.journal.JournalEntry.StateChanged;
import io.kraft.engine.journal.JournalEntry.StepAttemptFailed;
import io.kraft.engine.journal.JournalEntry.StepCompleted;
import io.kraft.engine.journal.JournalEntry.StepIntended;
import io.kraft.engine.journal.JournalEntry.TimeRead;
import io.kraft.engine.journal.JournalEntry.TimerFired;
import io.kraft.engine.journal.JournalEntry.TimerSet;
import io.kraft.engine.journal.JournalEntry.UuidDrawn;
import io.kraft.engine.journal.JournalEntry.ValuePublished;
import io.kraft.engine.journal.JournalEntry.WaitEnded;
import io.kraft.engine.journal.JournalEntry.WaitStarted;
import io.kraft.engine.journal.MaskedTokens;
import io.kraft.engine.journal.Outcome;
import io.kraft.engine.journal.Payload;
import io.kraft.engine.journal.PayloadConverter;
import io.kraft.engine.journal.RecordedJournal;
import io.kraft.engine.journal.RecordedOperation;
import io.kraft.engine.store.RunRow;
import io.kraft.workflow.WorkflowCancelledException;
import org.jspecify.annotations.Nullable;

/**
 * Shows recorded journals to people.
 */
final class OperationViews {

	private final PayloadConverter payloads;

	OperationViews(PayloadConverter payloads) {
		this.payloads = payloads;
	}

	List<OperationView> of(RunRow row, RecordedJournal journal) {
		List<OperationView> views = new ArrayList<>(journal.operations().size() + 2);
		RunStarted started = journal.started();
		if (started != null) {
			views.add(new OperationView("", "start", row.name(), text(started.arguments()), null, null, 0, started.at(),
					started.at(), null));
		}
		journal.inOrder().forEach((operation) -> views.add(view(operation)));
		RunEnded ended = journal.ended();
		if (ended != null) {
			views.add(new OperationView("", "end", row.name(), null, value(ended.outcome()), failure(ended.outcome()),
					0, ended.at(), ended.at(), null));
		}
		return views;
	}

	private OperationView view(RecordedOperation operation) {
		OperationEntry completedBy = operation.completedBy();
		Outcome outcome = switch (completedBy) {
			case StepCompleted completed -> completed.outcome();
			case SideEffectCompleted completed -> completed.outcome();
			case UuidDrawn drawn -> new Outcome.Success(json(drawn.uuid()));
			case TimeRead read -> new Outcome.Success(json(read.at()));
			case StateChanged changed -> (changed.value() != null) ? new Outcome.Success(changed.value()) : null;
			case StepIntended intended -> null;
			case StepAttemptFailed failed -> null;
			case TimerSet set -> null;
			case TimerFired fired -> null;
			case WaitStarted started -> null;
			case WaitEnded ended -> ended.outcome();
			case CallbackOpened opened -> null;
			case SignalSent sent -> sent.outcome();
			case ValuePublished published -> new Outcome.Success(published.value());
			case OperationBegun begun -> null;
			case OperationCancelled cancelled -> null;
			case ChildStarted started -> null;
			case null -> null;
		};
		return new OperationView(operation.position().toString(), operation.kind().label(), operation.name(),
				text(operation.arguments()), value(outcome), failure(operation, outcome), attempts(operation),
				startedAt(operation), (completedBy != null) ? completedBy.at() : null, operation.dueAt());
	}

	private static Payload json(Object value) {
		return Payload.json(("\"" + value + "\"").getBytes(java.nio.charset.StandardCharsets.UTF_8));
	}

	private static int attempts(RecordedOperation operation) {
		return (operation.completedBy() instanceof StepCompleted completed) ? completed.attempts()
				: operation.failedAttempts();
	}

	private static Instant startedAt(RecordedOperation operation) {
		return (operation.completedBy() instanceof StepCompleted completed) ? completed.startedAt()
				: operation.first().at();
	}

	private @Nullable String value(@Nullable Outcome outcome) {
		return (outcome instanceof Outcome.Success(Payload value)) ? text(value) : null;
	}

	/** Of an open step, that of its last attempt. */
	private static @Nullable String failure(RecordedOperation operation, @Nullable Outcome outcome) {
		if (operation.completedBy() instanceof OperationCancelled cancelled) {
			return WorkflowCancelledException.class.getName() + ": " + cancelled.cause().text();
		}
		StepAttemptFailed last = operation.lastFailedAttempt();
		return (outcome == null && last != null) ? MaskedTokens.in(last.failure().chain()) : failure(outcome);
	}

	private static @Nullable String failure(@Nullable Outcome outcome) {
		return (outcome instanceof Outcome.Failed(var failure)) ? MaskedTokens.in(failure.chain()) : null;
	}

	private @Nullable String text(@Nullable Payload payload) {
		return (payload != null) ? MaskedTokens.in(this.payloads.text(payload)) : null;
	}

}
