package io.kraft.engine.execution;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.kraft.client.IfExists;
import io.kraft.client.WorkflowAlreadyExistsException;
import io.kraft.client.WorkflowEndedException;
import io.kraft.client.WorkflowNotFoundException;
import io.kraft.engine.definition.WorkflowDefinition;
import io.kraft.engine.execution.operation.CallbackTokens;
import io.kraft.engine.execution.run.MessageDelivery;
import io.kraft.engine.execution.run.RunEnvironment;
import io.kraft.engine.journal.JournalCodec;
import io.kraft.engine.journal.JournalEntry;
import io.kraft.engine.journal.JournalEntry.CallbackOpened;
import io.kraft.engine.journal.JournalEntry.OperationCancelled;
import io.kraft.engine.journal.JournalEntry.OperationEntry;
import io.kraft.engine.journal.JournalEntry.RunContinued;
import io.kraft.engine.journal.JournalEntry.RunRetried;
import io.kraft.engine.journal.JournalEntry.SideEffectCompleted;
import io.kraft.engine.journal.JournalEntry.StepCompleted;
import io.kraft.engine.journal.JournalEntry.WaitEnded;
import io.kraft.engine.journal.OperationKind;
import io.kraft.engine.journal.Origin;
import io.kraft.engine.journal.Outcome;
import io.kraft.engine.journal.Payload;
import io.kraft.engine.journal.Position;
import io.kraft.engine.journal.RecordedJournal;
import io.kraft.engine.journal.RecordedOperation;
import io.kraft.engine.ledger.RunChange;
import io.kraft.engine.ledger.RunRecord;
import io.kraft.engine.partition.Commit;
import io.kraft.engine.state.RunState;
import io.kraft.engine.state.Transition;
import io.kraft.engine.store.Change;
import io.kraft.engine.store.RunRow;
import io.kraft.engine.store.Store;
import io.kraft.workflow.InvalidCallException;
import org.jspecify.annotations.Nullable;

/**
 * Lets what has ended be done again: the same run from where it failed, or a new run with
 * the same input. Durable when a method returns. Thread-safe.
 */
public final class RunRevival {

	private static final Pattern RESTARTED = Pattern.compile("(.*)~[0-9]+");

	private final RunEnvironment environment;

	private final RunLoader loader;

	private final RunStarter starter;

	private final Runnable takesWork;

	/**
	 * The revival of an execution's runs.
	 * @param takesWork throws when the engine takes no work
	 */
	RunRevival(RunEnvironment environment, RunLoader loader, RunStarter starter, Runnable takesWork) {
		this.environment = environment;
		this.loader = loader;
		this.starter = starter;
		this.takesWork = takesWork;
	}

	/**
	 * Lets a failed run go on from what failed last; what has succeeded stays done. One
	 * that has not ended stays as it is.
	 * @throws WorkflowNotFoundException if the id is unknown
	 * @throws WorkflowEndedException if it has ended otherwise, or was compensated
	 */
	public void retry(String id) {
		this.takesWork.run();
		// Nor does a start take its place meanwhile.
		Retried retried = this.starter.whileClaimed(id,
				() -> this.environment.delivery().<@Nullable Retried>decide(id, this::retry));
		if (retried != null) {
			retried.commit().await();
			this.loader.expectPending(retried.row());
		}
	}

	private @Nullable Retried retry(RunRecord record) {
		RunRow row = Objects.requireNonNull(record.row());
		if (!(row.state() instanceof RunState.Ended ended)) {
			return null;
		}
		if (!ended.isRetryable()) {
			throw new WorkflowEndedException("run '" + row.id() + "' has ended as " + row.status()
					+ ", and only a run that failed can be retried. Restart it as a new run. "
					+ "See docs/errors.md#kraft-3003");
		}
		RecordedJournal recorded = RecordedJournal.read(row.id(), journalLimit(), record::scanJournal);
		if (recorded.inOrder().stream().anyMatch((operation) -> operation.kind() == OperationKind.UNDO)) {
			throw new WorkflowEndedException("run '" + row.id() + "' has failed, and what it had done was compensated: "
					+ "it cannot continue from there. Restart it as a new run. See docs/errors.md#kraft-3003");
		}
		List<Position> forgotten = toBeMadeAgain(recorded);
		RunRow pending = row.pending();
		Commit commit = record.commitOrRefuse(RunChange.to(Transition.RETRY, pending)
			.entry(new RunRetried(forgotten, this.environment.now()))
			.with(store().messagesSetAside(row.number()).stream().map(Change.MessageReturned::new).toList())
			.with(forgottenMessages(row.number(), recorded, forgotten)));
		return new Retried(pending, commit);
	}

	/** A callback that is waited for anew can be completed anew. */
	private static List<Change> forgottenMessages(long run, RecordedJournal recorded, List<Position> forgotten) {
		List<Change> changes = new ArrayList<>();
		for (RecordedOperation operation : recorded.inOrder()) {
			if (operation.first() instanceof CallbackOpened opened && isWaitedForAnew(opened, recorded, forgotten)) {
				changes.add(new Change.MessageForgotten(run, CallbackTokens.messageId(opened.token())));
			}
		}
		return changes;
	}

	private static boolean isWaitedForAnew(CallbackOpened opened, RecordedJournal recorded, List<Position> forgotten) {
		return forgotten.stream()
			.map((position) -> recorded.operations().get(position))
			.filter(Objects::nonNull)
			.anyMatch((wait) -> wait.kind() == OperationKind.CALLBACK_WAIT
					&& CallbackTokens.isAt(opened.token(), wait.name()));
	}

	/** What failed and ended its line of execution, and what followed from that. */
	private List<Position> toBeMadeAgain(RecordedJournal recorded) {
		Map<Position, Position> lastOfLine = new HashMap<>();
		recorded.operations()
			.keySet()
			.forEach((position) -> lastOfLine.merge(position.parent(), position, RunRevival::later));
		Set<Position> last = Set.copyOf(lastOfLine.values());
		return recorded.inOrder()
			.stream()
			.filter((operation) -> followsFromFailure(operation)
					|| (hasFailed(operation) && last.contains(operation.position())))
			.map(RecordedOperation::position)
			.toList();
	}

	private static Position later(Position one, Position other) {
		return (one.compareTo(other) >= 0) ? one : other;
	}

	private static boolean hasFailed(RecordedOperation operation) {
		return switch (operation.settled()) {
			case StepCompleted step -> step.outcome() instanceof Outcome.Failed;
			case SideEffectCompleted effect -> effect.outcome() instanceof Outcome.Failed;
			case WaitEnded wait -> wait.outcome() instanceof Outcome.Failed;
			case null, default -> false;
		};
	}

	private boolean followsFromFailure(RecordedOperation operation) {
		return switch (operation.kind()) {
			case ALL_OF -> true;
			case FIRST_SUCCESS ->
				operation.settled() instanceof WaitEnded wait && wait.outcome() instanceof Outcome.Success(var decision)
						&& this.environment.payloads().text(decision).equals("-1");
			default -> operation.settled() instanceof OperationCancelled;
		};
	}

	/**
	 * Starts a new run with the same input, in the highest version of its workflow; of
	 * one that has continued as new, with the input and the state of its last journal.
	 * @return its id
	 * @throws WorkflowNotFoundException if the id is unknown
	 */
	public String restart(String id) {
		this.takesWork.run();
		RunRow row = target(id);
		Origin origin = origin(row);
		// Its chance is its own, where what it has kept is not.
		History history = (origin.continued() != null)
				? new History(this.environment.chance().nextLong(), origin.continued(), List.of()) : null;
		return start(row, origin, this.environment.definitions().latest(row.name(), row.step()), history);
	}

	/**
	 * Starts a new run with the same input that keeps the journal before a position. In
	 * the version of the old one.
	 * @return its id
	 * @throws WorkflowNotFoundException if the id is unknown
	 * @throws InvalidCallException if the run has no such position
	 */
	public String restartFrom(String id, String position) {
		this.takesWork.run();
		RunRow row = target(id);
		Origin origin = origin(row);
		RecordedJournal recorded = RecordedJournal.read(row.id(), journalLimit(),
				(reader) -> store().journal(row.number(), 0, reader));
		Position from = recorded.operations()
			.keySet()
			.stream()
			.filter((known) -> known.toString().equals(position))
			.findFirst()
			.orElseThrow(() -> new InvalidCallException("run '" + id + "' has no operation at position '" + position
					+ "'. Its journal shows the positions (WorkflowClient.journal). See docs/errors.md#kraft-1008"));
		WorkflowDefinition definition = this.environment.definitions()
			.find(row.name(), row.version(), row.step())
			.orElseGet(() -> this.environment.definitions().latest(row.name(), row.step()));
		List<JournalEntry> kept = kept(row.number(), recorded, from);
		History history = (kept.isEmpty() && origin.continued() == null) ? null
				: new History(origin.started().seed(), origin.continued(), kept);
		return start(row, origin, definition, history);
	}

	private List<JournalEntry> kept(long run, RecordedJournal recorded, Position from) {
		List<JournalEntry> kept = new ArrayList<>();
		store().journal(run, 0, (encoded) -> {
			JournalEntry entry = JournalCodec.decode(encoded);
			if (entry instanceof RunRetried retried) {
				kept.removeIf((earlier) -> earlier instanceof OperationEntry operation
						&& retried.forgotten().contains(operation.position()));
			}
			else if (entry instanceof OperationEntry operation && operation.position().compareTo(from) < 0
					&& isSettled(recorded.operations().get(operation.position()))) {
				kept.add(entry);
			}
		});
		return kept;
	}

	private static boolean isSettled(@Nullable RecordedOperation operation) {
		return operation != null && operation.settled() != null && !(operation.settled() instanceof OperationCancelled);
	}

	private String start(RunRow row, Origin origin, WorkflowDefinition definition, @Nullable History history) {
		Matcher restarted = RESTARTED.matcher(row.id());
		String base = restarted.matches() ? restarted.group(1) : row.id();
		for (int number = 2;; number++) {
			try {
				return this.starter
					.start(new StartRequest(definition, origin.started().arguments(), base + "~" + number,
							timeout(row, origin), Duration.ZERO, row.priority(), row.tags(), IfExists.FAIL,
							this.environment.observer().traceContext(), history))
					.id();
			}
			catch (WorkflowAlreadyExistsException ex) {
				// The next number.
			}
		}
	}

	private Origin origin(RunRow row) {
		return Origin.read(row.id(), (sequence) -> entry(row, sequence));
	}

	/** Of the whole run, of which its journal may be the last part. */
	private static @Nullable Duration timeout(RunRow row, Origin origin) {
		Instant dueAt = origin.dueAt();
		return (dueAt != null) ? Duration.between(row.createdAt(), dueAt) : null;
	}

	private @Nullable JournalEntry entry(RunRow row, int sequence) {
		byte[] encoded = store().entry(row.number(), sequence);
		return (encoded != null) ? JournalCodec.decode(encoded) : null;
	}

	private long journalLimit() {
		return this.environment.settings().memory().loadedJournals();
	}

	private RunRow target(String id) {
		return this.environment.delivery().target(id);
	}

	private Store store() {
		return this.environment.partition().store();
	}

	/**
	 * A run on its way to wait for its turn again.
	 */
	private record Retried(RunRow row, Commit commit) {
	}

	/**
	 * What a new run is born with of an old one.
	 *
	 * @param seed of the old run where its operations are kept, so that its chance goes
	 * on
	 * @param continued what the old run had kept from the journal before; null if its
	 * journal was the first
	 * @param entries of operations
	 */
	record History(long seed, @Nullable RunContinued continued, List<JournalEntry> entries) {

		/**
		 * What the operations have published.
		 */
		Map<String, Payload> published() {
			Map<String, Payload> published = new HashMap<>();
			for (JournalEntry entry : this.entries) {
				if (entry instanceof JournalEntry.ValuePublished value) {
					published.put(value.key(), value.value());
				}
			}
			return published;
		}

	}

}
