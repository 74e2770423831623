package io.kraft.engine.journal;

/**
 * Where a payload is in the stores of an application. No two payloads that they hold at a
 * time have the same one, and as long as they hold them it does not change.
 *
 * @param partition number of the partition whose store it is
 * @param run number of the run, which no other run of the store ever has; 0 if it is that
 * of none
 * @param part which payload of the run it is
 */
public record PayloadLocation(int partition, long run, String part) {

	/**
	 * In the store of the only partition, or of the first.
	 */
	public PayloadLocation(long run, String part) {
		this(0, run, part);
	}

	/**
	 * The same location in the store of a partition.
	 */
	public PayloadLocation in(int partition) {
		return (partition == this.partition) ? this : new PayloadLocation(partition, this.run, this.part);
	}

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
	 * In the outbox for another partition, and on the way there. It names the request and
	 * the run that it is for, not the place in the channel: that is given by the commit,
	 * and then the payload is encrypted already.
	 * @param target number of that partition
	 */
	public static PayloadLocation ofOutbox(int target, String requestId, String to) {
		return new PayloadLocation(0, "outbox/" + target + '/' + requestId.length() + ':' + requestId + to);
	}

	/**
	 * As text, such as {@code 17/journal/3/0}, or {@code 2:17/journal/3/0} in another
	 * partition than the first; that of no other location.
	 */
	@Override
	public String toString() {
		return ((this.partition != 0) ? this.partition + ":" : "") + this.run + "/" + this.part;
	}

}
