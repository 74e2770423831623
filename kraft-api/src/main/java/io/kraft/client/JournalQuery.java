package io.kraft.client;

/**
 * Which entries of a run's journal to read, in their order. Immutable: each method
 * returns a changed copy.
 *
 * @param from the sequence of the first entry, at least 0
 * @param limit most entries of a page, 1 to {@value #MAX_LIMIT}
 * @param maxSize how many characters of payloads and failures a page has at most, unless
 * its first entry alone has more; at least 1
 * @since 0.1.0
 */
public record JournalQuery(int from, int limit, long maxSize) {

	/** Most entries of a page. */
	public static final int MAX_LIMIT = 10_000;

	private static final JournalQuery ALL = new JournalQuery(0, 100, Long.MAX_VALUE);

	public JournalQuery {
		if (from < 0) {
			throw new IllegalArgumentException("entries of a journal begin with 0, but from was " + from);
		}
		if (limit < 1 || limit > MAX_LIMIT) {
			throw new IllegalArgumentException("limit is 1 to " + MAX_LIMIT + ", but was " + limit);
		}
		if (maxSize < 1) {
			throw new IllegalArgumentException("maxSize is at least 1, but was " + maxSize);
		}
	}

	/**
	 * From the first entry, a hundred a page.
	 */
	public static JournalQuery all() {
		return ALL;
	}

	/**
	 * From the entry with that sequence.
	 */
	public JournalQuery from(int sequence) {
		return new JournalQuery(sequence, this.limit, this.maxSize);
	}

	/**
	 * With at most so many entries a page.
	 */
	public JournalQuery limit(int limit) {
		return new JournalQuery(this.from, limit, this.maxSize);
	}

	/**
	 * With pages that payloads cannot make large.
	 */
	public JournalQuery maxSize(long characters) {
		return new JournalQuery(this.from, this.limit, characters);
	}

	/**
	 * From where a page before ended.
	 * @param cursor {@link Page#nextCursor()} of that page
	 * @throws IllegalArgumentException if it is not a cursor
	 */
	public JournalQuery cursor(String cursor) {
		RequiredArgument.check("JournalQuery.cursor", "cursor", cursor);
		try {
			return from(Integer.parseInt(cursor));
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException(
					"'" + cursor + "' is not a cursor: pass the nextCursor of the page before", ex);
		}
	}

}
