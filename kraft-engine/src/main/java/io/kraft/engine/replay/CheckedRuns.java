package io.kraft.engine.replay;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.kraft.client.ReplayCheckQuery;
import io.kraft.client.ReplayCheckReport;
import io.kraft.client.ReplayCheckReport.Finding;
import io.kraft.client.ReplayCheckReport.PatchUse;
import io.kraft.client.ReplayCheckReport.Verdict;
import io.kraft.client.ReplayCheckReport.VersionUse;
import io.kraft.client.WorkflowQuery;
import io.kraft.engine.definition.Definitions;
import io.kraft.engine.store.RunFilter;
import io.kraft.engine.store.RunRow;
import io.kraft.engine.store.RunSlice;
import io.kraft.engine.store.Store;

/**
 * One check: goes through the runs, the newest first, and replays them in batches.
 */
final class CheckedRuns {

	/** Rows of a page. */
	private static final int PAGE = 500;

	/** Rows that are looked at, whatever becomes of them. */
	private static final int MAX_ROWS = 1_000_000;

	private static final int BATCH = 64;

	private static final long BATCH_BYTES = 16L * 1024 * 1024;

	private static final int FINDINGS = 100;

	/** A batch that has not come to rest by then has code that hangs. */
	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private final List<Store> stores;

	private final Definitions definitions;

	private final ReplayingEngine.Factory engines;

	private final ReplayCheckQuery query;

	private final long begin = System.nanoTime();

	private final Map<Version, Long> versions = new TreeMap<>();

	private final Map<Patch, Long> patches = new TreeMap<>();

	private final List<Finding> findings = new ArrayList<>();

	private final List<JournalCopy> batch = new ArrayList<>();

	private long batchBytes;

	private long rows;

	private int replayed;

	private int pausing;

	private int undecided;

	private boolean complete = true;

	CheckedRuns(List<Store> stores, Definitions definitions, ReplayingEngine.Factory engines, ReplayCheckQuery query) {
		this.stores = stores;
		this.definitions = definitions;
		this.engines = engines;
		this.query = query;
	}

	ReplayCheckReport check() {
		WorkflowQuery runs = this.query.runs();
		RunFilter filter = new RunFilter(runs.name(), runs.statuses(), runs.tags(), runs.startedAfter(),
				runs.startedBefore());
		for (Store store : this.stores) {
			check(store, filter);
			// The numbers of runs are those of one store.
			replayBatch();
		}
		return report();
	}

	private void check(Store store, RunFilter filter) {
		long before = Long.MAX_VALUE;
		do {
			RunSlice slice = store.runs(filter, before, PAGE);
			slice.rows().forEach((row) -> take(store, row));
			this.rows += slice.rows().size();
			before = slice.nextBefore();
		}
		while (before > 0 && this.rows < MAX_ROWS && !isLate());
		this.complete &= before <= 0;
	}

	private boolean isLate() {
		return !left().isPositive();
	}

	private Duration left() {
		return this.query.timeout().minusNanos(System.nanoTime() - this.begin);
	}

	private void take(Store store, RunRow row) {
		long known = this.versions.merge(new Version(row.name(), row.version(), row.step() == null), 1L, Long::sum);
		if (known > this.query.perVersion()) {
			return;
		}
		if (this.replayed + this.batch.size() >= this.query.limit() || isLate()) {
			this.complete = false;
			return;
		}
		JournalCopy copy = JournalCopy.read(store, row);
		if (copy.isTooLarge()) {
			this.replayed++;
			add(ReplayBatch.finding(row, Verdict.UNDECIDED, "its journal has " + copy.bytes() + " bytes, and up to "
					+ JournalCopy.MAX_BYTES + " are checked. Export it, and replay it in a test"));
			return;
		}
		copy.patches().forEach((patch) -> this.patches.merge(new Patch(row.name(), patch), 1L, Long::sum));
		this.batch.add(copy);
		this.batchBytes += copy.bytes();
		if (this.batch.size() >= BATCH || this.batchBytes >= BATCH_BYTES) {
			replayBatch();
		}
	}

	private void replayBatch() {
		if (this.batch.isEmpty()) {
			return;
		}
		Duration left = left();
		if (left.isPositive()) {
			Duration patience = (left.compareTo(PATIENCE) < 0) ? left : PATIENCE;
			new ReplayBatch(List.copyOf(this.batch)).replay(this.engines, patience).forEach(this::add);
			this.replayed += this.batch.size();
		}
		else {
			this.complete = false;
		}
		this.batch.clear();
		this.batchBytes = 0;
	}

	private void add(Finding finding) {
		switch (finding.verdict()) {
			case PAUSES -> this.pausing++;
			case UNDECIDED -> this.undecided++;
		}
		if (this.findings.size() < FINDINGS) {
			this.findings.add(finding);
		}
	}

	private ReplayCheckReport report() {
		List<VersionUse> versions = this.versions.entrySet()
			.stream()
			.map((use) -> new VersionUse(use.getKey().workflow(), use.getKey().version(), use.getValue(),
					isKnown(use.getKey())))
			.toList();
		List<PatchUse> patches = this.patches.entrySet()
			.stream()
			.map((use) -> new PatchUse(use.getKey().workflow(), use.getKey().patch(), use.getValue()))
			.toList();
		return new ReplayCheckReport(this.replayed, this.pausing, this.undecided, this.complete, this.findings,
				versions, patches, Duration.ofNanos(System.nanoTime() - this.begin).toMillis());
	}

	/** An item is a run of its queue, of which every version is known. */
	private boolean isKnown(Version version) {
		return !version.isOfWorkflow()
				|| this.definitions.find(version.workflow(), version.version(), null).isPresent();
	}

	private record Version(String workflow, int version, boolean isOfWorkflow) implements Comparable<Version> {

		@Override
		public int compareTo(Version other) {
			int byName = this.workflow.compareTo(other.workflow);
			return (byName != 0) ? byName : Integer.compare(this.version, other.version);
		}

	}

	private record Patch(String workflow, String patch) implements Comparable<Patch> {

		@Override
		public int compareTo(Patch other) {
			int byName = this.workflow.compareTo(other.workflow);
			return (byName != 0) ? byName : this.patch.compareTo(other.patch);
		}

	}

}
