package io.kraft.engine.store.check;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.kraft.engine.store.check.Finding.Kind;
import io.kraft.engine.store.check.Finding.Severity;

/**
 * The result of the check of a store. Immutable.
 *
 * @param runs rows that were checked
 * @param entries journal entries that were checked
 * @param keys all keys that were checked, those of rows and entries included
 * @param counts how many findings there are of each kind; those without are left out
 * @param findings the first of them, violations before the others
 */
public record CheckReport(long runs, long entries, long keys, Map<Kind, Long> counts, List<Finding> findings) {

	/** Of an empty store. */
	public static final CheckReport EMPTY = new CheckReport(0, 0, 0, Map.of(), List.of());

	public CheckReport {
		Map<Kind, Long> ordered = new EnumMap<>(Kind.class);
		ordered.putAll(counts);
		counts = Collections.unmodifiableMap(ordered);
		findings = List.copyOf(findings);
	}

	/**
	 * How many findings there are of a severity, those that were not kept included.
	 */
	public long count(Severity severity) {
		return this.counts.entrySet()
			.stream()
			.filter((count) -> count.getKey().severity() == severity)
			.mapToLong(Map.Entry::getValue)
			.sum();
	}

	/**
	 * How many findings a repair would remove.
	 */
	public long repairable() {
		return this.counts.entrySet()
			.stream()
			.filter((count) -> count.getKey().isRepairable())
			.mapToLong(Map.Entry::getValue)
			.sum();
	}

	/**
	 * Whether a guarantee is violated.
	 */
	public boolean hasViolations() {
		return count(Severity.VIOLATION) > 0;
	}

	/**
	 * The violations that were kept.
	 */
	public List<Finding> violations() {
		return this.findings.stream().filter((finding) -> finding.kind().severity() == Severity.VIOLATION).toList();
	}

	/**
	 * The summary in one line.
	 */
	public String summary() {
		String found = this.counts.isEmpty() ? "no findings"
				: count(Severity.VIOLATION) + " violations, " + count(Severity.HARMLESS) + " harmless leftovers ("
						+ this.counts.entrySet()
							.stream()
							.map((count) -> count.getKey() + " " + count.getValue())
							.collect(Collectors.joining(", "))
						+ ")";
		return this.runs + " runs, " + this.entries + " journal entries, " + this.keys + " keys: " + found;
	}

}
