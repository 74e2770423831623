package io.kraft.engine.client;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import io.kraft.client.WorkflowDescription;
import io.kraft.client.WorkflowDetail;
import io.kraft.client.WorkflowDetail.OpenOperation;
import io.kraft.engine.call.CallingNode;
import io.kraft.engine.journal.JournalEntry.RunEnded;
import io.kraft.engine.journal.JournalEntry.RunStarted;
import io.kraft.engine.journal.JournalEntry.StepAttemptFailed;
import io.kraft.engine.journal.MaskedTokens;
import io.kraft.engine.journal.OperationKind;
import io.kraft.engine.journal.Outcome;
import io.kraft.engine.journal.Position;
import io.kraft.engine.journal.RecordedJournal;
import io.kraft.engine.journal.RecordedOperation;
import io.kraft.engine.routing.Activity;
import io.kraft.engine.routing.Call;
import io.kraft.engine.routing.RunService;
import io.kraft.engine.routing.RunView;
import io.kraft.engine.store.RunRow;
import org.jspecify.annotations.Nullable;

/**
 * Answers an operator's questions about a run, from its journal and from what it does in
 * memory: a step in its first attempt is known there only.
 */
final class Inspection {

	private final RunService service;

	private final CallingNode node;

	Inspection(RunService service, CallingNode node) {
		this.service = service;
		this.node = node;
	}

	WorkflowDetail of(String id) {
		RunView run = this.service.run(Call.OWN, id);
		RecordedJournal ends = run.row().status().isTerminal() ? ends(run) : null;
		return (ends != null) ? detail(run, ends)
				: ShownJournals.of(this.service, this.node).read(run.run(), (journal) -> detail(run, journal));
	}

	private WorkflowDetail detail(RunView run, RecordedJournal journal) {
		RunRow row = run.row();
		WorkflowDescription workflow = Descriptions.of(run);
		List<OpenOperation> open = row.status().isTerminal() ? List.of() : open(journal, run.activities());
		return new WorkflowDetail(workflow, since(row, journal, open), open, lastError(workflow, open),
				new Failing(this.service, this.node).operation(run), this.service.journalLength(Call.OWN, run.run()),
				input(journal.started()), output(journal.ended()));
	}

	/**
	 * Of a run that has ended only what it began and ended with, however long it is:
	 * nothing is open in it. Null if that is not in its place.
	 */
	private @Nullable RecordedJournal ends(RunView run) {
		List<byte[]> first = this.service.entries(Call.OWN, run.run(), 0, 1, 1);
		byte[] last = this.service.lastEntry(Call.OWN, run.run());
		RecordedJournal ends = new RecordedJournal();
		if (!first.isEmpty() && last != null) {
			ends.add(first.getFirst());
			ends.add(last);
		}
		return (ends.started() != null && ends.ended() != null) ? ends : null;
	}

	private static List<OpenOperation> open(RecordedJournal journal, List<Activity> activities) {
		Map<Position, Activity> byPosition = new LinkedHashMap<>();
		activities.stream()
			.filter((activity) -> activity.position() != null)
			.forEach((activity) -> byPosition.put(Objects.requireNonNull(activity.position()), activity));
		List<OpenOperation> open = new ArrayList<>();
		journal.inOrder()
			.stream()
			.filter((operation) -> operation.completedBy() == null)
			.map((operation) -> view(operation, byPosition.remove(operation.position())))
			.forEach(open::add);
		byPosition.forEach((position, activity) -> {
			RecordedOperation recorded = journal.operations().get(position);
			// Between the looks at memory and at the journal it may have completed.
			if (recorded == null) {
				open.add(view(position, activity));
			}
		});
		return open;
	}

	private static OpenOperation view(RecordedOperation operation, @Nullable Activity activity) {
		StepAttemptFailed failed = operation.lastFailedAttempt();
		Instant since = (failed != null) ? failed.at() : operation.first().at();
		int attempt = (operation.kind() == OperationKind.STEP) ? operation.failedAttempts() + 1 : 0;
		boolean executes = activity != null && activity.waitingFor() == null;
		return new OpenOperation(operation.position().toString(), operation.kind().label(), operation.name(),
				(activity != null && activity.since() != null) ? activity.since() : since,
				(activity != null) ? activity.attempt() : attempt,
				(failed != null) ? MaskedTokens.in(failed.failure().chain()) : null,
				executes ? null : operation.dueAt());
	}

	private static OpenOperation view(Position position, Activity activity) {
		return new OpenOperation(position.toString(), OperationKind.STEP.label(),
				Objects.requireNonNull(activity.currentStep()), Objects.requireNonNull(activity.since()),
				activity.attempt(), null, null);
	}

	/** The later of its last fact and of what it does now. */
	private Instant since(RunRow row, RecordedJournal journal, List<OpenOperation> open) {
		Instant recorded = Stream.of(row.createdAt(), row.startedAt(), row.finishedAt(), journal.lastAt())
			.filter(Objects::nonNull)
			.max(Comparator.naturalOrder())
			.orElse(row.createdAt());
		return open.stream()
			.map(OpenOperation::since)
			.max(Comparator.naturalOrder())
			.filter((since) -> since.isAfter(recorded))
			.orElse(recorded);
	}

	private static @Nullable String lastError(WorkflowDescription workflow, List<OpenOperation> open) {
		return open.stream()
			.filter((operation) -> operation.lastError() != null)
			.max(Comparator.comparing(OpenOperation::since))
			.map(OpenOperation::lastError)
			.orElse(workflow.failure());
	}

	private @Nullable String input(@Nullable RunStarted started) {
		return (started != null) ? MaskedTokens.in(this.node.payloads().text(started.arguments())) : null;
	}

	private @Nullable String output(@Nullable RunEnded ended) {
		return (ended != null && ended.outcome() instanceof Outcome.Success(var value))
				? MaskedTokens.in(this.node.payloads().text(value)) : null;
	}

}
