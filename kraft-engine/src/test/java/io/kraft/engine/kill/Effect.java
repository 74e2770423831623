package io.kraft.engine.kill;

/**
 * A body was entered.
 *
 * @param life of the process that it happened in
 * @param ordinal of the step in its workflow, from 1
 */
record Effect(String life, String run, int ordinal, int attempt, String key) {

	static Effect parse(String line) {
		String[] fields = line.split(" ", -1);
		return new Effect(fields[0], fields[1], Integer.parseInt(fields[2]), Integer.parseInt(fields[3]), fields[4]);
	}

	String line() {
		return String.join(" ", this.life, this.run, Integer.toString(this.ordinal), Integer.toString(this.attempt),
				this.key);
	}

	String step() {
		return this.run + " " + this.ordinal;
	}

}
