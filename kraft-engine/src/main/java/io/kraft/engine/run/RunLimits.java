package io.kraft.engine.run;

import java.util.Map;

import io.kraft.client.LimitExceededException;

/**
 * How large one run may become, beside the number of its journal's entries.
 *
 * @param journal most bytes of its journal, at which it is paused; at least 1
 * @param tags most tags, at least 1
 * @param tagBytes most bytes of its tags, keys and values together, at least 1
 * @param messageIds most ids of signals that are remembered for it, at least 1
 * @param published most bytes of the values that it has published, at least 1
 * @param state most bytes of the state that its code has set, at least 1
 */
public record RunLimits(long journal, int tags, long tagBytes, int messageIds, long published, long state) {

	/** By default. */
	public static final RunLimits DEFAULTS = new RunLimits(256L * 1024 * 1024, 64, 16 * 1024, 100_000,
			16L * 1024 * 1024, 16L * 1024 * 1024);

	/** Of runs that only replay, and add nothing. */
	static final RunLimits NONE = new RunLimits(Long.MAX_VALUE, Integer.MAX_VALUE, Long.MAX_VALUE, Integer.MAX_VALUE,
			Long.MAX_VALUE, Long.MAX_VALUE);

	/** What a key takes besides its characters and its value, about. */
	static final int KEY_OVERHEAD = 64;

	/** With another limit of the journal. */
	public RunLimits withJournal(long bytes) {
		return new RunLimits(bytes, this.tags, this.tagBytes, this.messageIds, this.published, this.state);
	}

	/** With other limits of tags. */
	public RunLimits withTags(int max, long bytes) {
		return new RunLimits(this.journal, max, bytes, this.messageIds, this.published, this.state);
	}

	/** With another limit of remembered ids. */
	public RunLimits withMessageIds(int max) {
		return new RunLimits(this.journal, this.tags, this.tagBytes, max, this.published, this.state);
	}

	/** With another limit of published values. */
	public RunLimits withPublished(long bytes) {
		return new RunLimits(this.journal, this.tags, this.tagBytes, this.messageIds, bytes, this.state);
	}

	/** With another limit of the state. */
	public RunLimits withState(long bytes) {
		return new RunLimits(this.journal, this.tags, this.tagBytes, this.messageIds, this.published, bytes);
	}

	/**
	 * Checks the tags of a run that is to be started.
	 * @throws LimitExceededException if they are too many or too large
	 */
	public void checkTags(Map<String, String> tags) {
		if (tags.size() > this.tags) {
			throw new LimitExceededException("a run has at most " + this.tags + " tags, but this one would have "
					+ tags.size() + ". Pass what is not searched for as an argument, or raise kraft.engine.max-tags. "
					+ "See docs/reference/errors.md#kraft-3015", null, null, (long) this.tags);
		}
		long bytes = tags.entrySet().stream().mapToLong((tag) -> length(tag.getKey()) + length(tag.getValue())).sum();
		if (bytes > this.tagBytes) {
			throw new LimitExceededException("the tags of a run take at most " + this.tagBytes
					+ " bytes all together, but those of this one would take " + bytes
					+ ". Pass what is not searched for as an argument, or raise kraft.engine.max-tags-size. "
					+ "See docs/reference/errors.md#kraft-3015", null, null, this.tagBytes);
		}
	}

	/**
	 * About how many bytes the tags of a run take in memory.
	 */
	static long heldBytes(Map<String, String> tags) {
		long bytes = 0;
		for (Map.Entry<String, String> tag : tags.entrySet()) {
			bytes += 3L * KEY_OVERHEAD + tag.getKey().length() + tag.getValue().length();
		}
		return bytes;
	}

	/**
	 * Bytes of a text in UTF-8, at most.
	 */
	static long length(String text) {
		long length = 0;
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			length += (c < 0x80) ? 1 : (c < 0x800 || Character.isSurrogate(c)) ? 2 : 3;
		}
		return length;
	}

}
