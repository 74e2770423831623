package io.kraft.engine.client;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import io.kraft.client.FailedOperation;
import io.kraft.client.FailureView;
import io.kraft.client.RunFailure;
import io.kraft.engine.call.CallingNode;
import io.kraft.engine.journal.Failure;
import io.kraft.engine.journal.JournalCodec;
import io.kraft.engine.journal.JournalEntry;
import io.kraft.engine.journal.JournalEntry.ChildStarted;
import io.kraft.engine.journal.JournalEntry.ChildrenReopened;
import io.kraft.engine.journal.JournalEntry.OperationEntry;
import io.kraft.engine.journal.JournalEntry.RunEnded;
import io.kraft.engine.journal.JournalEntry.RunRetried;
import io.kraft.engine.journal.JournalEntry.SideEffectCompleted;
import io.kraft.engine.journal.JournalEntry.SignalSent;
import io.kraft.engine.journal.JournalEntry.StepAttemptFailed;
import io.kraft.engine.journal.JournalEntry.StepCompleted;
import io.kraft.engine.journal.JournalEntry.WaitEnded;
import io.kraft.engine.journal.MaskedTokens;
import io.kraft.engine.journal.Outcome;
import io.kraft.engine.journal.Position;
import io.kraft.engine.journal.RecordedJournal;
import io.kraft.engine.journal.RecordedOperation;
import io.kraft.engine.journal.failure.FailureText;
import io.kraft.engine.routing.Call;
import io.kraft.engine.routing.RunService;
import io.kraft.engine.routing.RunView;
import io.kraft.engine.store.RunRow;
import org.jspecify.annotations.Nullable;

/**
 * Finds in a journal what went wrong with its run. Reads it in one pass, and keeps of it
 * what failed only.
 */
final class Failing {

	private final RunService service;

	private final CallingNode node;

	Failing(RunService service, CallingNode node) {
		this.service = service;
		this.node = node;
	}

	/**
	 * What went wrong with the run; empty if nothing did that it has not got over.
	 */
	Optional<RunFailure> of(RunView run) {
		if (!run.row().status().isTerminal()) {
			return ofOpen(run);
		}
		Failure failure = ended(run);
		return Optional.ofNullable(failure).map((failed) -> view(run.row(), operation(run, failed), failed));
	}

	/**
	 * The operation that made a run fail; null if the run has not ended so, or its code
	 * failed by itself.
	 */
	@Nullable FailedOperation operation(RunView run) {
		return switch (run.row().status()) {
			case FAILED, DEAD -> {
				Failure failure = ended(run);
				yield (failure != null) ? operation(run, failure) : null;
			}
			case SCHEDULED, PENDING, RUNNING, SUSPENDED, PAUSED, COMPLETED, CANCELLED, TIMED_OUT, TERMINATED -> null;
		};
	}

	private @Nullable Failure ended(RunView run) {
		byte[] last = this.service.lastEntry(Call.OWN, run.run());
		return (last != null && JournalCodec.decode(last) instanceof RunEnded ended
				&& ended.outcome() instanceof Outcome.Failed(var failure)) ? failure : null;
	}

	private Optional<RunFailure> ofOpen(RunView run) {
		return ShownJournals.of(this.service, this.node).read(run.run(), (journal) -> ofOpen(run.row(), journal));
	}

	private static Optional<RunFailure> ofOpen(RunRow row, RecordedJournal journal) {
		return journal.inOrder()
			.stream()
			.filter((operation) -> operation.completedBy() == null && operation.lastFailedAttempt() != null)
			.max(Comparator.comparing((operation) -> Objects.requireNonNull(operation.lastFailedAttempt()).at()))
			.map((operation) -> view(row, operation));
	}

	private static RunFailure view(RunRow row, RecordedOperation operation) {
		StepAttemptFailed last = Objects.requireNonNull(operation.lastFailedAttempt());
		return view(row, new FailedOperation(last.position().toString(), last.kind().label(), last.name(),
				operation.failedAttempts()), last.failure());
	}

	private @Nullable FailedOperation operation(RunView run, Failure failure) {
		List<OperationEntry> failed = new ArrayList<>();
		Map<Position, String> children = new HashMap<>();
		this.service.journal(Call.OWN, run.run(), (encoded) -> {
			JournalEntry entry = JournalCodec.decode(encoded);
			switch (entry) {
				case RunRetried retried -> failed.removeIf((before) -> retried.forgotten().contains(before.position()));
				case ChildrenReopened again ->
					failed.removeIf((before) -> again.children().contains(before.position()));
				case ChildStarted child -> children.put(child.position(), child.childId());
				case StepCompleted step when isIn(step.outcome(), failure) -> failed.add(step);
				case SideEffectCompleted effect when isIn(effect.outcome(), failure) -> failed.add(effect);
				case SignalSent signal when isIn(signal.outcome(), failure) -> failed.add(signal);
				case WaitEnded wait when isIn(wait.outcome(), failure) -> failed.add(wait);
				default -> {
				}
			}
		});
		return failed.isEmpty() ? null : of(failed.getLast(), children);
	}

	/** Of the run, of one of its causes, or of what that was restored as. */
	private static boolean isIn(@Nullable Outcome outcome, Failure whole) {
		if (!(outcome instanceof Outcome.Failed(var part))) {
			return false;
		}
		for (Failure failure = whole; failure != null; failure = failure.cause()) {
			boolean isSameText = failure.type().equals(part.type())
					&& Objects.equals(failure.message(), part.message());
			boolean isSameTrace = !part.stackTrace().isEmpty() && failure.stackTrace().equals(part.stackTrace());
			if (isSameText || isSameTrace) {
				return true;
			}
		}
		return false;
	}

	private static FailedOperation of(OperationEntry entry, Map<Position, String> children) {
		return new FailedOperation(entry.position().toString(), entry.kind().label(), entry.name(),
				(entry instanceof StepCompleted step) ? step.attempts() : 1, children.get(entry.position()));
	}

	private static RunFailure view(RunRow row, @Nullable FailedOperation operation, Failure failure) {
		return new RunFailure(row.id(), row.status(), operation, view(failure),
				MaskedTokens.in(FailureText.of(failure)));
	}

	private static FailureView view(Failure failure) {
		return new FailureView(failure.type(), MaskedTokens.inOptional(failure.message()),
				(failure.cause() != null) ? view(failure.cause()) : null,
				failure.suppressed().stream().map(Failing::view).toList());
	}

}
