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
 * What a test does to an engine from outside, to be executed again and again: without a
 * crash first, twice, and then with one just before and just after each commit. The
 * engine is restarted immediately, as a supervisor would, and calls that were cut off are
 * made again, as a client would; the scenario itself continues.
 */
public final class Scenario {

	private static final String HINT = "After a crash the code of a workflow is executed again, and answered from the "
			+ "journal. What it keeps in fields, reads from a clock or draws by itself differs then: ask the "
			+ "WorkflowContext for time and random numbers, keep values in local variables or in its state, and do in "
			+ "steps what has effects. The fields of beans are not lost in these crashes: reset fakes by beforeEach(…).";

	private final Bench bench;

	private final Callable<?> code;

	/**
	 * A scenario that has not been executed yet.
	 */
	public Scenario(Bench bench, Callable<?> code) {
		this.bench = bench;
		this.code = code;
	}

	/**
	 * Executes it with a crash at each commit.
	 * @throws AssertionError if it does not have the same outcome each time
	 * @throws Exception that the scenario throws without any crash
	 */
	public CrashReport crashAtEveryCommit() throws Exception {
		try {
			Iteration undisturbed = execute(CrashPoint.NONE);
			rethrow(undisturbed.failure());
			Comparison comparison = new Comparison(undisturbed);
			checkRepeatable(comparison.differences(execute(CrashPoint.NONE)));
			List<Iteration> iterations = new ArrayList<>();
			for (int commit = 1; isToCrash(commit, undisturbed, iterations); commit++) {
				iterations.add(execute(new CrashPoint(commit, false)));
				iterations.add(execute(new CrashPoint(commit, true)));
			}
			check(undisturbed, iterations, comparison);
			return report(undisturbed, iterations, comparison);
		}
		finally {
			this.bench.renew(null);
		}
	}

	/** Another iteration may have a commit more, where threads run in parallel. */
	private static boolean isToCrash(int commit, Iteration undisturbed, List<Iteration> iterations) {
		return commit <= undisturbed.commits().size() || (!iterations.isEmpty() && iterations.getLast().crashed());
	}

	private Iteration execute(CrashPoint point) {
		CrashPlan plan = new CrashPlan(point, this.bench::crashed);
		this.bench.beginIteration(plan);
		Object value = null;
		Throwable failure = null;
		try {
			value = returned(this.code.call());
		}
		catch (Exception | AssertionError ex) {
			failure = ex;
		}
		this.bench.time().awaitQuiescence();
		return new Iteration(point, plan.hasHappened(), value, failure, ComparedRun.all(this.bench.client()),
				this.bench.bodies().all(), plan.commits());
	}

	/** What a lambda returns only because it ends with an assertion is not a value. */
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
			throw new AssertionError("the scenario does not have the same outcome twice, even without a crash:\n"
					+ String.join("", differences) + "Let beforeEach(…) reset everything outside the engine. " + HINT);
		}
	}

	private static void check(Iteration undisturbed, List<Iteration> iterations, Comparison comparison) {
		List<Iteration> different = iterations.stream()
			.filter((iteration) -> !comparison.differences(iteration).isEmpty())
			.toList();
		if (different.isEmpty()) {
			return;
		}
		Iteration first = different.getFirst();
		int commits = undisturbed.commits().size();
		StringBuilder text = new StringBuilder("the scenario has another outcome with ").append(first.point())
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
				.append(String.join(", ",
						different.stream().skip(1).map((iteration) -> place(iteration.point())).toList()))
				.append(".\n");
		}
		throw new AssertionError(text.append(HINT).toString(), first.failure());
	}

	private static String place(CrashPoint point) {
		return (point.applied() ? "after " : "before ") + point.commit();
	}

	private static CrashReport report(Iteration undisturbed, List<Iteration> iterations, Comparison comparison) {
		Map<String, Integer> repeated = new TreeMap<>();
		for (Iteration iteration : iterations) {
			for (Counted body : comparison.repeated(iteration)) {
				repeated.merge(body.entry().toString(), 1, Integer::sum);
			}
		}
		long unknown = iterations.stream()
			.filter((iteration) -> iteration.runs().values().stream().anyMatch(ComparedRun::hasUnknownStep))
			.count();
		return new CrashReport(undisturbed.commits(), (int) iterations.stream().filter(Iteration::crashed).count(),
				repeated, (int) unknown);
	}

}
