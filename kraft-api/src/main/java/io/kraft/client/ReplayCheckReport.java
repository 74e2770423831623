package io.kraft.client;

import java.util.List;

/**
 * Whether runs that have not ended would continue with the code of this process.
 *
 * @param replayed how many runs were replayed
 * @param pausing how many of them would be paused
 * @param undecided of how many that is not known
 * @param complete whether the check has covered every run of its query; otherwise its
 * limit or its time was reached
 * @param findings which runs would be paused, or are undecided, and why; a hundred at
 * most
 * @param versions of the runs that were found, replayed or not
 * @param patches what {@code WorkflowContext.patched} has marked in the journals of the
 * runs that were replayed, as far as the code calls it
 * @param millis how long it took
 * @since 0.1.0
 */
public record ReplayCheckReport(int replayed, int pausing, int undecided, boolean complete, List<Finding> findings,
		List<VersionUse> versions, List<PatchUse> patches, long millis) {

	public ReplayCheckReport {
		findings = List.copyOf(findings);
		versions = List.copyOf(versions);
		patches = List.copyOf(patches);
	}

	/**
	 * The verdict about a run.
	 */
	public enum Verdict {

		/** The run would be paused as soon as it is woken, or later on this path. */
		PAUSES,

		/** Its code did not become quiescent in time, or its journal is too large. */
		UNDECIDED

	}

	/**
	 * A run that does not simply replay.
	 *
	 * @param reason as the run would have it: it begins with the code of the error
	 */
	public record Finding(String id, String workflow, int version, WorkflowStatus status, Verdict verdict,
			String reason) {
	}

	/**
	 * How many runs of a version there are.
	 *
	 * @param known whether this process has code for it
	 */
	public record VersionUse(String workflow, int version, long runs, boolean known) {
	}

	/**
	 * How many runs have taken part in a change of the code.
	 *
	 * @param patch as given to {@code WorkflowContext.patched}
	 */
	public record PatchUse(String workflow, String patch, long runs) {
	}

}
