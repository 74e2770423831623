package io.kraft.test.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;

import io.kraft.test.bench.Bench;
import io.kraft.test.call.BodyCounts.Counted;
import io.kraft.test.store.CrashPlan;
import io.kraft.test.store.CrashPoint;
import org.assertj.core.api.Assert;
import org.jspecify.annotations.Nullable;

/**
 * What a test does to an engine from outside, to be lived again and again: without a
 * crash first, twice, and then with one just before and just after each commit. The
 * engine is started again at once, as a supervisor would, and calls that were cut off are
 * made again, as a client would; the scenario itself goes on where it is.
 */
public final class Scenario {

	private static final String CURE = "After a crash the code of a workflow is executed again, and answered from the "
			+ "journal. What it keeps in fields, reads from a clock or draws by itself differs then: ask the "
			+ "WorkflowContext for time and chance, keep values in local variables or in its state, and do in steps "
			+ "what has effects. The fields of beans are not lost in these crashes: reset fakes by beforeEach(…).";

	private final Bench bench;

	private final Callable<?> code;

	/**
	 * A scenario that is not lived yet.
	 */
	public Scenario(Bench bench, Callable<?> code) {
		this.bench = bench;
		this.code = code;
	}

	/**
	 * Lives it with a crash at each commit.
	 * @throws AssertionError if it does not come to the same outcome each time
	 * @throws Exception that the scenario throws without any crash
	 */
	public CrashReport crashAtEveryCommit() throws Exception {
		try {
			Life undisturbed = live(CrashPoint.NONE);
			rethrow(undisturbed.failure());
			Comparison comparison = new Comparison(undisturbed);
			checkRepeatable(comparison.differences(live(CrashPoint.NONE)));
			List<Life> lives = new ArrayList<>();
			for (int commit = 1; isToCrash(commit, undisturbed, lives); commit++) {
				lives.add(live(new CrashPoint(commit, false)));
				lives.add(live(new CrashPoint(commit, true)));
			}
			check(undisturbed, lives, comparison);
			return report(undisturbed, lives, comparison);
		}
		finally {
			this.bench.renew(null);
		}
	}

	/** Another life may have a commit more, where threads are at work at once. */
	private static boolean isToCrash(int commit, Life undisturbed, List<Life> lives) {
		return commit <= undisturbed.commits().size() || (!lives.isEmpty() && lives.getLast().crashed());
	}

	private Life live(CrashPoint point) {
		CrashPlan plan = new CrashPlan(point, this.bench::crashed);
		this.bench.beginLife(plan);
		Object value = null;
		Throwable failure = null;
		try {
			value = returned(this.code.call());
		}
		catch (Exception | AssertionError ex) {
			failure = ex;
		}
		this.bench.time().settle();
		return new Life(point, plan.hasHappened(), value, failure, RunOutcome.all(this.bench.client()),
				this.bench.bodies().all(), plan.commits());
	}

	/** What a lambda happens to return whose last words are an assertion is no value. */
	private static @Nullable Object returned(@Nullable Object value) {
		return (value instanceof Assert<?, ?>) ? null : value;
	}

	private static void rethrow(@Nullable Throwable failure) throws Exception {
		switch (failure) {
			case Exception ex -> throw ex;
			case Error ex -> throw ex;
			case null, default -> {
			}
		}
	}

	private static void checkRepeatable(List<String> differences) {
		if (!differences.isEmpty()) {
			throw new AssertionError("the scenario does not come to the same outcome twice, even without a crash:\n"
					+ String.join("", differences)
					+ "Let beforeEach(…) bring everything outside the engine to its beginning. " + CURE);
		}
	}

	private static void check(Life undisturbed, List<Life> lives, Comparison comparison) {
		List<Life> different = lives.stream().filter((life) -> !comparison.differences(life).isEmpty()).toList();
		if (different.isEmpty()) {
			return;
		}
		Life first = different.getFirst();
		int commits = undisturbed.commits().size();
		StringBuilder text = new StringBuilder("the scenario comes to another outcome with ").append(first.point())
			.append(" of ")
			.append(commits)
			.append(", which holds:\n");
		first.commits()
			.stream()
			.skip(first.point().commit() - 1L)
			.limit(1)
			.forEach((commit) -> commit.forEach((words) -> text.append("  ").append(words).append('\n')));
		text.append("The outcome differs in:\n");
		comparison.differences(first).forEach(text::append);
		if (different.size() > 1) {
			text.append("So it does with other crashes: ")
				.append(String.join(", ", different.stream().skip(1).map((life) -> place(life.point())).toList()))
				.append(".\n");
		}
		throw new AssertionError(text.append(CURE).toString(), first.failure());
	}

	private static String place(CrashPoint point) {
		return (point.applied() ? "after " : "before ") + point.commit();
	}

	private static CrashReport report(Life undisturbed, List<Life> lives, Comparison comparison) {
		Map<String, Integer> repeated = new TreeMap<>();
		for (Life life : lives) {
			for (Counted body : comparison.repeated(life)) {
				repeated.merge(body.entry().toString(), 1, Integer::sum);
			}
		}
		long unknown = lives.stream()
			.filter((life) -> life.runs().values().stream().anyMatch(RunOutcome::hasUnknownStep))
			.count();
		return new CrashReport(undisturbed.commits(), (int) lives.stream().filter(Life::crashed).count(), repeated,
				(int) unknown);
	}

}
