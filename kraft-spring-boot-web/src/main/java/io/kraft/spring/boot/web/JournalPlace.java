package io.kraft.spring.boot.web;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.kraft.client.JournalEntryView;

/**
 * A place in a run's journal, as the id of a server-sent event.
 *
 * @param journal when the journal was begun, in microseconds; a run that is continued as
 * new, or replaced, begins another one, whose entries are numbered from 0
 * @param next sequence of the entry to be published next
 */
record JournalPlace(long journal, int next) {

	/** Before everything. */
	static final JournalPlace BEGIN = new JournalPlace(0, 0);

	private static final Pattern ID = Pattern.compile("(\\d{1,18})-(\\d{1,9})");

	/**
	 * Parses {@code Last-Event-ID}.
	 * @throws RequestRefusedException if that is not the id of an event
	 */
	static JournalPlace after(String lastEventId) {
		Matcher id = ID.matcher(lastEventId);
		if (!id.matches()) {
			throw RequestRefusedException
				.malformed("the header Last-Event-ID is not the id of an event of this stream");
		}
		return new JournalPlace(Long.parseLong(id.group(1)), Integer.parseInt(id.group(2)) + 1);
	}

	/**
	 * Id of the event that publishes the entry.
	 */
	String id(JournalEntryView entry) {
		return this.journal + "-" + entry.sequence();
	}

	JournalPlace after(JournalEntryView entry) {
		return new JournalPlace(this.journal, entry.sequence() + 1);
	}

	/**
	 * The same place if the journal is still the same, else the beginning of the one that
	 * there is now.
	 */
	JournalPlace in(JournalEntryView first) {
		long begun = ChronoUnit.MICROS.between(Instant.EPOCH, first.at());
		return (begun == this.journal) ? this : new JournalPlace(begun, 0);
	}

}
