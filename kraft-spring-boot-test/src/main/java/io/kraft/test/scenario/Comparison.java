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
 * Compares an iteration with the undisturbed one.
 */
final class Comparison {

	private final Iteration undisturbed;

	Comparison(Iteration undisturbed) {
		this.undisturbed = undisturbed;
	}

	/**
	 * In what an iteration differs, in words; empty if it does not. Runs in which the
	 * outcome of a step with at-most-once delivery is unknown may differ.
	 */
	List<String> differences(Iteration iteration) {
		List<String> differences = new ArrayList<>();
		Set<String> ids = new TreeSet<>(this.undisturbed.runs().keySet());
		ids.addAll(iteration.runs().keySet());
		boolean unknown = iteration.runs().values().stream().anyMatch(ComparedRun::hasUnknownStep);
		if (!unknown) {
			ids.forEach((id) -> compare(this.undisturbed.runs().get(id), iteration.runs().get(id), differences));
			compareResults(iteration, differences);
		}
		iteration.bodies()
			.stream()
			.filter((body) -> body.times() > 1 && body.entry().delivery() == Delivery.AT_MOST_ONCE)
			.forEach((body) -> differences
				.add("  " + body.entry() + " has at-most-once delivery, but was entered " + body.times() + " times\n"));
		return differences;
	}

	private static void compare(@Nullable ComparedRun expected, @Nullable ComparedRun found, List<String> differences) {
		if (expected == null) {
			ComparedRun run = Objects.requireNonNull(found);
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

	private void compareResults(Iteration iteration, List<String> differences) {
		Throwable failure = iteration.failure();
		if (!Objects.equals(String.valueOf(this.undisturbed.failure()), String.valueOf(failure))) {
			differences.add("  the scenario itself:\n    expected: " + end(this.undisturbed) + "\n    found:    "
					+ end(iteration) + "\n");
		}
		else if (!areEqual(this.undisturbed.value(), iteration.value())) {
			differences.add("  the value that the scenario returns:\n    expected: " + this.undisturbed.value()
					+ "\n    found:    " + iteration.value() + "\n");
		}
	}

	private static String end(Iteration iteration) {
		return (iteration.failure() != null) ? "it throws " + iteration.failure() : "it returns " + iteration.value();
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
	 * The bodies that were entered more often than in the undisturbed iteration.
	 */
	List<Counted> repeated(Iteration iteration) {
		Map<BodyEntry, Integer> before = this.undisturbed.bodies()
			.stream()
			.collect(Collectors.toMap(Counted::entry, Counted::times));
		return iteration.bodies()
			.stream()
			.filter((body) -> body.times() > before.getOrDefault(body.entry(), 1))
			.toList();
	}

}
