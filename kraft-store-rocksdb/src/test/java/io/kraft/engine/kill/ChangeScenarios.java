package io.kraft.engine.kill;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import io.kraft.client.WorkflowDescription;
import io.kraft.engine.definition.MethodSignature;
import io.kraft.engine.definition.WorkflowDefinition;
import io.kraft.workflow.WorkflowContext;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Code that changes under its runs: each life executes one of three generations of it,
 * never an older one than the life before; and runs that begin anew with what they have
 * kept.
 */
final class ChangeScenarios {

	/** The newest code. */
	static final int GENERATIONS = 3;

	private static final Pattern LIFE = Pattern.compile("life([0-9]+)g([0-9]+)");

	private static final Duration SHORT = Duration.ofMillis(15);

	private static final int LAST_ROUND = 4;

	private final WorkflowContext workflow = WorkflowContext.ofCallingRun();

	private final Steps steps;

	private final int generation;

	ChangeScenarios(Steps steps, int generation) {
		this.steps = steps;
		this.generation = generation;
	}

	List<Scenario> all() {
		Scenario patched = Scenario.of("patched", this::patch, (id, end) -> end.matches("1@1 (6p )?6@1 (8p )?8@1")
				&& (generation(id) < 2 || end.contains("6p")) && (generation(id) < 3 || end.contains("8p")));
		Scenario first = Scenario.of("versioned", this::first,
				(id, end) -> end.equals((generation(id) < 2) ? "v1 1@1 2@1" : "v2 1@1 3@1"));
		Scenario second = new Scenario(
				WorkflowDefinition.of("versioned", MethodSignature.of(String.class), (arguments) -> second())
					.withVersion(2),
				first.rightEnd(), 0);
		Scenario tally = new Scenario(
				WorkflowDefinition.of("tally", MethodSignature.of(String.class, Integer.class), this::tally),
				(id, end) -> end.equals("sum 10"), 0, List.of(0));
		return (this.generation < 2) ? List.of(patched, first, tally) : List.of(patched, first, second, tally);
	}

	/**
	 * What a life, or the life that started a run, has executed.
	 */
	static int generation(String lifeOrId) {
		return match(lifeOrId, 2);
	}

	/**
	 * Which life it is.
	 */
	static int number(String life) {
		return match(life, 1);
	}

	private static int match(String lifeOrId, int group) {
		Matcher matcher = LIFE.matcher(lifeOrId);
		if (!matcher.find()) {
			throw new IllegalArgumentException(lifeOrId);
		}
		return Integer.parseInt(matcher.group(group));
	}

	/** The second generation has added one step, the third another. */
	private String patch() throws Exception {
		String first = this.steps.step(1);
		this.workflow.sleep(SHORT);
		String second = patched(2, 6);
		this.workflow.sleep(SHORT);
		return String.join(" ", first, second, patched(3, 8));
	}

	private String patched(int since, int ordinal) throws Exception {
		String added = "";
		if (this.generation >= since && this.workflow.patched("since " + since)) {
			this.steps.step("p", ordinal, "");
			added = ordinal + "p ";
		}
		return added + this.steps.step(ordinal);
	}

	private String first() throws Exception {
		String first = this.steps.step(1);
		this.workflow.sleep(SHORT);
		return String.join(" ", "v1", first, this.steps.step(2));
	}

	private String second() throws Exception {
		String first = this.steps.step(1);
		this.workflow.sleep(SHORT);
		return String.join(" ", "v2", first, this.steps.step(3));
	}

	private String tally(@Nullable Object[] arguments) throws Exception {
		int round = Integer.parseInt(String.valueOf(arguments[0]));
		this.steps.step("", 10 * round + 1, kept());
		this.workflow.state().set("sum", Integer.parseInt(kept()) + round);
		this.workflow.sleep(Duration.ofMillis(3));
		this.steps.step("", 10 * round + 2, kept());
		return (round < LAST_ROUND) ? this.workflow.continueAsNew(round + 1) : "sum " + kept();
	}

	private String kept() {
		return Integer.toString(this.workflow.state().get("sum", Integer.class).orElse(0));
	}

	/**
	 * The step of an effect. One that was cut off before anything of it was recorded, and
	 * has a patch put before it in the next generation, has another position from then
	 * on, and another key.
	 */
	static String identity(Aftermath aftermath, Effect effect) {
		int since = switch (effect.ordinal()) {
			case 6 -> 2;
			case 8 -> 3;
			default -> 0;
		};
		boolean isMoved = effect.run().startsWith("patched-") && effect.lane().isEmpty()
				&& generation(effect.life()) < since && takesNew(aftermath, effect.run(), since);
		return isMoved ? effect.step() + " before the patch" : effect.step();
	}

	private static boolean takesNew(Aftermath aftermath, String run, int since) {
		return aftermath.kinds(run, "patch").anyMatch((patch) -> patch.name().equals("since " + since));
	}

	static void check(Aftermath aftermath) {
		aftermath.runs("patched").forEach((run) -> {
			checkPatch(aftermath, run.id(), 2, 6);
			checkPatch(aftermath, run.id(), 3, 8);
		});
		aftermath.runs("versioned")
			.forEach((run) -> assertThat(run.version()).as("the version of %s", run.id())
				.isEqualTo((generation(run.id()) < 2) ? 1 : 2));
		aftermath.runs("tally").forEach((run) -> checkTally(aftermath, run));
	}

	/** The old path is taken by those that had been there before the change, and them. */
	private static void checkPatch(Aftermath aftermath, String id, int since, int ordinal) {
		boolean takesNew = takesNew(aftermath, id, since);
		List<Effect> before = aftermath.effectsOf(id)
			.filter((effect) -> generation(effect.life()) < since && effect.lane().isEmpty() && !effect.isEnd())
			.toList();
		if (takesNew) {
			assertThat(before).as("what came behind a patch that was taken, before there was one, in %s", id)
				.noneMatch((effect) -> effect.ordinal() > ordinal);
		}
		else {
			assertThat(before).as("how %s came past a change", id).anyMatch((effect) -> effect.ordinal() == ordinal);
		}
		assertThat(
				aftermath.effectsOf(id).anyMatch((effect) -> effect.lane().equals("p") && effect.ordinal() == ordinal))
			.as("what was added to step %s is done in %s", ordinal, id)
			.isEqualTo(takesNew);
	}

	private static void checkTally(Aftermath aftermath, WorkflowDescription run) {
		assertThat(aftermath.steps(run.id()).map((step) -> Aftermath.ordinal(step.name())))
			.as("the journal of the last round of %s", run.id())
			.containsExactly(10 * LAST_ROUND + 1, 10 * LAST_ROUND + 2);
		assertThat(aftermath.effectsOf(run.id()).filter((effect) -> !effect.isEnd()).map(Effect::ordinal))
			.as("steps of all rounds of %s", run.id())
			.containsAll(IntStream.rangeClosed(0, LAST_ROUND)
				.boxed()
				.flatMap((round) -> Set.of(10 * round + 1, 10 * round + 2).stream())
				.toList());
	}

}
