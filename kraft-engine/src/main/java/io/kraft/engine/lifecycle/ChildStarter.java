package io.kraft.engine.lifecycle;

import io.kraft.client.WorkflowEndedException;
import io.kraft.client.WorkflowNotFoundException;
import io.kraft.engine.definition.WorkflowDefinition;
import io.kraft.engine.journal.JournalEntry.ChildStarted;
import io.kraft.engine.journal.Outcome;
import io.kraft.engine.journal.Payload;
import io.kraft.engine.journal.Position;
import io.kraft.engine.journal.failure.Failures;
import io.kraft.engine.operation.StartCommands;
import io.kraft.engine.operation.WorkflowCall;
import io.kraft.engine.run.Branch.Operation;
import io.kraft.engine.run.ChildStarts;
import io.kraft.engine.run.CompletionSubscriber;
import io.kraft.engine.run.DerivedIds;
import io.kraft.engine.run.LoadedRun;
import io.kraft.engine.run.RunEnvironment;
import io.kraft.engine.store.Message;
import io.kraft.engine.store.RunRow;
import io.kraft.engine.store.Store;
import io.kraft.engine.supervision.Futures;
import io.kraft.workflow.WorkflowCancelledException;
import org.jspecify.annotations.Nullable;

/**
 * Starts the children of a run, or subscribes it to one that has the child's id already.
 */
final class ChildStarter implements ChildStarts {

	private final LoadedRun parent;

	private final RunStarter starter;

	private final StartCommands commands;

	private final Completions completions;

	private final DistantChildren elsewhere;

	/**
	 * A starter of a run's children.
	 * @param completions of runs that it waits for and has not started
	 */
	ChildStarter(LoadedRun parent, RunStarter starter, StartCommands commands, Completions completions) {
		this.parent = parent;
		this.starter = starter;
		this.commands = commands;
		this.completions = completions;
		this.elsewhere = new DistantChildren(parent);
	}

	@Override
	public Started start(Operation operation, WorkflowDefinition workflow, @Nullable Object[] arguments) {
		StartRequest request;
		try {
			request = new StartRequest(workflow, this.commands.ofChild(new WorkflowCall(workflow, arguments)));
		}
		catch (RuntimeException ex) {
			return failed(operation, ex);
		}
		try {
			String own = request.id();
			this.parent.continuation().awaitDurable();
			if (own == null) {
				return startNew(request, operation);
			}
			return environment().neighbours().isHere(own)
					? this.starter.whileClaimed(own, () -> startOrWatch(own, request, operation))
					: this.elsewhere.startOrWatch(own, request, operation);
		}
		catch (WorkflowCancelledException ex) {
			// While it waited for room: that is recorded.
			throw ex;
		}
		catch (RuntimeException ex) {
			return failed(operation, ex);
		}
	}

	private Started failed(Operation operation, RuntimeException failure) {
		this.parent.continuation().checkNotCutOff(failure);
		return new Started(childId(operation.position(), 1), new Outcome.Failed(Failures.record(failure)));
	}

	/**
	 * A run that has the id already is not this child: a child is in the commit that
	 * records it. It belongs to a former run with the id of the parent, or to a client
	 * that chose its id.
	 */
	private Started startNew(StartRequest request, Operation operation) {
		for (int number = 1;; number++) {
			String free = childId(operation.position(), number);
			Started started = environment().neighbours().isHere(free)
					? this.starter.whileClaimed(free,
							() -> store().run(free).isEmpty() ? start(free, request, operation) : null)
					: this.elsewhere.startIfFree(free, request, operation);
			if (started != null) {
				return started;
			}
		}
	}

	/**
	 * Id of the child that an operation starts, unless it chooses one.
	 * @param number from 1; the next one where the id is taken
	 */
	private String childId(Position position, int number) {
		int generation = this.parent.origin().generation();
		return DerivedIds.of(this.parent.id(),
				((generation == 0) ? "" : "+" + generation) + "." + position + ((number == 1) ? "" : "~" + number));
	}

	private Started start(String id, StartRequest request, Operation operation) {
		this.starter.beginChild(id, request, this.parent, CompletionSubscriber.of(this.parent, operation.position()),
				this.elsewhere.entry(id, operation));
		return new Started(id, null);
	}

	private Started startOrWatch(String id, StartRequest request, Operation operation) {
		RunRow existing = store().run(id).orElse(null);
		if (existing == null) {
			return start(id, request, operation);
		}
		this.elsewhere.checkMayBeChild(existing, operation);
		try {
			return watch(existing, CompletionSubscriber.of(this.parent, operation.position()),
					this.elsewhere.entry(id, operation));
		}
		catch (WorkflowNotFoundException ex) {
			// It was removed meanwhile.
			return start(id, request, operation);
		}
	}

	private Started watch(RunRow existing, CompletionSubscriber subscriber, ChildStarted entry) {
		try {
			Message watch = environment().delivery()
				.sendWith(this.parent, existing.id(), Message.Kind.WATCH, subscriber.name(),
						new Outcome.Success(Payload.NULL), entry);
			this.parent.continuation().awaitDurable();
			if (environment().delivery().isApplied(watch)) {
				return new Started(existing.id(), null);
			}
		}
		catch (WorkflowEndedException ex) {
			this.parent.journal().append(entry);
		}
		return new Started(existing.id(), Futures.join(this.completions.of(existing.id())).outcome());
	}

	@Override
	public @Nullable Outcome outcome(String childId) {
		if (!environment().neighbours().isHere(childId)) {
			// It knows its subscriber from the commit that asked for it, or a later one.
			return null;
		}
		RunRow row = store().run(childId).orElse(null);
		if (row == null) {
			return new Outcome.Failed(Failures.record(new WorkflowNotFoundException("no run has the id '" + childId
					+ "' of the child: it was removed before its parent was notified of its end. "
					+ "See docs/reference/errors.md#kraft-3001", null, childId)));
		}
		return row.status().isTerminal() ? Futures.join(this.completions.of(childId)).outcome() : null;
	}

	@Override
	public void cancel(Position position, String childId) {
		if (!environment().neighbours().isHere(childId)) {
			this.elsewhere.cancel(position, childId);
			return;
		}
		this.parent.continuation().untilStopped(() -> {
			try {
				environment().delivery().cancelChild(childId, CompletionSubscriber.of(this.parent, position));
			}
			catch (WorkflowNotFoundException ex) {
				// What was removed since need not be stopped.
			}
		});
	}

	private RunEnvironment environment() {
		return this.parent.environment();
	}

	private Store store() {
		return environment().partition().store();
	}

}
