package io.kraft.engine.kill;

/**
 * A body was entered, or an end was seen.
 *
 * @param life of the process that it happened in
 * @param lane the branch that it happened in; empty for the run's trunk
 * @param ordinal rises along a lane, and along the trunk also for what comes before and
 * after the branches
 * @param key the same however often it happens
 */
record Effect(String life, String run, String lane, int ordinal, int attempt, String key) {

	/** Of an end that a client was told of. */
	static final int END = 10_000;

	static Effect parse(String line) {
		String[] fields = line.split(" ", -1);
		return new Effect(fields[0], fields[1], fields[2], Integer.parseInt(fields[3]), Integer.parseInt(fields[4]),
				fields[5]);
	}

	/**
	 * A client was told of an end.
	 */
	static Effect end(String life, String run, String outcome) {
		return new Effect(life, run, "", END, 1, outcome.replace(' ', '_'));
	}

	boolean isEnd() {
		return this.ordinal == END;
	}

	String line() {
		return String.join(" ", this.life, this.run, this.lane, Integer.toString(this.ordinal),
				Integer.toString(this.attempt), this.key);
	}

	/**
	 * The step in its run.
	 */
	String step() {
		return this.run + " " + name(this.lane, this.ordinal);
	}

	/**
	 * The name of a step.
	 */
	static String name(String lane, int ordinal) {
		return "step-" + lane + ordinal;
	}

}
