package io.kraft.engine.execution;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.kraft.client.IfExists;
import io.kraft.client.WorkflowAlreadyExistsException;
import io.kraft.engine.execution.run.LoadedRun;
import io.kraft.engine.execution.run.RandomUuids;
import io.kraft.engine.execution.run.Replay;
import io.kraft.engine.execution.run.RunClaims;
import io.kraft.engine.execution.run.RunEnvironment;
import io.kraft.engine.execution.run.RunJournal;
import io.kraft.engine.journal.JournalEntry.RunStarted;
import io.kraft.engine.partition.Partition;
import io.kraft.engine.store.Change;
import io.kraft.engine.store.RunRow;

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

	private final RunClaims claims = new RunClaims();

	RunStarter(RunEnvironment environment, RunLoader loader) {
		this.environment = environment;
		this.loader = loader;
	}

	/**
	 * Starts a run, or finds the one that has its id.
	 * @return its id, durable
	 */
	String start(StartRequest request) {
		String id = request.id();
		if (id == null) {
			return begin(RandomUuids.next(this.environment.chance()).toString(), request, List.of());
		}
		return this.claims.whileClaimed(id, () -> startOrAttach(id, request));
	}

	private String startOrAttach(String id, StartRequest request) {
		Optional<RunRow> existing = this.environment.partition().store().run(id);
		if (existing.isEmpty()) {
			return begin(id, request, List.of());
		}
		RunRow row = existing.get();
		if (request.ifExists() == IfExists.ATTACH && row.name().equals(request.workflow().name())) {
			return id;
		}
		if (request.ifExists() == IfExists.REJECT_IF_RUNNING && row.status().isTerminal()) {
			return begin(id, request, List.of(new Change.RunRemoved(row)));
		}
		throw new WorkflowAlreadyExistsException("a run with the id '" + id + "' exists: workflow '" + row.name()
				+ "', status " + row.status() + ", started at " + row.createdAt() + ". The start of '"
				+ request.workflow().name() + "' asked for " + request.ifExists()
				+ ". Choose another id, or IfExists.ATTACH. See docs/errors.md#kraft-3002");
	}

	private String begin(String id, StartRequest request, List<Change> before) {
		boolean executesNow = !this.loader.hasBacklog() && this.environment.slots().tryAcquire();
		boolean launched = false;
		try {
			LoadedRun run = create(id, request, before, executesNow);
			if (executesNow) {
				launched = true;
				this.loader.launch(run);
			}
			else {
				this.loader.expectPending();
			}
			return id;
		}
		finally {
			if (executesNow && !launched) {
				this.environment.slots().release();
			}
		}
	}

	private LoadedRun create(String id, StartRequest request, List<Change> before, boolean executesNow) {
		Partition partition = this.environment.partition();
		Partition.Birth birth = partition.nextBirth(this.environment.now());
		RunRow row = RunRow.pending(birth.number(), id, request.workflow().name(), request.workflow().version(),
				request.tags(), birth.at());
		if (executesNow) {
			row = row.running(birth.at());
		}
		RunStarted started = new RunStarted(request.arguments(), this.environment.chance().nextLong(), birth.at());
		RunJournal journal = RunJournal.begin(partition, row, started, new ArrayList<>(before));
		return new LoadedRun(request.workflow(), started, journal, Replay.nothing(), this.environment);
	}

}
