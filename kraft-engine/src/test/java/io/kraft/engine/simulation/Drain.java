package io.kraft.engine.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.kraft.client.WorkflowClient;
import io.kraft.client.WorkflowStatus;
import io.kraft.engine.journal.RecordedJournal;
import io.kraft.engine.simulation.Facts.Watched;
import io.kraft.engine.store.RunRow;
import io.kraft.engine.store.Store;
import io.kraft.workflow.KraftException;

/**
 * Lets every run end: no fault any more, what is paused is resumed, what waits for a
 * signal or a callback gets one, and the clock is moved for as long as anything is due. A
 * run that does not end then hangs.
 */
final class Drain {

	private static final int ROUNDS = 2000;

	private final SimulatedDisks disks;

	private final SimulatedEngine engine;

	private final World world;

	private final Facts facts;

	private final Calls calls;

	private final Runnable look;

	private int messages;

	Drain(SimulatedDisks disks, SimulatedEngine engine, World world, Facts facts, Calls calls, Runnable look) {
		this.disks = disks;
		this.engine = engine;
		this.world = world;
		this.facts = facts;
		this.calls = calls;
		this.look = look;
	}

	/**
	 * Ends what holds things up.
	 * @return whether all is well so far
	 */
	boolean settle() {
		this.disks.recover();
		this.disks.release();
		this.world.openGates();
		this.calls.awaitQuiet();
		if (this.world.partitions() > 1) {
			// What found no partition is tried again after a second at most.
			for (int again = 0; again < 3; again++) {
				this.engine.time().advance(Duration.ofMillis(1_100));
				this.calls.awaitQuiet();
			}
		}
		this.look.run();
		return this.world.violation().isEmpty();
	}

	/**
	 * Lets the runs end.
	 */
	void finish() {
		WorkflowClient client = this.engine.client();
		client.pauseSchedule(SimulatedEngine.SCHEDULE);
		SimulatedEngine.QUEUE_LIMITS.keySet().forEach(client::resumeQueue);
		for (int round = 0; round < ROUNDS; round++) {
			if (!this.calls.awaitQuiet() || this.world.violation().isPresent()) {
				return;
			}
			String before = state();
			List<RunRow> open = open();
			if (open.isEmpty()) {
				this.look.run();
				delivered();
				return;
			}
			open.forEach((row) -> help(client, row));
			this.calls.awaitQuiet();
			this.look.run();
			if (this.world.violation().isPresent()) {
				return;
			}
			if (before.equals(state()) && !move()) {
				this.world.report("hangs", "runs do not end: " + state());
				return;
			}
		}
		this.world.report("hangs", "runs do not end in " + ROUNDS + " rounds: " + state());
	}

	private void help(WorkflowClient client, RunRow row) {
		if (row.status() == WorkflowStatus.PAUSED) {
			attempt(() -> client.resume(row.id()));
		}
		if (row.status() == WorkflowStatus.SUSPENDED) {
			for (String signal : this.world.signalsOf(row.id())) {
				attempt(() -> client.signal(row.id(), signal, "last" + this.messages++));
			}
			for (Map.Entry<String, String> token : this.world.tokens().entrySet()) {
				if (token.getValue().equals(row.id())) {
					this.facts.completed(token.getKey());
					attempt(() -> client.complete(token.getKey(), "last" + this.messages++));
				}
			}
		}
	}

	/** Another one may have been quicker. */
	private void attempt(Runnable call) {
		try {
			call.run();
		}
		catch (KraftException ex) {
			if (!ex.code().startsWith("KRAFT-3")) {
				this.world.report("call-failed", ex.toString());
			}
		}
		this.calls.awaitQuiet();
	}

	private boolean move() {
		Instant now = this.engine.time().instant();
		Instant due = this.engine.time().nextDue().orElse(null);
		if (due == null || due.isAfter(now.plus(Duration.ofDays(1)))) {
			return false;
		}
		this.engine.time().advanceTo(due.isBefore(now) ? now : due);
		return true;
	}

	/** Who waits for the result of a run that has ended has got it. */
	private void delivered() {
		for (Watched watched : this.facts.watched()) {
			if (!watched.result().isDone()) {
				this.world.report("result-hangs", "the result of '" + watched.id() + "' does not come");
			}
		}
	}

	private List<RunRow> open() {
		return this.world.rows().stream().filter((row) -> !row.status().isTerminal()).toList();
	}

	/** What tells whether anything moves: the messages that help are not counted. */
	private String state() {
		return String.join("; ", open().stream().map(this::state).collect(Collectors.toCollection(TreeSet::new)));
	}

	private String state(RunRow row) {
		try (Store store = this.world.storeOf(row.id())) {
			RecordedJournal journal = Rows.journal(store, row);
			return row.name() + " '" + row.id() + "' " + row.status() + " " + journal.started() + " " + journal.length()
					+ " " + row.waitingFor() + " "
					+ journal.inOrder()
						.stream()
						.filter((operation) -> operation.completedBy() == null)
						.map((operation) -> operation.kind().label() + " " + operation.name())
						.toList();
		}
	}

}
