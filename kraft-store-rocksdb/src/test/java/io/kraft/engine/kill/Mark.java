package io.kraft.engine.kill;

/**
 * Something that the check is to know besides entries of steps.
 *
 * @param life of the process that wrote it down
 * @param at milliseconds since 1970
 * @param subject the id of a run, or the name of what was paused
 */
record Mark(String life, long at, Kind kind, String subject) {

	static Mark parse(String line) {
		String[] fields = line.split(" ", 4);
		return new Mark(fields[0], Long.parseLong(fields[1]), Kind.valueOf(fields[2]), fields[3]);
	}

	String line() {
		return String.join(" ", this.life, Long.toString(this.at), this.kind.name(), this.subject);
	}

	/**
	 * What a mark says of its subject.
	 */
	enum Kind {

		/** The engine is about to start. */
		STARTING,

		/** The engine has started. */
		STARTED,

		/** Its start is about to be asked for. */
		ASKED,

		/** Its start was acknowledged. */
		ACKNOWLEDGED,

		/** Its code, or the body of a step that counts, was entered. */
		ENTERED,

		/** What was entered is over. */
		LEFT,

		/** It was seen to be paused. */
		PAUSED,

		/** It is about to be resumed. */
		RESUMING,

		/** What lets it fail is gone, and it is about to be retried. */
		MENDING,

		/** It is about to be restarted. */
		RESTARTING,

		/** It is about to be deleted. */
		DELETING,

		/** An attempt of it was counted, at this time, and that is durable. */
		COUNTED

	}

}
