package io.kraft.test.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.kraft.test.call.BodyCounts.Counted;
import io.kraft.test.call.BodyEntry;
import io.kraft.workflow.Delivery;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;

/**
 * Compares a life with the undisturbed one.
 */
final class Comparison {

	private final Life undisturbed;

	Comparison(Life undisturbed) {
		this.undisturbed = undisturbed;
	}

	/**
	 * In what a life differs, in words; empty if it does not. Runs in which the outcome
	 * of a step with at-most-once delivery is unknown may differ.
	 */
	List<String> differences(Life life) {
		List<String> differences = new ArrayList<>();
		Set<String> ids = new TreeSet<>(this.undisturbed.runs().keySet());
		ids.addAll(life.runs().keySet());
		boolean unknown = life.runs().values().stream().anyMatch(RunOutcome::hasUnknownStep);
		if (!unknown) {
			ids.forEach((id) -> compare(this.undisturbed.runs().get(id), life.runs().get(id), differences));
			compareResults(life, differences);
		}
		life.bodies()
			.stream()
			.filter((body) -> body.times() > 1 && body.entry().delivery() == Delivery.AT_MOST_ONCE)
			.forEach((body) -> differences
				.add("  " + body.entry() + " has at-most-once delivery, but was entered " + body.times() + " times\n"));
		return differences;
	}

	private static void compare(@Nullable RunOutcome expected, @Nullable RunOutcome found, List<String> differences) {
		if (expected == null) {
			RunOutcome run = Objects.requireNonNull(found);
			differences.add("  run '" + run.id() + "' should not be there: " + run.text() + "\n" + run.table());
		}
		else if (found == null) {
			differences.add("  run '" + expected.id() + "' is not there; without a crash " + expected.text() + "\n");
		}
		else if (!expected.text().equals(found.text())) {
			differences.add("  run '" + expected.id() + "':\n    expected: " + expected.text() + "\n    found:    "
					+ found.text() + "\n  its journal:\n" + found.table() + "  its journal without a crash:\n"
					+ expected.table());
		}
	}

	private void compareResults(Life life, List<String> differences) {
		Throwable failure = life.failure();
		if (!Objects.equals(String.valueOf(this.undisturbed.failure()), String.valueOf(failure))) {
			differences.add("  the scenario itself:\n    expected: " + end(this.undisturbed) + "\n    found:    "
					+ end(life) + "\n");
		}
		else if (!areEqual(this.undisturbed.value(), life.value())) {
			differences.add("  the value that the scenario returns:\n    expected: " + this.undisturbed.value()
					+ "\n    found:    " + life.value() + "\n");
		}
	}

	private static String end(Life life) {
		return (life.failure() != null) ? "it throws " + life.failure() : "it returns " + life.value();
	}

	private static boolean areEqual(@Nullable Object expected, @Nullable Object found) {
		if (Objects.deepEquals(expected, found)) {
			return true;
		}
		try {
			Assertions.assertThat(found).usingRecursiveComparison().isEqualTo(expected);
			return expected != null && found != null;
		}
		catch (AssertionError ex) {
			return false;
		}
	}

	/**
	 * The bodies that were entered more often than in the undisturbed life.
	 */
	List<Counted> repeated(Life life) {
		Map<BodyEntry, Integer> before = this.undisturbed.bodies()
			.stream()
			.collect(Collectors.toMap(Counted::entry, Counted::times));
		return life.bodies().stream().filter((body) -> body.times() > before.getOrDefault(body.entry(), 1)).toList();
	}

}
