package io.kraft.engine.kill;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.kraft.client.OperationView;
import io.kraft.client.WorkflowDescription;
import io.kraft.client.WorkflowStatus;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What there is when everything has ended, and what must hold for it.
 *
 * @param runs by their ids
 * @param ends how they have ended
 * @param journals of the runs
 * @param effects in the order in which they were written down
 * @param marks in that order, too
 * @param acknowledged what the engine has acknowledged
 */
record Aftermath(Workload workload, Map<String, WorkflowDescription> runs, Map<String, String> ends,
		Map<String, List<OperationView>> journals, Map<String, List<Effect>> effectsByRun, List<Effect> effects,
		List<Mark> marks, List<String> acknowledged) {

	Aftermath(Workload workload, Map<String, WorkflowDescription> runs, Map<String, String> ends,
			Map<String, List<OperationView>> journals, List<Effect> effects, List<Mark> marks,
			List<String> acknowledged) {
		this(workload, runs, ends, journals, effects.stream().collect(Collectors.groupingBy(Effect::run)), effects,
				marks, acknowledged);
	}

	/**
	 * How many runs of each workflow have ended as what.
	 */
	Map<String, Long> summary() {
		return this.runs.values()
			.stream()
			.collect(Collectors.groupingBy((run) -> run.name() + " " + run.status(), TreeMap::new,
					Collectors.counting()));
	}

	void check() {
		checkEnds();
		checkAcknowledged();
		checkFamilies();
		checkEffects();
		Map<String, List<Effect>> entries = this.effects.stream().collect(Collectors.groupingBy(Effect::step));
		this.runs.values().forEach((run) -> {
			checkJournal(run, entries);
			checkUndone(run);
		});
		ChangeScenarios.check(this);
		OperatorScenarios.check(this);
		AdmissionScenarios.check(this);
		ScheduleScenarios.check(this);
		new QueueChecks(this).check();
	}

	private void checkEnds() {
		assertThat(this.runs.values()).as("runs that have ended as none may")
			.filteredOn((run) -> !this.workload.isRight(run.name(), run.id(), end(run)))
			.extracting((run) -> run + ": " + end(run))
			.isEmpty();
		for (WorkflowDescription run : this.runs.values()) {
			String end = end(run);
			assertThat(run.status()).as("status of %s, which ended with %s", run.id(), end).isEqualTo(switch (end) {
				case "CANCELLED" -> WorkflowStatus.CANCELLED;
				case "TIMED_OUT" -> WorkflowStatus.TIMED_OUT;
				default -> end.startsWith("FAILED") ? failed(run) : WorkflowStatus.COMPLETED;
			});
		}
	}

	private static WorkflowStatus failed(WorkflowDescription run) {
		return QueueScenarios.isItem(run.name()) ? WorkflowStatus.DEAD : WorkflowStatus.FAILED;
	}

	String end(WorkflowDescription run) {
		return String.valueOf(this.ends.get(run.id()));
	}

	private void checkAcknowledged() {
		Set<String> deleted = marks(Mark.Kind.DELETING).map(Mark::subject).collect(Collectors.toSet());
		assertThat(this.runs.keySet()).as("runs whose start was acknowledged")
			.containsAll(this.acknowledged.stream()
				.filter((line) -> line.startsWith("start "))
				.map((line) -> line.substring("start ".length()))
				.filter((id) -> !deleted.contains(id))
				.toList());
	}

	/** A child's id is made of its place: one that was started twice is there twice. */
	private void checkFamilies() {
		Map<String, Set<String>> children = this.runs.values()
			.stream()
			.filter((run) -> run.parentId() != null)
			.collect(Collectors.groupingBy((run) -> run.parentId(),
					Collectors.mapping(WorkflowDescription::id, Collectors.toSet())));
		assertThat(this.runs.keySet()).as("parents").containsAll(children.keySet());
		for (WorkflowDescription run : this.runs.values()) {
			Set<String> started = children.getOrDefault(run.id(), Set.of());
			// A start that was cancelled is recorded too.
			assertThat(kinds(run.id(), "child").map((child) -> run.id() + "." + child.position()))
				.as("recorded starts of children by %s", run.id())
				.containsAll(started);
			if (run.status() == WorkflowStatus.COMPLETED) {
				assertThat(started).as("children of %s", run.id())
					.hasSize(this.workload.scenario(run.name()).children());
			}
		}
	}

	private void checkEffects() {
		Map<String, Integer> furthest = new HashMap<>();
		Map<String, String> keys = new HashMap<>();
		Map<String, String> steps = new HashMap<>();
		Set<String> entered = new HashSet<>();
		Set<String> deleted = marks(Mark.Kind.DELETING).map(Mark::subject).collect(Collectors.toSet());
		for (Effect effect : this.effects) {
			String run = effect.run();
			assertThat(this.runs.containsKey(run) || deleted.contains(run) || ScheduleScenarios.isSwept(run))
				.as("there is the run of %s", effect)
				.isTrue();
			// No further than where the trunk was, and than where its own lane was.
			int trunk = furthest.getOrDefault(run + " ", 0);
			assertThat(effect.ordinal()).as("after step %s of its run, %s", trunk, effect)
				.isGreaterThanOrEqualTo(trunk);
			assertThat(furthest.merge(run + " " + effect.lane(), effect.ordinal(), Math::max))
				.as("the furthest step of its lane, at %s", effect)
				.isEqualTo(effect.ordinal());
			assertThat(keys.computeIfAbsent(ChangeScenarios.identity(this, effect), (step) -> effect.key()))
				.as("the key, at %s", effect)
				.isEqualTo(effect.key());
			if (effect.hasIdempotencyKey()) {
				assertThat(steps.computeIfAbsent(effect.idempotencyKey(), (key) -> effect.step()))
					.as("the step of the key, at %s", effect)
					.isEqualTo(effect.step());
			}
			String once = String.join(" ", effect.life(), effect.step(), effect.round() + "." + effect.attempt());
			assertThat(effect.isEnd() || entered.add(once)).as("entered once in its life, %s", effect).isTrue();
		}
	}

	/**
	 * What a journal holds was done, each once; and nothing at most once twice.
	 */
	private void checkJournal(WorkflowDescription run, Map<String, List<Effect>> entries) {
		Set<String> names = new HashSet<>();
		steps(run.id()).forEach((step) -> {
			assertThat(names.add(step.name())).as("recorded once in %s, %s", run.id(), step.name()).isTrue();
			String entered = OperatorScenarios.isKept(run.id(), ordinal(step.name()))
					? OperatorScenarios.original(run.id()) : run.id();
			assertThat(entries.getOrDefault(entered + " " + step.name(), List.of()))
				.as("entries of what %s has recorded as %s", run.id(), step)
				.extracting(Effect::attempt)
				.contains(Math.max(1, step.attempts()));
		});
		if (run.name().equals("everything")) {
			assertThat(entries.getOrDefault(run.id() + " " + Effect.name("", 2), List.of()))
				.as("entries of what is done at most once, in %s", run.id())
				.hasSizeLessThanOrEqualTo(1);
		}
	}

	private void checkUndone(WorkflowDescription run) {
		List<Integer> done = Stream.concat(steps(run.id()), kinds(run.id(), "on-failure"))
			.map((view) -> ordinal(view.name()))
			.filter((ordinal) -> UndoScenarios.isUndoable(run.name(), ordinal))
			.sorted()
			.toList()
			.reversed();
		List<Integer> undone = steps(run.id()).map((view) -> Steps.UNDONE - ordinal(view.name()))
			.filter((ordinal) -> UndoScenarios.isUndoable(run.name(), ordinal) && ordinal > 0 && ordinal < 100)
			.toList();
		// Branches end in an order of their own.
		List<Integer> compared = run.name().equals("trip") ? undone.stream().sorted().toList().reversed() : undone;
		assertThat(compared).as("what %s has undone, as %s", run.id(), run.status())
			.isEqualTo((run.status() == WorkflowStatus.COMPLETED) ? List.of() : done);
	}

	static int ordinal(String name) {
		return Integer.parseInt(name.replaceAll("\\D", ""));
	}

	Stream<OperationView> steps(String id) {
		return Stream.concat(kinds(id, "step"), kinds(id, "side-effect")).filter((view) -> view.outcome() != null);
	}

	Stream<OperationView> kinds(String id, String kind) {
		return this.journals.getOrDefault(id, List.of()).stream().filter((view) -> view.kind().equals(kind));
	}

	Stream<WorkflowDescription> runs(String name) {
		return this.runs.values().stream().filter((run) -> run.name().equals(name));
	}

	/**
	 * Whether it is a run, and one of a workflow.
	 */
	boolean isRunOf(String id, String name) {
		WorkflowDescription run = this.runs.get(id);
		return run != null && run.name().equals(name);
	}

	Stream<Effect> effectsOf(String id) {
		return this.effectsByRun.getOrDefault(id, List.of()).stream();
	}

	Stream<Mark> marks(Mark.Kind kind) {
		return this.marks.stream().filter((mark) -> mark.kind() == kind);
	}

}
