package io.kraft.engine.reliability;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Writes the table of {@code docs/internals/reliability.md}: faults and promises from the
 * tests, results from their reports. Arguments: the page, the directories of the reports.
 * Ends with 1 if a test has failed.
 */
final class ReliabilityPage {

	private static final String BEGIN = "<!-- made by ReliabilityPage: change the annotations of the tests instead -->\n";

	private static final String END = "<!-- end of what is made by ReliabilityPage -->\n";

	static final String NOT_EXECUTED = "not executed";

	private ReliabilityPage() {
	}

	public static void main(String[] arguments) throws Exception {
		Path page = Path.of(arguments[0]);
		List<Case> cases = new ArrayList<>();
		for (int i = 1; i < arguments.length; i++) {
			cases.addAll(Case.read(Path.of(arguments[i])));
		}
		String table = table(Proof.all(), (proof) -> result(proof, cases));
		Files.writeString(page, with(Files.readString(page), table));
		System.out.println(table);
		if (cases.stream().anyMatch((executed) -> executed.outcome() == Case.Outcome.FAILED)) {
			System.out
				.println("A test has failed; see the reports in " + List.of(arguments).subList(1, arguments.length));
			System.exit(1);
		}
	}

	/**
	 * The page with another table.
	 */
	static String with(String page, String table) {
		return page.substring(0, page.indexOf(BEGIN) + BEGIN.length()) + table + page.substring(page.indexOf(END));
	}

	static String table(List<Proof> proofs, Function<Proof, String> results) {
		return proofs.stream()
			.map((proof) -> row(proof, results.apply(proof)))
			.collect(Collectors.joining("", "| fault | promise | test | result |\n|---|---|---|---|\n", ""));
	}

	/**
	 * All but the result.
	 */
	static String columns(Proof proof) {
		String name = proof.test().getSimpleName() + (proof.method().isEmpty() ? "" : "." + proof.method());
		return "| " + proof.fault() + " | " + proof.promise() + " | [" + name + "](../../" + proof.module()
				+ "/src/test/java/" + proof.test().getName().replace('.', '/') + ".java) | ";
	}

	private static String row(Proof proof, String result) {
		return columns(proof) + result + " |\n";
	}

	/**
	 * What the page contains as the result of a test.
	 */
	static String resultIn(String page, Proof proof) {
		String columns = columns(proof);
		return page.lines()
			.filter((line) -> line.startsWith(columns))
			.map((line) -> line.substring(columns.length(), line.length() - " |".length()))
			.findFirst()
			.orElse(NOT_EXECUTED);
	}

	static String result(Proof proof, List<Case> cases) {
		List<Case> own = cases.stream().filter(proof::covers).toList();
		if (own.isEmpty()) {
			return NOT_EXECUTED;
		}
		double seconds = own.stream().mapToDouble(Case::seconds).sum();
		Map<String, Long> counted = new TreeMap<>();
		own.forEach((executed) -> executed.counted().forEach((unit, count) -> counted.merge(unit, count, Long::sum)));
		String counts = counted.entrySet()
			.stream()
			.map((entry) -> ", " + String.format(Locale.ROOT, "%,d", entry.getValue()) + " " + entry.getKey())
			.collect(Collectors.joining());
		return outcome(own) + counts + ", " + String.format(Locale.ROOT, (seconds < 10) ? "%.1f s" : "%.0f s", seconds);
	}

	private static String outcome(List<Case> cases) {
		Map<Case.Outcome, Long> outcomes = cases.stream()
			.collect(Collectors.groupingBy(Case::outcome, TreeMap::new, Collectors.counting()));
		long passed = outcomes.getOrDefault(Case.Outcome.PASSED, 0L);
		long failed = outcomes.getOrDefault(Case.Outcome.FAILED, 0L);
		long skipped = outcomes.getOrDefault(Case.Outcome.SKIPPED, 0L);
		return ((failed > 0) ? "**" + failed + " failed**, " : "") + passed + " passed"
				+ ((skipped > 0) ? ", **" + skipped + " skipped**" : "");
	}

}
