package io.kraft.engine.execution;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import io.kraft.client.IfExists;
import io.kraft.client.WorkflowAlreadyExistsException;
import io.kraft.engine.execution.run.LoadedRun;
import io.kraft.engine.execution.run.LoadedRuns;
import io.kraft.engine.execution.run.RandomUuids;
import io.kraft.engine.execution.run.RunClaims;
import io.kraft.engine.execution.run.RunEnvironment;
import io.kraft.engine.execution.run.Watcher;
import io.kraft.engine.journal.JournalEntry.ChildStarted;
import io.kraft.engine.store.Change;
import io.kraft.engine.store.Message;
import io.kraft.engine.store.RunRow;
import io.kraft.engine.store.Timer;
import org.jspecify.annotations.Nullable;

/**
 * Starts runs: one commit makes the run's row and the first entry of its journal.
 * <p>
 * Crash before the commit: there is no run, and nobody was told of one. After it: the run
 * is found and executed by the next owner. Two starts with one id wait for each other,
 * and the second one finds what the first has made durable.
 */
final class RunStarter {

	private final RunEnvironment environment;

	private final RunLoader loader;

	private final LoadedRuns loadedRuns;

	private final Admission admission;

	private final RunClaims claims = new RunClaims();

	RunStarter(RunEnvironment environment, LoadedRuns loadedRuns, Admission admission, RunLoader loader) {
		this.environment = environment;
		this.loadedRuns = loadedRuns;
		this.admission = admission;
		this.loader = loader;
	}

	/**
	 * Starts a run, or finds the one that has its id.
	 * @return its id, durable
	 */
	String start(StartRequest request) {
		return start(request, List.of());
	}

	/**
	 * As {@link #start(StartRequest)}, in one commit with further changes. Where the run
	 * is found, they are made without it.
	 */
	String start(StartRequest request, List<Change> changes) {
		String id = request.id();
		if (id == null) {
			return begin(RandomUuids.next(this.environment.chance()).toString(), request, changes);
		}
		return this.claims.whileClaimed(id, () -> startOrAttach(id, request, changes));
	}

	/**
	 * Does something about an id while no other start does.
	 */
	<T extends @Nullable Object> T whileClaimed(String id, Supplier<T> action) {
		return this.claims.whileClaimed(id, action);
	}

	private String startOrAttach(String id, StartRequest request, List<Change> changes) {
		Optional<RunRow> existing = this.environment.partition().store().run(id);
		if (existing.isEmpty()) {
			return begin(id, request, changes);
		}
		RunRow row = existing.get();
		if (request.ifExists() == IfExists.ATTACH && row.name().equals(request.workflow().name())) {
			if (!changes.isEmpty()) {
				this.environment.partition().submitOrRefuse(changes).await();
			}
			return id;
		}
		if (request.ifExists() == IfExists.REJECT_IF_RUNNING && row.status().isTerminal()) {
			this.loadedRuns.awaitGone(row.number());
			List<Change> all = new ArrayList<>(List.of(new Change.RunRemoved(row)));
			all.addAll(changes);
			return begin(id, request, all);
		}
		throw new WorkflowAlreadyExistsException(
				"a run with the id '" + id + "' exists: workflow '" + row.name() + "', status " + row.status()
						+ ", started at " + row.createdAt() + ". The start of '" + request.workflow().name()
						+ "' asked for " + request.ifExists()
						+ ". Choose another id, or IfExists.ATTACH. See docs/errors.md#kraft-3002",
				null, id, row.status());
	}

	private String begin(String id, StartRequest request, List<Change> before) {
		begin(id, request, null, (run, changes) -> {
			List<Change> all = new ArrayList<>(before);
			all.addAll(changes);
			this.environment.partition().submitOrRefuse(all).await();
		});
		return id;
	}

	/**
	 * Starts a child in a commit of its parent.
	 * @param entry of the parent's journal
	 */
	void beginChild(String id, StartRequest request, LoadedRun parent, Watcher watcher, ChildStarted entry) {
		begin(id, request, parent.id(), (run, changes) -> {
			Message watch = this.environment.delivery().watch(run.number(), watcher);
			run.requests().accept(watch);
			List<Change> all = new ArrayList<>(changes);
			all.add(new Change.MessageAdded(watch, null));
			parent.journal().append(entry, all.toArray(Change[]::new));
			parent.awaitDurable();
		});
	}

	private void begin(String id, StartRequest request, @Nullable String parentId, Birth birth) {
		String workflow = request.workflow().name();
		boolean executesNow = mayExecuteNow(request, workflow);
		boolean launched = false;
		try {
			NewRun created = NewRun.create(this.environment, id, request, parentId, executesNow);
			LoadedRun run = created.run();
			if (executesNow) {
				this.loadedRuns.announce(run);
			}
			commit(created, birth);
			if (executesNow) {
				this.admission.settle(workflow, run.number());
				launched = true;
				this.environment.observer().begun(workflow, Duration.ZERO);
				this.loader.launch(run);
			}
			else if (created.begin() == null) {
				this.loader.expectPending(run.journal().row());
			}
		}
		finally {
			if (executesNow && !launched) {
				this.admission.giveBack(workflow);
				this.environment.slots().release();
			}
		}
	}

	private void commit(NewRun created, Birth birth) {
		try {
			birth.commit(created.run(), created.changes());
		}
		catch (Throwable ex) {
			this.loadedRuns.remove(created.run());
			throw ex;
		}
		for (Timer timer : new @Nullable Timer[] { created.begin(), created.run().deadlineTimer() }) {
			if (timer != null) {
				this.environment.timers().add(timer);
			}
		}
	}

	/** What has a history is loaded, to replay it. */
	private boolean mayExecuteNow(StartRequest request, String workflow) {
		if (request.history() != null || request.delay().isPositive() || this.loader.hasBacklog(workflow)
				|| !this.admission.tryReserve(workflow)) {
			return false;
		}
		if (!this.environment.slots().tryAcquire()) {
			this.admission.giveBack(workflow);
			return false;
		}
		return true;
	}

	/**
	 * Makes a new run durable.
	 */
	@FunctionalInterface
	private interface Birth {

		/**
		 * Durable when it returns.
		 */
		void commit(LoadedRun run, List<Change> changes);

	}

}
