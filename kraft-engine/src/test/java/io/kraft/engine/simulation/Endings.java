package io.kraft.engine.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

import io.kraft.client.WorkflowHandle;
import io.kraft.client.WorkflowStatus;
import io.kraft.engine.journal.JournalEntry.StepCompleted;
import io.kraft.engine.journal.Outcome;
import io.kraft.engine.journal.RecordedJournal;
import io.kraft.engine.journal.RecordedOperation;
import io.kraft.engine.store.RunRow;
import io.kraft.engine.store.Store;
import io.kraft.engine.timer.ManualScheduler;
import io.kraft.workflow.KraftException;

/**
 * What holds of runs that have all ended.
 */
final class Endings {

	private final Set<String> compensated = new TreeSet<>();

	private final World world;

	private final SimulatedEngine engine;

	private final Facts facts;

	Endings(Plan plan, World world, SimulatedEngine engine, Facts facts) {
		this.facts = facts;
		this.world = world;
		this.engine = engine;
		plan.programs().forEach(this::collect);
	}

	private void collect(List<Op> ops) {
		for (Op op : ops) {
			switch (op) {
				case Op.Step step when step.flavor() == Op.Flavor.COMPENSATED -> this.compensated.add(step.name());
				case Op.Branches branches -> branches.branches().forEach(this::collect);
				case Op.Shielded shielded -> collect(shielded.ops());
				default -> {
				}
			}
		}
	}

	void check() {
		for (RunRow row : this.world.rows()) {
			RecordedJournal journal = journal(row);
			result(row);
			order(row, journal);
			if (Set.of(WorkflowStatus.FAILED, WorkflowStatus.CANCELLED, WorkflowStatus.TIMED_OUT)
				.contains(row.status())) {
				compensations(row, journal);
			}
		}
		new Asked(this.world, this.facts).check();
	}

	private RecordedJournal journal(RunRow row) {
		try (Store store = this.world.storeOf(row.id())) {
			return Rows.journal(store, row);
		}
	}

	/** Whoever asks for the result of a run that has ended gets it, and at once. */
	private void result(RunRow row) {
		WorkflowHandle<?> handle = this.engine.client().handle(row.id());
		String outcome;
		try {
			outcome = "COMPLETED " + handle.result(Duration.ofSeconds(10));
		}
		catch (KraftException ex) {
			outcome = ex.code();
		}
		boolean fits = switch (row.status()) {
			case COMPLETED -> outcome.startsWith("COMPLETED");
			default -> outcome.startsWith("KRAFT-2");
		};
		if (!fits) {
			this.world.report("result-unexpected",
					"run '" + row.id() + "' is " + row.status() + ", but its result is " + outcome);
		}
	}

	/** What a run did, in the order of its journal, was done in that order. */
	private void order(RunRow row, RecordedJournal journal) {
		if (journal.started() == null || this.world.isRetried(row.id())) {
			return;
		}
		List<String> recorded = steps(journal).stream()
			.filter((step) -> step.position().depth() == 1)
			.map(StepCompleted::step)
			.toList();
		String argument = journal.started().arguments().toString().replaceAll("[\\[\\]\"]", "");
		List<String> entered = new ArrayList<>(this.world.entered(row.id(), argument));
		Collections.reverse(entered);
		List<String> last = new ArrayList<>(new LinkedHashSet<>(entered));
		Collections.reverse(last);
		last.retainAll(recorded);
		List<String> known = new ArrayList<>(recorded);
		known.retainAll(last);
		if (!known.equals(last)) {
			this.world.report("effect-order",
					"run '" + row.id() + "' has done " + last + ", but its journal says " + known);
		}
	}

	private static List<StepCompleted> steps(RecordedJournal journal) {
		List<StepCompleted> steps = new ArrayList<>();
		journal.inOrder()
			.stream()
			.sorted(Comparator.comparingInt(RecordedOperation::completedSequence))
			.forEach((operation) -> {
				if (operation.completedBy() instanceof StepCompleted step) {
					steps.add(step);
				}
			});
		return steps;
	}

	private void compensations(RunRow row, RecordedJournal journal) {
		List<String> done = new ArrayList<>();
		List<String> undone = new ArrayList<>();
		Set<String> inBranches = new TreeSet<>();
		for (StepCompleted step : steps(journal)) {
			boolean isGood = step.outcome() instanceof Outcome.Success;
			if (isGood && this.compensated.contains(step.step())) {
				done.add(step.step());
				if (step.position().depth() > 1) {
					inBranches.add(step.step());
				}
			}
			if (isGood && step.step().startsWith("undo-")) {
				undone.add(step.step().substring("undo-".length()));
			}
		}
		Collections.reverse(undone);
		if (!new TreeSet<>(done).equals(new TreeSet<>(undone))) {
			this.world.report("compensation-missing", "run '" + row.id() + "', which is " + row.status() + ", has done "
					+ done + ", but undone " + undone);
			return;
		}
		done.removeAll(inBranches);
		undone.removeAll(inBranches);
		if (!done.equals(undone)) {
			this.world.report("compensation-order",
					"run '" + row.id() + "' has done " + done + ", and undone in reverse " + undone);
		}
	}

	/**
	 * Each fire time of the schedule has its run, up to the last but one.
	 * @param isRemovable whether a run of an id may be gone before anyone has seen it
	 */
	static void schedule(Set<String> ids, Instant now, World world, Predicate<String> isRemovable) {
		TreeSet<Instant> times = new TreeSet<>();
		ids.forEach((id) -> times.add(Instant.parse(id.substring(id.indexOf('@') + 1))));
		Duration period = SimulatedEngine.PERIOD;
		Instant first = ManualScheduler.START.plus(period);
		for (Instant time = first; !time.plus(period).isAfter(now); time = time.plus(period)) {
			if (!times.contains(time) && !isRemovable.test(SimulatedEngine.SCHEDULE + "@" + time)
					&& now.isBefore(time.plus(SimulatedEngine.RETENTION))) {
				world.report("schedule-missed", "the schedule has not fired at " + time + "; it is " + now);
				return;
			}
		}
	}

}
