package io.kraft.engine.lifecycle;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

import io.kraft.client.IfExists;
import io.kraft.client.WorkflowStatus;
import io.kraft.engine.admission.Admission;
import io.kraft.engine.journal.JournalEntry.ChildStarted;
import io.kraft.engine.ledger.RunChange;
import io.kraft.engine.partition.Commit;
import io.kraft.engine.partition.WrittenAnswer;
import io.kraft.engine.routing.StartedRun;
import io.kraft.engine.run.CompletionSubscriber;
import io.kraft.engine.run.LoadedRun;
import io.kraft.engine.run.LoadedRuns;
import io.kraft.engine.run.RunClaims;
import io.kraft.engine.run.RunEnvironment;
import io.kraft.engine.store.Change;
import io.kraft.engine.store.Message;
import io.kraft.engine.store.Requester;
import io.kraft.engine.store.RunRow;
import org.jspecify.annotations.Nullable;

/**
 * Starts runs: one commit makes the run's row and the first entry of its journal.
 * <p>
 * Crash before the commit: there is no run, and no start was acknowledged. After it: the
 * run is found and executed by the next owner. Two starts with one id wait for each
 * other, and the second one finds what the first has made durable. What is about to be
 * removed, or may be by now, is not found.
 */
public final class RunStarter {

	private final RunEnvironment environment;

	private final LoadQueue loads;

	private final RunLauncher launcher;

	private final LoadedRuns loadedRuns;

	private final Admission admission;

	private final RunClaims claims = new RunClaims();

	/**
	 * A starter of an execution's runs.
	 */
	public RunStarter(RunEnvironment environment, LoadedRuns loadedRuns, Admission admission, LoadQueue loads,
			RunLauncher launcher) {
		this.environment = environment;
		this.loadedRuns = loadedRuns;
		this.admission = admission;
		this.loads = loads;
		this.launcher = launcher;
	}

	/**
	 * Starts a run, or finds the one that has its id.
	 * @return the run, durable
	 */
	public StartedRun start(StartRequest request) {
		return start(request, WrittenAnswer.NONE);
	}

	/**
	 * As {@link #start(StartRequest)}.
	 * @param answer goes with the commit of a run that is started; where one is found,
	 * there is none
	 */
	public StartedRun start(StartRequest request, WrittenAnswer answer) {
		return start(request, List.of(), answer);
	}

	/**
	 * As {@link #start(StartRequest)}, in one commit with further changes. Where the run
	 * is found, they are made without it.
	 */
	public StartedRun start(StartRequest request, List<Change> changes) {
		return start(request, changes, WrittenAnswer.NONE);
	}

	private StartedRun start(StartRequest request, List<Change> changes, WrittenAnswer answer) {
		String id = request.runId();
		if (request.isFresh()) {
			return Objects.requireNonNull(begin(id, request, changes, answer, submit()));
		}
		return this.claims.whileClaimed(id, () -> startOrAttach(id, request, changes, answer));
	}

	/**
	 * Does something about an id while no other start does.
	 */
	public <T extends @Nullable Object> T whileClaimed(String id, Supplier<T> action) {
		return this.claims.whileClaimed(id, action);
	}

	/**
	 * Lets one start at a time decide about an id.
	 */
	public RunClaims claims() {
		return this.claims;
	}

	private StartedRun startOrAttach(String id, StartRequest request, List<Change> changes, WrittenAnswer answer) {
		Optional<RunRow> existing = existing(id);
		while (existing.isPresent()) {
			RunRow row = existing.get();
			if (isReplaced(row, request)) {
				StartedRun started = replace(row, request, changes, answer);
				if (started != null) {
					return started;
				}
				// It was removed meanwhile.
				existing = existing(id);
			}
			else if (request.ifExists() == IfExists.ATTACH && row.name().equals(request.workflow().name())) {
				if (!changes.isEmpty()) {
					this.environment.partition().submitOrRefuse(changes).await();
				}
				return new StartedRun(id, row.number());
			}
			else {
				throw request.alreadyExists(row);
			}
		}
		return Objects.requireNonNull(begin(id, request, changes, answer, submit()));
	}

	/** As it is by now: what the store shows may be on its way out. */
	private Optional<RunRow> existing(String id) {
		return this.environment.partition()
			.store()
			.run(id)
			.flatMap((row) -> Optional.ofNullable(
					this.environment.ledger().<@Nullable RunRow>decide(row.number(), (record) -> record.row())));
	}

	/**
	 * One whose retention is over may be removed at any moment: that is not waited for.
	 */
	private boolean isReplaced(RunRow row, StartRequest request) {
		return row.status().isTerminal() && (request.ifExists() == IfExists.REPLACE_IF_ENDED
				|| (row.expiresAt() != null && !row.expiresAt().isAfter(this.environment.now())));
	}

	private @Nullable StartedRun replace(RunRow row, StartRequest request, List<Change> before, WrittenAnswer answer) {
		return begin(row.id(), request, before, answer,
				(run, changes) -> this.environment.ledger().<@Nullable Commit>decide(row.number(), (record) -> {
					record.awaitDurable();
					return row.equals(record.row()) ? record.commitOrRefuse(RunChange.removal().with(changes)) : null;
				}));
	}

	private Creation submit() {
		return (run, changes) -> this.environment.partition().submitOrRefuse(changes);
	}

	private @Nullable StartedRun begin(String id, StartRequest request, List<Change> before, WrittenAnswer answer,
			Creation creation) {
		StartInFlight start = submit(id, request, null, (created, changes) -> {
			List<Change> all = new ArrayList<>(before);
			all.addAll(changes);
			all.addAll(answer.changes(created.row().number()));
			return creation.commit(created, all);
		});
		return (start != null) ? start.finish() : null;
	}

	/**
	 * Starts a child in a commit of its parent.
	 * @param entry of the parent's journal
	 */
	void beginChild(String id, StartRequest request, LoadedRun parent, CompletionSubscriber subscriber,
			ChildStarted entry) {
		StartInFlight start = submit(id, request, parent.id(),
				(created, changes) -> parent.journal().commit(entry, watched(created, changes, subscriber)));
		// Whatever becomes of the parent meanwhile: with this there is a child.
		Objects.requireNonNull(start).finish((commit) -> parent.continuation().untilStopped(commit::await));
	}

	/**
	 * Submits the start of a child whose parent is in another partition. No other start
	 * of its id is decided until it is finished.
	 * @param changes made in the same commit
	 * @param claim of the id, which the start holds from now on, if there is one
	 * @return null if a run has its id: nothing is changed then, and the claim is still
	 * the caller's
	 */
	public @Nullable StartInFlight submitChild(StartRequest request, Requester parent, List<Change> changes,
			RunClaims.Claim claim) {
		String id = request.runId();
		if (existing(id).isPresent()) {
			return null;
		}
		StartInFlight start = submit(id, request, parent.id(), (created, own) -> {
			List<Change> all = watched(created, own, CompletionSubscriber.of(parent));
			all.addAll(changes);
			return this.environment.partition().submitOrRefuse(all);
		});
		return Objects.requireNonNull(start).holding(claim);
	}

	private List<Change> watched(NewRun created, List<Change> changes, CompletionSubscriber subscriber) {
		Message watch = this.environment.delivery().watch(created.row().number(), subscriber);
		if (created.run() != null) {
			created.run().requests().accept(watch);
		}
		List<Change> all = new ArrayList<>(changes);
		all.add(new Change.MessageAdded(watch, null));
		return all;
	}

	/** Null if nothing is started. */
	private @Nullable StartInFlight submit(String id, StartRequest request, @Nullable String parentId,
			Creation creation) {
		String workflow = request.workflow().name();
		boolean executesNow = mayExecuteNow(request, workflow);
		NewRun created = null;
		Commit commit = null;
		try {
			created = NewRun.create(this.environment, id, request, parentId, executesNow);
			if (created.run() != null) {
				this.loadedRuns.announce(created.run());
			}
			commit = creation.commit(created, created.changes());
			return (commit != null) ? new StartInFlight(this, created, commit) : null;
		}
		finally {
			if (commit == null) {
				forget((created != null) ? created.run() : null);
				giveBack(workflow, executesNow);
			}
		}
	}

	/**
	 * It is durable, and executes or waits for its turn.
	 */
	void begin(NewRun created) {
		String workflow = created.row().name();
		LoadedRun run = created.run();
		boolean launched = false;
		try {
			created.timers().forEach(this.environment.timers()::add);
			if (run != null) {
				this.admission.take(workflow, run.number());
				launched = true;
				this.environment.observer().begun(workflow, Duration.ZERO);
				this.launcher.launch(run, this);
			}
			else if (created.row().status() == WorkflowStatus.PENDING) {
				this.loads.expectPending(created.row());
			}
		}
		finally {
			giveBack(workflow, run != null && !launched);
		}
	}

	/**
	 * It is not durable, and never will be.
	 */
	void abandon(NewRun created) {
		forget(created.run());
		giveBack(created.row().name(), created.run() != null);
	}

	private void forget(@Nullable LoadedRun run) {
		if (run != null) {
			this.loadedRuns.remove(run);
			this.environment.ledger().forget(run.number());
		}
	}

	private void giveBack(String workflow, boolean hasPlace) {
		if (hasPlace) {
			this.admission.giveBack(workflow);
			this.environment.slots().release();
		}
	}

	/** What has a history is loaded, to replay it. */
	private boolean mayExecuteNow(StartRequest request, String workflow) {
		if (request.history() != null || request.delay().isPositive() || this.loads.hasBacklog(workflow)
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
	private interface Creation {

		/**
		 * Hands it over.
		 * @return null if it is not to be
		 */
		@Nullable Commit commit(NewRun created, List<Change> changes);

	}

}
