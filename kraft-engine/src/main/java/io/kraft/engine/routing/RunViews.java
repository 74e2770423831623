package io.kraft.engine.routing;

import java.util.List;

/**
 * A part of the runs of a partition, the newest first.
 *
 * @param runs those that match
 * @param nextBefore where the next part begins; 0 if there is none
 */
public record RunViews(List<RunView> runs, long nextBefore) {

	/** Of a partition that has no more. */
	public static final RunViews NONE = new RunViews(List.of(), 0);

}
