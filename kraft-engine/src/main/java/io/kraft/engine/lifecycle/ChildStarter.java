package io.kraft.engine.lifecycle;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

import io.kraft.client.WorkflowEndedException;
import io.kraft.client.WorkflowNotFoundException;
import io.kraft.engine.definition.WorkflowDefinition;
import io.kraft.engine.journal.JournalEntry.ChildStarted;
import io.kraft.engine.journal.Outcome;
import io.kraft.engine.journal.Payload;
import io.kraft.engine.journal.failure.Failures;
import io.kraft.engine.operation.WorkflowCall;
import io.kraft.engine.run.AwaitedChildren.Child;
import io.kraft.engine.run.Branch.Operation;
import io.kraft.engine.run.ChildStarts;
import io.kraft.engine.run.CompletionSubscriber;
import io.kraft.engine.run.LoadedRun;
import io.kraft.engine.run.RunEnvironment;
import io.kraft.engine.run.RunUnwound;
import io.kraft.engine.store.Message;
import io.kraft.engine.store.RunRow;
import io.kraft.engine.store.Store;
import io.kraft.workflow.InvalidCallException;
import org.jspecify.annotations.Nullable;

/**
 * Starts children, or subscribes a run to one that has the child's id already.
 */
public final class ChildStarter implements ChildStarts {

	private final Supplier<RunEnvironment> environment;

	private final Supplier<RunStarter> starter;

	private final Supplier<RunLoader> loader;

	private final StartRequests requests;

	private final Function<String, CompletableFuture<Completion>> completions;

	/**
	 * A starter of children.
	 * @param environment of the execution, which knows this starter
	 * @param completions completes when the run of an id has ended
	 */
	public ChildStarter(Supplier<RunEnvironment> environment, Supplier<RunStarter> starter, Supplier<RunLoader> loader,
			StartRequests requests, Function<String, CompletableFuture<Completion>> completions) {
		this.environment = environment;
		this.starter = starter;
		this.loader = loader;
		this.requests = requests;
		this.completions = completions;
	}

	@Override
	public Started start(LoadedRun parent, Operation operation, WorkflowDefinition workflow,
			@Nullable Object[] arguments) {
		try {
			StartRequest request = this.requests.ofChild(new WorkflowCall(workflow, arguments));
			String own = request.id();
			parent.awaitDurable();
			return (own != null)
					? this.starter.get().whileClaimed(own, () -> startOrWatch(own, request, parent, operation))
					: startNew(request, parent, operation);
		}
		catch (RunUnwound ex) {
			throw ex;
		}
		catch (RuntimeException ex) {
			parent.checkNotCutOff(ex);
			return new Started(parent.childId(operation.position(), 1), new Outcome.Failed(Failures.record(ex)));
		}
	}

	/**
	 * A run that has the id already is not this child: a child is in the commit that
	 * records it. It belongs to a former run with the id of the parent, or to a client
	 * that chose its id.
	 */
	private Started startNew(StartRequest request, LoadedRun parent, Operation operation) {
		for (int number = 1;; number++) {
			String free = parent.childId(operation.position(), number);
			Started started = this.starter.get()
				.whileClaimed(free, () -> store().run(free).isEmpty() ? start(free, request, parent, operation) : null);
			if (started != null) {
				return started;
			}
		}
	}

	private Started start(String id, StartRequest request, LoadedRun parent, Operation operation) {
		this.starter.get()
			.beginChild(id, request, parent, CompletionSubscriber.of(parent, operation.position()),
					entry(id, operation));
		return new Started(id, null);
	}

	private ChildStarted entry(String id, Operation operation) {
		return new ChildStarted(operation.position(), operation.name(), id, this.environment.get().now());
	}

	private Started startOrWatch(String id, StartRequest request, LoadedRun parent, Operation operation) {
		RunRow existing = store().run(id).orElse(null);
		if (existing == null) {
			return start(id, request, parent, operation);
		}
		checkMayBeChild(existing, parent, operation);
		try {
			return watch(existing, parent, CompletionSubscriber.of(parent, operation.position()), entry(id, operation));
		}
		catch (WorkflowNotFoundException ex) {
			// It was removed meanwhile.
			return start(id, request, parent, operation);
		}
	}

	private void checkMayBeChild(RunRow existing, LoadedRun parent, Operation operation) {
		if (!existing.name().equals(operation.name())) {
			throw new InvalidCallException("run '" + parent.id() + "' calls workflow '" + operation.name()
					+ "', which chooses the id '" + existing.id() + "'; but that is a run of workflow '"
					+ existing.name() + "'. See docs/reference/errors.md#kraft-1008");
		}
		for (RunRow above = parent.journal().row(); above != null; above = parentOf(above)) {
			if (above.number() == existing.number()) {
				throw new InvalidCallException("run '" + parent.id() + "' calls workflow '" + operation.name()
						+ "', which chooses the id '" + existing.id() + "': the run itself or one that waits for it, "
						+ "and would wait for ever. See docs/reference/errors.md#kraft-1008");
			}
		}
	}

	private @Nullable RunRow parentOf(RunRow row) {
		return (row.parentId() != null) ? store().run(row.parentId()).orElse(null) : null;
	}

	private Started watch(RunRow existing, LoadedRun parent, CompletionSubscriber subscriber, ChildStarted entry) {
		try {
			Message watch = this.environment.get()
				.delivery()
				.sendWith(parent, existing.id(), Message.Kind.WATCH, subscriber.name(),
						new Outcome.Success(Payload.NULL), entry);
			parent.awaitDurable();
			if (this.environment.get().delivery().isApplied(watch)) {
				return new Started(existing.id(), null);
			}
		}
		catch (WorkflowEndedException ex) {
			parent.journal().append(entry);
		}
		return new Started(existing.id(), Futures.join(this.completions.apply(existing.id())).outcome());
	}

	@Override
	public @Nullable Outcome outcome(String childId) {
		RunRow row = store().run(childId).orElse(null);
		if (row == null) {
			return new Outcome.Failed(Failures.record(new WorkflowNotFoundException("no run has the id '" + childId
					+ "' of the child: it was removed before its parent was notified of its end. "
					+ "See docs/reference/errors.md#kraft-3001", null, childId)));
		}
		return row.status().isTerminal() ? Futures.join(this.completions.apply(childId)).outcome() : null;
	}

	@Override
	public void cancel(LoadedRun parent, String childId) {
		parent.untilStopped(() -> {
			try {
				this.environment.get().delivery().cancelChild(childId);
			}
			catch (WorkflowNotFoundException ex) {
				// What was removed since need not be stopped.
			}
		});
	}

	@Override
	public void waits(LoadedRun parent, List<Child> children) {
		this.loader.get().waits(parent, children);
	}

	@Override
	public void continues(LoadedRun parent) {
		this.loader.get().continues(parent);
	}

	private Store store() {
		return this.environment.get().partition().store();
	}

}
