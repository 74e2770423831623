package io.kraft.engine.kill;

/**
 * A body was entered, or an end was seen.
 *
 * @param life of the process that it happened in
 * @param lane the branch that it happened in; empty for the run's trunk
 * @param ordinal rises along a lane, and along the trunk also for what comes before and
 * after the branches
 * @param round how often its run was mended before; attempts are counted anew in each
 * @param key the same however often it happens
 */
record Effect(String life, String run, String lane, int ordinal, int round, int attempt, String key) {

	/** Of an end that a client was told of. */
	static final int END = 10_000;

	private static final int UUID_LENGTH = 36;

	static Effect parse(String line) {
		String[] fields = line.split(" ", -1);
		return new Effect(fields[0], fields[1], fields[2], Integer.parseInt(fields[3]), Integer.parseInt(fields[4]),
				Integer.parseInt(fields[5]), fields[6]);
	}

	/**
	 * A client was told of an end.
	 */
	static Effect end(String life, String run, String outcome) {
		return new Effect(life, run, "", END, 0, 1, outcome.replace(' ', '_'));
	}

	boolean isEnd() {
		return this.ordinal == END;
	}

	/**
	 * Whether it is the entry of a step's body.
	 */
	boolean hasIdempotencyKey() {
		return !isEnd() && this.key.length() >= UUID_LENGTH;
	}

	/** What a run has learned may follow. */
	String idempotencyKey() {
		return this.key.substring(0, UUID_LENGTH);
	}

	String line() {
		return String.join(" ", this.life, this.run, this.lane, Integer.toString(this.ordinal),
				Integer.toString(this.round), Integer.toString(this.attempt), this.key);
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
