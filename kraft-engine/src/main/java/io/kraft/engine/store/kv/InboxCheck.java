package io.kraft.engine.store.kv;

import java.util.HashSet;
import java.util.Set;

import io.kraft.client.RunOperation;
import io.kraft.client.WorkflowStatus;
import io.kraft.engine.journal.UnreadableEntryException;
import io.kraft.engine.store.Message;
import io.kraft.engine.store.Requester;
import io.kraft.engine.store.RunRow;
import io.kraft.engine.store.check.Finding.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Checks the inbox of one run. Keeps the names of the children that have ended.
 */
final class InboxCheck {

	private final Findings findings;

	private final StoredRows rows;

	private final long run;

	private final @Nullable RunRow row;

	private final Set<String> childEnds = new HashSet<>();

	private final PayloadCheck payloads;

	private boolean unreadable;

	/**
	 * An empty inbox.
	 * @param row null if it cannot be read
	 */
	InboxCheck(Findings findings, StoredRows rows, PayloadCheck payloads, long run, @Nullable RunRow row) {
		this.payloads = payloads;
		this.findings = findings;
		this.rows = rows;
		this.run = run;
		this.row = row;
	}

	/**
	 * Adds the next message.
	 */
	void add(byte[] key, byte[] value) {
		long sequence = Keys.number(key, key.length - Long.BYTES);
		Message message;
		try {
			message = read(sequence, value);
		}
		catch (RuntimeException ex) {
			this.unreadable = true;
			this.findings.add(Kind.UNREADABLE_VALUE, this.run, "message " + sequence, "a message",
					String.valueOf(ex.getMessage()));
			return;
		}
		if (this.row != null && mayHaveNone(this.row.status())) {
			this.findings.add(Kind.MESSAGE_LEFT, this.row, "inbox", "none with status " + this.row.status(),
					message.kind() + " '" + message.name() + "'");
		}
		switch (message.kind()) {
			case CHILD_ENDED -> this.childEnds.add(message.name());
			case WATCH -> checkWatcher(message);
			case SIGNAL, CALLBACK, CANCEL, PAUSE, FAIL -> {
			}
		}
	}

	private Message read(long sequence, byte[] value) {
		MessageCodec.Head head = MessageCodec.decode(this.run, sequence, value);
		this.payloads.check(head);
		return head.message();
	}

	/** One that failed keeps what it has not taken, for a retry. */
	private static boolean mayHaveNone(WorkflowStatus status) {
		return status.isTerminal() && !RunOperation.RETRY.isAllowedIn(status);
	}

	/**
	 * Whether the end of the child at a place has come, or may have, because a message is
	 * damaged.
	 */
	boolean mayHaveEndOf(String place) {
		return this.unreadable || this.childEnds.contains(place);
	}

	private void checkWatcher(Message message) {
		if (Requester.isName(message.name())) {
			checkWatcherElsewhere(message);
			return;
		}
		int slash = message.name().indexOf('/');
		long watcher = number(message.name(), slash);
		if (watcher <= 0) {
			this.findings.add(Kind.MESSAGE, this.run, "WATCH message " + message.sequence(), "a run and a position",
					"'" + message.name() + "'");
			return;
		}
		StoredRows.Found found = this.rows.row(watcher);
		RunRow row = found.row();
		String fault = !found.exists() ? "no run of number " + watcher
				: (row != null && row.status().isTerminal()) ? "run '" + row.id() + "', which is " + row.status()
						: waits(watcher, message.name().substring(slash + 1)) ? null
								: "run number " + watcher + ", which waits for no child there";
		if (fault != null) {
			this.findings.add(Kind.WATCHER_LEFT, this.run, "WATCH message '" + message.name() + "'", "a run that waits",
					fault);
		}
	}

	/** Whether it waits is known in its own partition. */
	private void checkWatcherElsewhere(Message message) {
		try {
			Requester.parse(message.name());
		}
		catch (UnreadableEntryException ex) {
			this.findings.add(Kind.MESSAGE, this.run, "WATCH message " + message.sequence(),
					"a run of another partition and a position", "'" + message.name() + "'");
		}
	}

	private boolean waits(long watcher, String place) {
		OpenWaits waits = this.rows.waits(watcher);
		return waits == null || waits.awaitsChild(place);
	}

	private static long number(String name, int slash) {
		try {
			return (slash > 0) ? Long.parseLong(name, 0, slash, 10) : 0;
		}
		catch (NumberFormatException ex) {
			return 0;
		}
	}

}
