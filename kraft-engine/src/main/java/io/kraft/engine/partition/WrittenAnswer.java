package io.kraft.engine.partition;

import java.util.List;

import io.kraft.engine.store.Change;

/**
 * The answer to a caller's request, as part of the commit of its effect: a caller that
 * has lost the answer, and repeats the request, gets it without a second effect.
 */
@FunctionalInterface
public interface WrittenAnswer {

	/** To a caller in the own process, who loses no answer. */
	WrittenAnswer NONE = (started) -> List.of();

	/**
	 * What is written with the effect. Called once, immediately before that is submitted.
	 * @param started number of the run that the effect starts; 0 if it starts none
	 * @throws io.kraft.client.OverloadedException if the caller has given up: the effect
	 * is not to be submitted
	 */
	List<Change> changes(long started);

	/**
	 * What is written with an effect that starts no run.
	 */
	default List<Change> changes() {
		return changes(0);
	}

}
