package io.kraft.engine.client;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

import io.kraft.client.JournalEntryView;
import io.kraft.client.JournalQuery;
import io.kraft.client.Page;
import io.kraft.engine.journal.JournalCodec;
import io.kraft.engine.journal.JournalEntry;
import io.kraft.engine.journal.JournalEntry.CallbackOpened;
import io.kraft.engine.journal.JournalEntry.ChildStarted;
import io.kraft.engine.journal.JournalEntry.ChildrenReopened;
import io.kraft.engine.journal.JournalEntry.DeadlineSet;
import io.kraft.engine.journal.JournalEntry.FailureTraced;
import io.kraft.engine.journal.JournalEntry.OperationBegun;
import io.kraft.engine.journal.JournalEntry.OperationCancelled;
import io.kraft.engine.journal.JournalEntry.OperationEntry;
import io.kraft.engine.journal.JournalEntry.RunContinued;
import io.kraft.engine.journal.JournalEntry.RunEnded;
import io.kraft.engine.journal.JournalEntry.RunRetried;
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
import io.kraft.engine.journal.JournalEntry.TraceKept;
import io.kraft.engine.journal.JournalEntry.UuidDrawn;
import io.kraft.engine.journal.JournalEntry.ValuePublished;
import io.kraft.engine.journal.JournalEntry.WaitEnded;
import io.kraft.engine.journal.JournalEntry.WaitStarted;
import io.kraft.engine.journal.MaskedTokens;
import io.kraft.engine.journal.Outcome;
import io.kraft.engine.journal.Payload;
import io.kraft.engine.journal.PayloadConverter;
import io.kraft.engine.routing.Call;
import io.kraft.engine.routing.RunService;
import io.kraft.engine.routing.StartedRun;
import org.jspecify.annotations.Nullable;

/**
 * Shows single entries of journals to people.
 */
final class JournalEntryViews {

	/** In memory beside the page. */
	private static final long MAX_READ_BYTES = 64 * 1024;

	private final PayloadConverter payloads;

	JournalEntryViews(PayloadConverter payloads) {
		this.payloads = payloads;
	}

	Page<JournalEntryView> page(RunService service, StartedRun run, JournalQuery query) {
		List<JournalEntryView> page = new ArrayList<>();
		long size = 0;
		int next = query.from();
		Deque<byte[]> read = new ArrayDeque<>(read(service, run, next, query));
		while (!read.isEmpty() && page.size() < query.limit()) {
			JournalEntryView view = of(next, JournalCodec.decode(read.removeFirst()));
			size += length(view.arguments()) + length(view.outcome()) + length(view.failure());
			if (!page.isEmpty() && size > query.maxSize()) {
				return new Page<>(page, Optional.of(Integer.toString(next)));
			}
			page.add(view);
			next++;
			if (read.isEmpty()) {
				read.addAll(read(service, run, next, query));
			}
		}
		return new Page<>(page, read.isEmpty() ? Optional.empty() : Optional.of(Integer.toString(next)));
	}

	/** As few as needed: entries may be large, and few of them fill a page. */
	private static List<byte[]> read(RunService service, StartedRun run, int from, JournalQuery query) {
		return service.entries(Call.OWN, run, from, query.limit(), Math.min(query.maxSize(), MAX_READ_BYTES));
	}

	private static int length(@Nullable String payload) {
		return (payload != null) ? payload.length() : 0;
	}

	private JournalEntryView of(int sequence, JournalEntry entry) {
		OperationEntry operation = (entry instanceof OperationEntry about) ? about : null;
		Outcome outcome = outcome(entry);
		return new JournalEntryView(sequence, fact(entry), (operation != null) ? operation.position().toString() : "",
				(operation != null) ? operation.kind().label() : "", (operation != null) ? operation.name() : "",
				text(arguments(entry)), value(entry, outcome), failure(entry, outcome), attempt(entry), dueAt(entry),
				entry.at());
	}

	/** For programs to rely on, whatever becomes of the classes' names. */
	private static String fact(JournalEntry entry) {
		return switch (entry) {
			case RunStarted e -> "run-started";
			case RunContinued e -> "run-continued";
			case RunRetried e -> "run-retried";
			case RunEnded e -> "run-ended";
			case FailureTraced e -> "failure-traced";
			case ChildrenReopened e -> "children-reopened";
			case DeadlineSet e -> "deadline-set";
			case TraceKept e -> "trace-kept";
			case StepIntended e -> "step-intended";
			case StepAttemptFailed e -> "step-attempt-failed";
			case StepCompleted e -> "step-completed";
			case SideEffectCompleted e -> "side-effect-completed";
			case TimerSet e -> "timer-set";
			case TimerFired e -> "timer-fired";
			case TimeRead e -> "time-read";
			case UuidDrawn e -> "uuid-drawn";
			case StateChanged e -> "state-changed";
			case WaitStarted e -> "wait-started";
			case WaitEnded e -> "wait-ended";
			case CallbackOpened e -> "callback-opened";
			case SignalSent e -> "signal-sent";
			case ValuePublished e -> "value-published";
			case OperationBegun e -> "operation-begun";
			case OperationCancelled e -> "operation-cancelled";
			case ChildStarted e -> "child-started";
		};
	}

	private static @Nullable Payload arguments(JournalEntry entry) {
		return switch (entry) {
			case RunStarted started -> started.arguments();
			case OperationEntry operation -> operation.arguments();
			default -> null;
		};
	}

	private static @Nullable Outcome outcome(JournalEntry entry) {
		return switch (entry) {
			case RunEnded ended -> ended.outcome();
			case StepCompleted completed -> completed.outcome();
			case SideEffectCompleted completed -> completed.outcome();
			case WaitEnded ended -> ended.outcome();
			case SignalSent sent -> sent.outcome();
			case ValuePublished published -> new Outcome.Success(published.value());
			case StateChanged changed -> (changed.value() != null) ? new Outcome.Success(changed.value()) : null;
			default -> null;
		};
	}

	private @Nullable String value(JournalEntry entry, @Nullable Outcome outcome) {
		return switch (entry) {
			case UuidDrawn drawn -> "\"" + drawn.uuid() + "\"";
			default -> (outcome instanceof Outcome.Success(Payload value)) ? text(value) : null;
		};
	}

	private static @Nullable String failure(JournalEntry entry, @Nullable Outcome outcome) {
		if (entry instanceof StepAttemptFailed failed) {
			return MaskedTokens.in(failed.failure().chain());
		}
		return (outcome instanceof Outcome.Failed(var failure)) ? MaskedTokens.in(failure.chain()) : null;
	}

	private static int attempt(JournalEntry entry) {
		return switch (entry) {
			case StepAttemptFailed failed -> failed.attempt();
			case StepCompleted completed -> completed.attempts();
			default -> 0;
		};
	}

	private static @Nullable Instant dueAt(JournalEntry entry) {
		return switch (entry) {
			case DeadlineSet set -> set.dueAt();
			case TimerSet set -> set.dueAt();
			case WaitStarted started -> started.dueAt();
			case StepAttemptFailed failed -> failed.retryAt();
			default -> null;
		};
	}

	private @Nullable String text(@Nullable Payload payload) {
		return (payload != null) ? MaskedTokens.in(this.payloads.text(payload)) : null;
	}

}
