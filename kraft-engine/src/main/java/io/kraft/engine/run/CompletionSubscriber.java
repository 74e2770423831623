package io.kraft.engine.run;

import io.kraft.engine.journal.Position;

/**
 * A subscriber to a run's end: another run, at one of its operations.
 *
 * @param run number of the run
 */
public record CompletionSubscriber(long run, String position) {

	/**
	 * An operation of a run.
	 */
	public static CompletionSubscriber of(LoadedRun run, Position position) {
		return new CompletionSubscriber(run.number(), run.place(position));
	}

	/**
	 * The subscriber that a message names.
	 */
	public static CompletionSubscriber parse(String name) {
		int slash = name.indexOf('/');
		return new CompletionSubscriber(Long.parseLong(name.substring(0, slash)), name.substring(slash + 1));
	}

	/**
	 * How a message names it.
	 */
	public String name() {
		return this.run + "/" + this.position;
	}

}
