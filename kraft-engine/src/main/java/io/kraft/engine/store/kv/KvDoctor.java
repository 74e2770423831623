package io.kraft.engine.store.kv;

import java.util.List;

import io.kraft.engine.store.StorageException;
import io.kraft.engine.store.check.CheckReport;
import io.kraft.engine.store.check.Finding.Kind;
import io.kraft.engine.store.check.RepairReport;

/**
 * Checks a store over ordered keys, and rebuilds what is derived in it.
 * <p>
 * A check reads a snapshot, each key once in order and some rows besides; its memory does
 * not grow with the store, but with the longest inbox and the number of workflows. It
 * changes nothing, and throws nothing for damage: what cannot be read is a finding.
 */
public final class KvDoctor {

	private static final int FIXES_PER_BATCH = 100_000;

	private KvDoctor() {
	}

	/**
	 * Checks everything.
	 * @param keep most findings to keep; further ones are counted only
	 * @throws StorageException with {@link StorageException#UNKNOWN_FORMAT} if the keys
	 * were written in a format that this version does not know
	 */
	public static CheckReport check(OrderedKeys keys, int keep) {
		return examine(keys, keep, 0).report();
	}

	/**
	 * Rebuilds indexes, counts and timers from rows and journals, and checks again. No
	 * store may be open over the keys. Crash at any point: what is rebuilt already is
	 * right, and another repair completes it. Nothing is changed where a part of the
	 * store cannot be read.
	 * @param keep most findings to keep; further ones are counted only
	 * @throws StorageException if the format is unknown, or a write fails
	 */
	public static RepairReport repair(OrderedKeys keys, int keep) {
		Findings findings = examine(keys, keep, FIXES_PER_BATCH);
		CheckReport before = findings.report();
		CheckReport after = before;
		long written = 0;
		long removed = 0;
		boolean progress = !before.counts().containsKey(Kind.UNREADABLE_SPACE);
		while (progress && !findings.fixes().isEmpty()) {
			List<KeyFix> fixes = findings.fixes();
			write(keys, fixes);
			long puts = fixes.stream().filter((fix) -> fix.value() != null).count();
			written += puts;
			removed += fixes.size() - puts;
			findings = examine(keys, keep, FIXES_PER_BATCH);
			progress = findings.report().repairable() < after.repairable();
			after = findings.report();
		}
		return new RepairReport(before, written, removed, after);
	}

	private static void write(OrderedKeys keys, List<KeyFix> fixes) {
		try (KeyBatch batch = keys.batch()) {
			fixes.forEach((fix) -> fix.write(batch));
			batch.write(true);
		}
	}

	private static Findings examine(OrderedKeys keys, int keep, int keepFixes) {
		Findings findings = new Findings(keep, keepFixes);
		try (OrderedKeys.KeySnapshot snapshot = keys.snapshot()) {
			StoreMark.refuseUnknownFormat(snapshot);
			examine(snapshot, findings);
		}
		return findings;
	}

	private static void examine(KeyReader store, Findings findings) {
		StoredRows rows = new StoredRows(store);
		RunsCheck runs = new RunsCheck(store, rows, findings);
		MetaCheck meta = new MetaCheck(store, findings);
		boolean walked = walk("RUNS, JOURNAL, MESSAGES", findings, runs::run);
		walk("TIMERS", findings, () -> new TimerCheck(store, rows, findings).run(walked ? runs.timers() : -1));
		walk("INDEX", findings, () -> new IndexCheck(store, rows, findings).run(walked ? runs.indexKeys() : -1));
		boolean counted = walk("META", findings, () -> meta.run(walked ? runs.highest() : Long.MAX_VALUE));
		if (walked && counted && runs.unreadableRows() == 0) {
			meta.compareCounts(runs.counts());
		}
	}

	/** What the medium cannot read ends this walk, but not the others. */
	private static boolean walk(String spaces, Findings findings, Runnable walk) {
		try {
			walk.run();
			return true;
		}
		catch (RuntimeException ex) {
			findings.add(Kind.UNREADABLE_SPACE, 0, spaces, "to be read to its end", String.valueOf(ex));
			return false;
		}
	}

}
