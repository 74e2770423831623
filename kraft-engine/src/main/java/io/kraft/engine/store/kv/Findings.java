package io.kraft.engine.store.kv;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

import io.kraft.engine.store.RunRow;
import io.kraft.engine.store.check.CheckReport;
import io.kraft.engine.store.check.Finding;
import io.kraft.engine.store.check.Finding.Kind;
import io.kraft.engine.store.check.Finding.Severity;
import org.jspecify.annotations.Nullable;

/**
 * Collects what a check finds, within bounds: the first findings and the first fixes are
 * kept, all findings are counted. Not thread-safe.
 */
final class Findings {

	private final int keep;

	private final int keepFixes;

	private final List<Finding> violations = new ArrayList<>();

	private final List<Finding> harmless = new ArrayList<>();

	private final Map<Kind, Long> counts = new EnumMap<>(Kind.class);

	private final List<KeyFix> fixes = new ArrayList<>();

	long runs;

	long entries;

	long keys;

	/**
	 * None so far.
	 * @param keep most findings of each severity
	 * @param keepFixes most fixes; 0 if nothing is to be repaired
	 */
	Findings(int keep, int keepFixes) {
		this.keep = keep;
		this.keepFixes = keepFixes;
	}

	void add(Kind kind, long run, String where, String expected, String found) {
		add(new Finding(kind, run, null, where, expected, found), null);
	}

	void add(Kind kind, long run, String where, String expected, String found, @Nullable KeyFix fix) {
		add(new Finding(kind, run, null, where, expected, found), fix);
	}

	void add(Kind kind, RunRow row, String where, String expected, String found) {
		add(kind, row, where, expected, found, null);
	}

	void add(Kind kind, RunRow row, String where, String expected, String found, @Nullable KeyFix fix) {
		add(new Finding(kind, row.number(), row.id(), where, expected, found), fix);
	}

	private void add(Finding finding, @Nullable KeyFix fix) {
		this.counts.merge(finding.kind(), 1L, Long::sum);
		List<Finding> kept = (finding.kind().severity() == Severity.VIOLATION) ? this.violations : this.harmless;
		if (kept.size() < this.keep) {
			kept.add(finding);
		}
		if (fix != null && this.fixes.size() < this.keepFixes) {
			this.fixes.add(fix);
		}
	}

	/**
	 * The fixes that were kept.
	 */
	List<KeyFix> fixes() {
		return this.fixes;
	}

	CheckReport report() {
		List<Finding> first = new ArrayList<>(this.violations);
		first.addAll(this.harmless.subList(0, Math.min(this.harmless.size(), this.keep - first.size())));
		return new CheckReport(this.runs, this.entries, this.keys, this.counts, first);
	}

	/**
	 * A key as text.
	 */
	static String hex(byte[] key) {
		return "key " + HexFormat.of().formatHex(key, 0, Math.min(key.length, 64));
	}

}
