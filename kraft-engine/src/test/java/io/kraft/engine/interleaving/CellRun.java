package io.kraft.engine.interleaving;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.kraft.client.WorkflowStatus;
import io.kraft.engine.store.RunRow;
import io.kraft.engine.store.Store;
import io.kraft.engine.testing.InFlight;
import io.kraft.engine.testing.Invariants;
import io.kraft.engine.testing.NthCommitStore.Hold;
import io.kraft.workflow.KraftException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Executes a cell: brings a run into the state, lets the first operation begin until its
 * commit is held, lets the second come, releases the commit, lets the run come to rest,
 * and compares with the model and the invariants.
 */
final class CellRun {

	private static final int ROUNDS = 12;

	private static final int LOOKS = 8;

	/** Leave a run paused, or going, as it is. */
	private static final Set<Operation> NEUTRAL = EnumSet.of(Operation.START_ATTACH, Operation.START_FAIL,
			Operation.CHILD_OF_SAME_ID, Operation.OTHER_SIGNAL, Operation.RESTART);

	private final Cell cell;

	private final Stage stage;

	private CellRun(Cell cell, Stage stage) {
		this.cell = cell;
		this.stage = stage;
	}

	/**
	 * Executes a cell.
	 * @return false if the first operation makes no such commit
	 * @throws AssertionError if something is not as it must be
	 */
	static boolean execute(Cell cell) throws InterruptedException {
		Stage stage = new Stage(cell.state());
		boolean executed;
		try {
			executed = new CellRun(cell, stage).execute();
		}
		catch (Throwable ex) {
			try {
				stage.close();
			}
			catch (Throwable other) {
				ex.addSuppressed(other);
			}
			throw ex;
		}
		stage.close();
		return executed;
	}

	/**
	 * How many commits follow from an operation, if nothing else comes.
	 */
	static int commits(RunState state, Operation operation) throws InterruptedException {
		Stage stage = new Stage(state);
		try {
			int before = stage.commits();
			Call call = Call.start(operation, stage, "first");
			call.answer(stage.work());
			stage.work().awaitQuiescence(Stage.PATIENCE);
			return stage.commits() - before;
		}
		finally {
			stage.close();
		}
	}

	private boolean execute() throws InterruptedException {
		long original = this.stage.storeOf(Stage.ID).run(Stage.ID).map(RunRow::number).orElse(0L);
		Hold hold = this.stage.hold(this.cell.point());
		Answer ofFirst;
		Answer ofSecond;
		try {
			Call first = Call.start(this.cell.first(), this.stage, "first");
			InFlight work = this.stage.work();
			work.awaitStable(() -> hold.isReached() || (first.isDone() && work.isQuiescent()), LOOKS, Stage.PATIENCE);
			if (!hold.isReached() && this.cell.point() != Point.BEFORE) {
				hold.release();
				first.answer(this.stage.work());
				return false;
			}
			Call second = Call.start(this.cell.second(), this.stage, "second");
			work.awaitStable(second::isDoneOrBlocked, LOOKS, Stage.PATIENCE);
			hold.release();
			ofFirst = first.answer(this.stage.work());
			ofSecond = second.answer(this.stage.work());
		}
		finally {
			hold.release();
		}
		check(original, ofFirst, ofSecond);
		return true;
	}

	private void check(long original, Answer ofFirst, Answer ofSecond) {
		this.stage.ensureStarted();
		this.stage.quiesce();
		checkPause(ofFirst, ofSecond);
		this.stage.storeOf(Stage.ID)
			.run(Stage.ID)
			.filter((row) -> row.status() == WorkflowStatus.TERMINATED)
			.ifPresent((row) -> this.stage.subject().seal(row));
		checkRunningRows();
		comeToRest();
		Optional<RunRow> row = this.stage.storeOf(Stage.ID).run(Stage.ID);
		Life life = new Life(row.map(RunRow::status).orElse(null),
				row.filter((found) -> found.number() == original).isPresent(), null);
		assertThat(Life.after(this.cell.state(), this.cell.first(), ofFirst, this.cell.second(), ofSecond))
			.as("what has become of the run, with the answers %s and %s", ofFirst, ofSecond)
			.contains(life);
		new WatchCheck(this.stage, this.cell).check(original);
		this.stage.stores().forEach(Invariants::check);
		if (life.status() == WorkflowStatus.FAILED) {
			this.stage.gates().forgetCommands();
			this.stage.client().retry(Stage.ID);
			comeToRest();
			// A child that was cancelled with the run stays cancelled.
			assertThat(this.stage.status(Stage.ID)).as("the failed run after a retry")
				.isEqualTo(isChildCancelled() ? WorkflowStatus.FAILED : WorkflowStatus.COMPLETED);
		}
		if (life.original() && this.stage.status(Stage.ID) == WorkflowStatus.COMPLETED) {
			String result = String.valueOf(this.stage.client().handle(Stage.ID).result(Stage.PATIENCE));
			new MessageCheck(this.cell, result).check(ofFirst, ofSecond);
		}
		assertThat(this.stage.subject().violations()).as("what went against the promises").isEmpty();
		checkDurable();
	}

	/** What waits is let continue, until all has ended. */
	private void comeToRest() {
		this.stage.gates().giveAlways("drain");
		for (int round = 0; round < ROUNDS; round++) {
			this.stage.quiesce();
			List<RunRow> open = this.stage.rows().stream().filter((row) -> !row.status().isTerminal()).toList();
			if (open.isEmpty()) {
				return;
			}
			open.forEach(this::help);
			this.stage.quiesce();
			this.stage.engine().moveToNextDue();
		}
		assertThat(this.stage.rows().stream().filter((row) -> !row.status().isTerminal()))
			.as("runs that do not come to an end")
			.isEmpty();
	}

	private void help(RunRow row) {
		if (row.status() == WorkflowStatus.PAUSED) {
			this.stage.client().resume(row.id());
		}
		else if (this.stage.subject().awaitingSignal().remove(row.id())) {
			this.stage.client().signal(row.id(), "s", "rest");
		}
		String token = this.stage.subject().tokens().get(row.id());
		if (token != null) {
			try {
				this.stage.client().complete(token, "rest");
			}
			catch (KraftException ex) {
				// It has ended meanwhile.
				assertThat(ex.code()).isIn(Answer.ENDED.code(), Answer.UNKNOWN_ID.code());
			}
		}
	}

	private boolean isChildCancelled() {
		return this.stage.storeOf(Stage.CHILD_ID)
			.run(Stage.CHILD_ID)
			.filter((row) -> row.status() == WorkflowStatus.CANCELLED)
			.isPresent();
	}

	private void checkPause(Answer ofFirst, Answer ofSecond) {
		if (isAcknowledged(Operation.PAUSE, ofFirst, ofSecond) && isBesideNeutral(Operation.PAUSE)
				&& this.cell.state().status() == WorkflowStatus.SUSPENDED) {
			assertThat(this.stage.status(Stage.ID)).as("a run that was paused").isEqualTo(WorkflowStatus.PAUSED);
		}
		if (isAcknowledged(Operation.RESUME, ofFirst, ofSecond) && isBesideNeutral(Operation.RESUME)) {
			assertThat(this.stage.status(Stage.ID)).as("a run that was resumed").isNotEqualTo(WorkflowStatus.PAUSED);
		}
	}

	private boolean isAcknowledged(Operation operation, Answer ofFirst, Answer ofSecond) {
		return (this.cell.first() == operation && ofFirst.isAcknowledged())
				|| (this.cell.second() == operation && ofSecond.isAcknowledged());
	}

	private boolean isBesideNeutral(Operation operation) {
		Operation other = (this.cell.first() == operation) ? this.cell.second() : this.cell.first();
		return NEUTRAL.contains(other);
	}

	/** Whatever executes in a quiescent engine waits in a step for a command. */
	private void checkRunningRows() {
		for (RunRow row : this.stage.rows()) {
			assertThat(row.status() != WorkflowStatus.RUNNING || this.stage.gates().isWaiting(row.id()))
				.as("a run that is RUNNING is in memory: %s", row)
				.isTrue();
		}
	}

	/** The same is to be found again, by whoever opens the store next. */
	private void checkDurable() {
		List<List<RunRow>> before = this.stage.stores().stream().map(Stage::rows).toList();
		this.stage.crash();
		for (int partition = 0; partition < before.size(); partition++) {
			try (Store reopened = this.stage.engine().medium(partition).open()) {
				assertThat(Stage.rows(reopened)).as("the rows after a crash").isEqualTo(before.get(partition));
				Invariants.check(reopened);
			}
		}
	}

}
