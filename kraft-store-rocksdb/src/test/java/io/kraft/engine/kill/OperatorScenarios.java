package io.kraft.engine.kill;

import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.kraft.client.WorkflowDescription;
import io.kraft.client.WorkflowStatus;
import io.kraft.workflow.StepContext;
import io.kraft.workflow.WorkflowContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs in the hands of an {@link Operator}: paused and resumed, mended and retried,
 * restarted and deleted.
 */
final class OperatorScenarios {

	/** From the second step on, if not from the start. */
	static final int RESTARTED_FROM = 2;

	private static final Duration SHORT = Duration.ofMillis(5);

	private final WorkflowContext workflow = WorkflowContext.ofCallingRun();

	private final Steps steps;

	OperatorScenarios(Steps steps) {
		this.steps = steps;
	}

	List<Scenario> all() {
		return List.of(Scenario.of("handled", this::handled, "1@1 2@1 3@1 4@1"),
				Scenario.of("mended", this::mended, "1@1 2@1 3@1", "FAILED broken"),
				Scenario.of("repeated", this::repeated, "1@1 2@1 3@1"));
	}

	private String handled() throws Exception {
		String first = marked(1);
		this.workflow.sleep(SHORT);
		String second = marked(2);
		String third = marked(3);
		this.workflow.sleep(SHORT);
		return String.join(" ", first, second, third, marked(4));
	}

	private String marked(int ordinal) throws Exception {
		return this.steps.step(ordinal,
				() -> this.steps.marks().add(Mark.Kind.ENTERED, StepContext.current().workflowId()));
	}

	private String mended() throws Exception {
		String first = this.steps.step(1);
		this.workflow.sleep(SHORT);
		String second = this.steps.fragile(2, () -> {
			String id = StepContext.current().workflowId();
			if (this.steps.marks().count(Mark.Kind.MENDING, id) < mendings(id)) {
				throw new IOException("broken");
			}
		});
		return String.join(" ", first, second, this.steps.step(3));
	}

	private String repeated() throws Exception {
		String first = this.steps.step(1);
		this.workflow.sleep(SHORT);
		return String.join(" ", first, this.steps.step(2), this.steps.step(3));
	}

	/**
	 * How often a run must be mended.
	 */
	static int mendings(String id) {
		return 1 + Scenario.kind(id, 2);
	}

	/**
	 * Whether a run is restarted from its second step.
	 */
	static boolean isRestartedFrom(String id) {
		return !isCopy(id) && (Scenario.kind(id, 4) == 1 || Scenario.kind(id, 4) == 3);
	}

	static boolean isRestarted(String id) {
		return isRestartedFrom(id) || (!isCopy(id) && Scenario.kind(id, 4) == 0);
	}

	static boolean isDeleted(String id) {
		return !isCopy(id) && Scenario.kind(id, 4) >= 2;
	}

	static boolean isCopy(String id) {
		return id.contains("~");
	}

	/**
	 * The run that a copy was made of.
	 */
	static String original(String id) {
		return id.replaceFirst("~.*", "");
	}

	/**
	 * Whether a copy has a step from the run that it was made of.
	 */
	static boolean isKept(String id, int ordinal) {
		return isCopy(id) && isRestartedFrom(original(id)) && ordinal < RESTARTED_FROM;
	}

	static void check(Aftermath aftermath) {
		aftermath.runs("mended").forEach((run) -> checkMended(aftermath, run));
		aftermath.runs("repeated").filter((run) -> isCopy(run.id())).forEach((run) -> checkCopy(aftermath, run));
		checkCopies(aftermath);
		checkRest(aftermath);
		Set<String> acknowledged = Set.copyOf(aftermath.acknowledged());
		assertThat(aftermath.runs().keySet()).as("runs whose deletion was acknowledged")
			.noneMatch((id) -> acknowledged.contains("delete " + id));
	}

	private static void checkMended(Aftermath aftermath, WorkflowDescription run) {
		assertThat(run.status()).as("a run that was retried, %s", run.id()).isEqualTo(WorkflowStatus.COMPLETED);
		List<Effect> effects = aftermath.effectsOf(run.id()).filter((effect) -> !effect.isEnd()).toList();
		assertThat(effects).as("steps that had succeeded before %s was retried", run.id())
			.noneMatch((effect) -> effect.ordinal() == 1 && effect.round() > 0);
		for (int round = 0; round < mendings(run.id()); round++) {
			int failed = round;
			List<Integer> attempts = effects.stream()
				.filter((effect) -> effect.ordinal() == 2 && effect.round() == failed)
				.map(Effect::attempt)
				.distinct()
				.toList();
			// The process may be killed between the mark and the retry.
			assertThat(attempts).as("attempts in round %s of %s", round, run.id())
				.isIn((round == 0) ? List.of(List.of(1, 2)) : List.of(List.of(), List.of(1, 2)));
		}
	}

	private static void checkCopy(Aftermath aftermath, WorkflowDescription copy) {
		assertThat(aftermath.effectsOf(copy.id()).filter((effect) -> isKept(copy.id(), effect.ordinal())))
			.as("what %s was to keep", copy.id())
			.isEmpty();
		assertThat(aftermath.steps(copy.id())).as("steps of %s", copy.id()).hasSize(3);
	}

	private static void checkCopies(Aftermath aftermath) {
		Set<String> known = new HashSet<>();
		aftermath.runs("repeated").filter((run) -> isCopy(run.id())).forEach((run) -> known.add(run.id()));
		for (String id : known.stream().map(OperatorScenarios::original).distinct().toList()) {
			long copies = known.stream().filter((copy) -> original(copy).equals(id)).count();
			assertThat(copies).as("copies of %s", id)
				.isLessThanOrEqualTo(
						aftermath.marks(Mark.Kind.RESTARTING).filter((mark) -> mark.subject().equals(id)).count());
		}
	}

	/** What is paused does nothing, in this life and in the next ones. */
	private static void checkRest(Aftermath aftermath) {
		Set<String> paused = new HashSet<>();
		for (Mark mark : aftermath.marks()) {
			switch (mark.kind()) {
				case PAUSED -> paused.add(mark.subject());
				case RESUMING -> paused.remove(mark.subject());
				case ENTERED -> assertThat(paused.contains(mark.subject()) && mark.subject().startsWith("handled"))
					.as("entered while it was paused, %s", mark)
					.isFalse();
				default -> {
				}
			}
		}
	}

}
