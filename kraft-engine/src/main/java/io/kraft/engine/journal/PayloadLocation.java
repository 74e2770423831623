package io.kraft.engine.journal;

/**
 * Where a payload is in the store. No two payloads that the store holds at a time have
 * the same one, and as long as it holds them it does not change.
 *
 * @param run number of the run, which no other run of the store ever has
 * @param part which payload of the run it is
 */
public record PayloadLocation(long run, String part) {

	/**
	 * In a journal.
	 * @param sequence of the entry
	 * @param index of the payload in its entry, from 0
	 */
	public static PayloadLocation ofEntry(long run, int sequence, int index) {
		return new PayloadLocation(run, "journal/" + sequence + '/' + index);
	}

	/**
	 * In an inbox.
	 * @param sequence of the message
	 */
	public static PayloadLocation ofMessage(long run, long sequence) {
		return new PayloadLocation(run, "message/" + sequence);
	}

	/**
	 * Under the key of a published value.
	 */
	public static PayloadLocation ofPublished(long run, String key) {
		return new PayloadLocation(run, "published/" + key);
	}

	/**
	 * The progress of a step.
	 * @param step its place and name
	 */
	public static PayloadLocation ofProgress(long run, String step) {
		return new PayloadLocation(run, "progress/" + step);
	}

	/**
	 * As text, such as {@code 17/journal/3/0}; that of no other location.
	 */
	@Override
	public String toString() {
		return this.run + "/" + this.part;
	}

}
