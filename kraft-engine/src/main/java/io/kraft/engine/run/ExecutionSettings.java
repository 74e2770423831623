package io.kraft.engine.run;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Bounds and choices of an execution.
 *
 * @param maxConcurrent runs that execute at a time, at least 1
 * @param maxParked waiting runs kept in memory, at least 0
 * @param maxJournalEntries entries of a journal at which its run is paused
 * @param recordArguments whether the arguments of steps are journaled
 * @param argumentMismatch what happens when they differ on replay
 * @param offThreadCalls what happens to calls on threads that the code of a run starts
 * @param retention how long finished runs are kept, by default
 * @param memory how much memory is taken for what is on disk
 * @param limits how large one run may become
 * @param replayListener if runs only replay, is notified how far; null if they continue
 */
public record ExecutionSettings(int maxConcurrent, int maxParked, int maxJournalEntries, boolean recordArguments,
		ArgumentMismatch argumentMismatch, OffThreadCalls offThreadCalls, Duration retention, MemoryBounds memory,
		RunLimits limits, @Nullable ReplayListener replayListener) {

	/**
	 * Of an execution whose runs continue.
	 */
	public ExecutionSettings(int maxConcurrent, int maxParked, int maxJournalEntries, boolean recordArguments,
			ArgumentMismatch argumentMismatch, Duration retention) {
		this(maxConcurrent, maxParked, maxJournalEntries, recordArguments, argumentMismatch, OffThreadCalls.REFUSE,
				retention, MemoryBounds.defaults(), RunLimits.DEFAULTS, null);
	}

	/**
	 * Whether runs only replay: what becomes of them here becomes of copies, and is not
	 * worth a line in the log.
	 */
	public boolean onlyReplays() {
		return this.replayListener != null;
	}

	/**
	 * Of an execution whose runs only replay: each stays where its journal ends, and
	 * keeps its slot.
	 */
	public ExecutionSettings replayOnly(ReplayListener listener) {
		return new ExecutionSettings(1_000_000, Integer.MAX_VALUE, Integer.MAX_VALUE, this.recordArguments,
				this.argumentMismatch, this.offThreadCalls, this.retention, this.memory.ofReplay(), RunLimits.NONE,
				listener);
	}

}
