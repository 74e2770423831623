package io.kraft.engine.execution.run;

import io.kraft.engine.journal.Position;

/**
 * A subscriber to a run's end: another run, at one of its operations.
 *
 * @param run number of the run
 */
public record Watcher(long run, String position) {

	/**
	 * An operation of a run.
	 */
	public static Watcher of(LoadedRun run, Position position) {
		return new Watcher(run.number(), run.place(position));
	}

	/**
	 * The watcher that a message names.
	 */
	public static Watcher parse(String name) {
		int slash = name.indexOf('/');
		return new Watcher(Long.parseLong(name.substring(0, slash)), name.substring(slash + 1));
	}

	/**
	 * How a message names it.
	 */
	public String name() {
		return this.run + "/" + this.position;
	}

}
