package io.kraft.engine.lifecycle;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

import io.kraft.engine.journal.JournalEntry.ChildStarted;
import io.kraft.engine.journal.Position;
import io.kraft.engine.partition.Commit;
import io.kraft.engine.run.Branch;
import io.kraft.engine.run.Branch.Operation;
import io.kraft.engine.run.ChannelRoom;
import io.kraft.engine.run.ChildStarts.Started;
import io.kraft.engine.run.LoadedRun;
import io.kraft.engine.run.LookUps;
import io.kraft.engine.run.Neighbours;
import io.kraft.engine.run.RunEnvironment;
import io.kraft.engine.store.OutboxRow;
import io.kraft.engine.store.Requester;
import io.kraft.engine.store.RunRow;
import io.kraft.engine.store.RunStart;
import io.kraft.workflow.InvalidCallException;
import org.jspecify.annotations.Nullable;

/**
 * The children of a run that belong to other partitions. Thread-safe.
 * <p>
 * The record that a child was started is one commit with the request for it, which
 * follows in the channel to its partition: crash before the commit, and there is no
 * child; after it, and the child is started, once. Whatever is asked of the child later
 * comes behind that in the same channel. Its end comes back as a message, also where it
 * could not be started.
 */
final class DistantChildren {

	private final LoadedRun parent;

	DistantChildren(LoadedRun parent) {
		this.parent = parent;
	}

	/**
	 * Starts a child under an id that no code has chosen; null if a run has it already.
	 */
	@Nullable Started startIfFree(String id, StartRequest request, Operation operation) {
		OutboxRow row = row(id, request, operation, false);
		do {
			if (neighbours().isOnItsWay(id) || find(id).isPresent()) {
				return null;
			}
		}
		while (hasWaited(row, operation));
		return commit(entry(id, operation), row);
	}

	/**
	 * Starts a child under an id that its workflow chooses, or watches the run that has
	 * it.
	 */
	Started startOrWatch(String id, StartRequest request, Operation operation) {
		OutboxRow row = row(id, request, operation, true);
		do {
			RunRow existing = find(id).orElse(null);
			if (existing != null) {
				checkMayBeChild(existing, operation);
				return commit(entry(id, operation), new OutboxRow.Watch(environment().nextRequestId(), id,
						requester(operation.position()), existing.name(), environment().now()));
			}
		}
		while (hasWaited(row, operation));
		return commit(entry(id, operation), row);
	}

	/** Whether it had to wait for room: then a run may have the id meanwhile. */
	private boolean hasWaited(OutboxRow row, Operation operation) {
		return ChannelRoom.await(Objects.requireNonNull(Branch.current()), operation, row);
	}

	private OutboxRow row(String id, StartRequest request, Operation operation, boolean isChosen) {
		RunStart start = new RunStart(request.workflow().name(), request.workflow().version(),
				request.workflow().step(), request.arguments(), request.timeout(), request.delay(), request.priority(),
				request.tags(), request.trace());
		return new OutboxRow.StartChild(environment().nextRequestId(), id, requester(operation.position()), isChosen,
				start, environment().now());
	}

	private Started commit(ChildStarted entry, OutboxRow row) {
		Commit commit = this.parent.journal().commit(entry, List.of(neighbours().added(row)));
		this.parent.continuation().untilStopped(commit::await);
		return new Started(entry.childId(), null);
	}

	/**
	 * Asks for the cancellation of a child; durable when this returns.
	 */
	void cancel(Position position, String id) {
		OutboxRow row = new OutboxRow.Cancel(environment().nextRequestId(), id, requester(position),
				environment().now());
		this.parent.continuation()
			.untilStopped(environment().partition().submit(List.of(neighbours().added(row)))::await);
	}

	private Requester requester(Position position) {
		return this.parent.requester(position);
	}

	/**
	 * The record that a child was started.
	 */
	ChildStarted entry(String id, Operation operation) {
		return new ChildStarted(operation.position(), operation.name(), id, environment().now());
	}

	/**
	 * Refuses a run as a child that is not of the workflow, or waits for this one.
	 */
	void checkMayBeChild(RunRow existing, Operation operation) {
		String call = "run '" + this.parent.id() + "' calls workflow '" + operation.name() + "', which chooses the id '"
				+ existing.id() + "'";
		if (!existing.name().equals(operation.name())) {
			throw new InvalidCallException(call + "; but that is a run of workflow '" + existing.name()
					+ "'. See docs/reference/errors.md#kraft-1008");
		}
		for (RunRow above = this.parent.journal().row(); above != null; above = parentOf(above)) {
			if (above.id().equals(existing.id()) && above.number() == existing.number()) {
				throw new InvalidCallException(
						call + ": the run itself or one that waits for it, and would wait for ever. "
								+ "See docs/reference/errors.md#kraft-1008");
			}
		}
	}

	private @Nullable RunRow parentOf(RunRow row) {
		return (row.parentId() != null) ? find(row.parentId()).orElse(null) : null;
	}

	private Optional<RunRow> find(String id) {
		return neighbours().isHere(id) ? environment().partition().store().run(id)
				: LookUps.untilReached(this.parent, () -> neighbours().find(id));
	}

	private Neighbours neighbours() {
		return environment().neighbours();
	}

	private RunEnvironment environment() {
		return this.parent.environment();
	}

}
