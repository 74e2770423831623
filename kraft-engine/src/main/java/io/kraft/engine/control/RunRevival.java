package io.kraft.engine.control;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import io.kraft.client.IfExists;
import io.kraft.client.WorkflowEndedException;
import io.kraft.client.WorkflowNotEndedException;
import io.kraft.client.WorkflowNotFoundException;
import io.kraft.client.WorkflowStatus;
import io.kraft.engine.definition.WorkflowDefinition;
import io.kraft.engine.journal.JournalCodec;
import io.kraft.engine.journal.JournalEntry;
import io.kraft.engine.journal.JournalEntry.CallbackOpened;
import io.kraft.engine.journal.JournalEntry.ChildrenReopened;
import io.kraft.engine.journal.JournalEntry.OperationEntry;
import io.kraft.engine.journal.JournalEntry.RunRetried;
import io.kraft.engine.journal.JournalEntry.WaitEnded;
import io.kraft.engine.journal.OperationKind;
import io.kraft.engine.journal.Origin;
import io.kraft.engine.journal.Position;
import io.kraft.engine.journal.RecordedJournal;
import io.kraft.engine.journal.RecordedOperation;
import io.kraft.engine.lifecycle.LoadQueue;
import io.kraft.engine.lifecycle.RunStarter;
import io.kraft.engine.partition.WrittenAnswer;
import io.kraft.engine.routing.CopiedHistory;
import io.kraft.engine.routing.StartCommand;
import io.kraft.engine.routing.StartedRun;
import io.kraft.engine.run.LoadedRuns;
import io.kraft.engine.run.MessageDelivery;
import io.kraft.engine.run.RunEnvironment;
import io.kraft.engine.store.RunRow;
import io.kraft.engine.store.Store;
import io.kraft.workflow.InvalidCallException;
import org.jspecify.annotations.Nullable;

/**
 * Lets what has ended be done again: the same run from where it failed, or a new run with
 * the same input. Durable when a method returns. Thread-safe.
 */
public final class RunRevival {

	private final RunEnvironment environment;

	private final RunRetry retries;

	private final Runnable takesWork;

	/**
	 * The revival of an execution's runs.
	 * @param takesWork throws when the engine takes no work
	 */
	public RunRevival(RunEnvironment environment, LoadedRuns loadedRuns, LoadQueue loads, RunStarter starter,
			Runnable takesWork) {
		this.environment = environment;
		this.retries = new RunRetry(environment, loadedRuns, loads, starter);
		this.takesWork = takesWork;
	}

	/**
	 * Lets a failed run continue from the operation whose failure has ended it, together
	 * with children whose failure that was. One that has not ended and is not paused
	 * stays as it is.
	 * @throws WorkflowNotFoundException if the id is unknown
	 * @throws WorkflowNotEndedException if it is paused
	 * @throws WorkflowEndedException if it, or such a child, has ended otherwise or was
	 * compensated
	 * @param answer goes with the commit of that run
	 */
	public void retry(String id, WrittenAnswer answer) {
		this.takesWork.run();
		RunRow row = this.environment.delivery().target(id);
		while (row != null) {
			row = retryOrFindOther(row, answer);
		}
	}

	/**
	 * What has replaced the run meanwhile is what the caller means; null if it was
	 * retried.
	 */
	private @Nullable RunRow retryOrFindOther(RunRow row, WrittenAnswer answer) {
		try {
			this.retries.retry(row, answer);
			return null;
		}
		catch (WorkflowNotFoundException ex) {
			RunRow other = this.environment.delivery().target(row.id());
			if (other.number() == row.number()) {
				throw ex;
			}
			return other;
		}
	}

	/**
	 * Retries a run whose parent, in another partition, is retried; one that has not
	 * failed, or is paused, stays as it is, and its parent waits for it.
	 * @param workflow that the run is one of
	 * @throws WorkflowNotFoundException if the id is unknown, or another run has it
	 * @throws WorkflowEndedException as {@link #retry}
	 */
	public void retryChild(StartedRun run, String workflow, WrittenAnswer answer) {
		this.takesWork.run();
		RunRow row = this.environment.delivery().target(run.id());
		if (row.number() != run.number() || !row.name().equals(workflow)) {
			throw MessageDelivery.notFound(run.id());
		}
		if (row.status().isTerminal() && row.status() != WorkflowStatus.COMPLETED) {
			this.retries.retry(row, answer);
		}
	}

	/**
	 * Asks for a new run with the same input, in the highest version of its workflow; of
	 * one that has continued as new, with the input and the state of its last journal.
	 * @return to be started under a name
	 * @throws WorkflowNotFoundException if the id is unknown
	 */
	public StartCommand restart(String id) {
		this.takesWork.run();
		return command(read(id, this::again));
	}

	/**
	 * Asks for a new run with the same input that keeps the journal before a position, in
	 * the version of the old one.
	 * @return to be started under a name
	 * @throws WorkflowNotFoundException if the id is unknown
	 * @throws InvalidCallException if the run has no such position
	 */
	public StartCommand restartFrom(String id, String position) {
		this.takesWork.run();
		return command(read(id, (row) -> againFrom(row, position)));
	}

	/**
	 * Reads a run of which nothing is on its way to the disk, and which is neither
	 * changed nor removed meanwhile.
	 */
	private Restart read(String id, Function<RunRow, Restart> reader) {
		return this.environment.delivery().decide(id, (record) -> {
			record.awaitDurable();
			RunRow row = record.row();
			if (row == null) {
				throw MessageDelivery.notFound(id);
			}
			return reader.apply(row);
		});
	}

	private Restart again(RunRow row) {
		Origin origin = origin(row);
		// Its seed is its own, where what it has kept is not.
		CopiedHistory history = (origin.continued() != null)
				? new CopiedHistory(this.environment.random().nextLong(), origin.continued(), List.of()) : null;
		return new Restart(row, origin, this.environment.definitions().latest(row.name(), row.step()), history);
	}

	private Restart againFrom(RunRow row, String position) {
		Origin origin = origin(row);
		RecordedJournal recorded = RecordedJournal.read(row.id(), journalLimit(),
				(reader) -> store().journal(row.number(), 0, reader));
		Position from = recorded.operations()
			.keySet()
			.stream()
			.filter((known) -> known.toString().equals(position))
			.findFirst()
			.orElseThrow(() -> new InvalidCallException("run '" + row.id() + "' has no operation at position '"
					+ position
					+ "'. Its journal shows the positions (WorkflowClient.operations). See docs/reference/errors.md#kraft-1008"));
		WorkflowDefinition definition = this.environment.definitions()
			.find(row.name(), row.version(), row.step())
			.orElseGet(() -> this.environment.definitions().latest(row.name(), row.step()));
		RestartPlan plan = new RestartPlan(recorded, from);
		checkNoOpenCallback(row.id(), origin, recorded, plan, from);
		List<JournalEntry> kept = kept(row.number(), plan);
		CopiedHistory history = (kept.isEmpty() && origin.continued() == null) ? null
				: new CopiedHistory(origin.started().seed(), origin.continued(), kept);
		return new Restart(row, origin, definition, history);
	}

	/** Its token, which others have, is that of the old run. */
	private static void checkNoOpenCallback(String id, Origin origin, RecordedJournal recorded, RestartPlan plan,
			Position from) {
		for (RecordedOperation operation : recorded.inOrder()) {
			if (operation.first() instanceof CallbackOpened opened && plan.keeps(opened.position())
					&& !isOver(origin.place(opened.position()), recorded, plan)) {
				throw new InvalidCallException("run '" + id + "' cannot be restarted from position " + from
						+ ": the callback that it has opened at position " + opened.position() + " is not over there, "
						+ "and its token belongs to the old run. Restart it from position " + opened.position()
						+ " or an earlier one, which opens it anew. See docs/reference/errors.md#kraft-1008");
			}
		}
	}

	private static boolean isOver(String callback, RecordedJournal recorded, RestartPlan plan) {
		List<RecordedOperation> waits = recorded.inOrder()
			.stream()
			.filter((wait) -> wait.kind() == OperationKind.CALLBACK_WAIT && wait.name().equals(callback))
			.toList();
		if (waits.stream()
			.anyMatch((wait) -> plan.keeps(wait.position()) && wait.completedBy() instanceof WaitEnded ended
					&& ended.outcome() != null)) {
			return true;
		}
		return !waits.isEmpty() && waits.stream().allMatch((wait) -> plan.keeps(wait.position()));
	}

	private List<JournalEntry> kept(long run, RestartPlan plan) {
		List<JournalEntry> kept = new ArrayList<>();
		store().journal(run, 0, (encoded) -> {
			JournalEntry entry = JournalCodec.decode(encoded);
			if (entry instanceof RunRetried retried) {
				kept.removeIf((earlier) -> earlier instanceof OperationEntry operation
						&& retried.forgotten().contains(operation.position()));
			}
			else if (entry instanceof ChildrenReopened reopened) {
				kept.removeIf((earlier) -> earlier instanceof WaitEnded ended
						&& reopened.children().contains(ended.position()));
			}
			else if (entry instanceof OperationEntry operation && plan.keeps(operation.position())) {
				kept.add(entry);
			}
		});
		return kept;
	}

	private StartCommand command(Restart restart) {
		RunRow row = restart.row();
		return StartCommand.of(restart.definition(), restart.origin().started().arguments(), null,
				timeout(row, restart.origin()), Duration.ZERO, row.priority(), row.tags(), IfExists.FAIL,
				this.environment.observer().traceContext(), restart.history());
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

	private Store store() {
		return this.environment.partition().store();
	}

	/**
	 * A new run that takes after an old one.
	 *
	 * @param row of the old one
	 * @param history null if it begins with nothing of that but its arguments
	 */
	private record Restart(RunRow row, Origin origin, WorkflowDefinition definition, @Nullable CopiedHistory history) {
	}

}
