package io.kraft.engine.store.kv;

import io.kraft.client.WorkflowStatus;
import io.kraft.engine.journal.Position;
import io.kraft.engine.journal.UnreadableEntryException;
import io.kraft.engine.store.Message;
import io.kraft.engine.store.RunRow;
import io.kraft.engine.store.check.Finding.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Checks that a run which waits for children will be notified of their ends.
 */
final class ChildCheck {

	private final KeyReader store;

	private final StoredRows rows;

	private final Findings findings;

	/** Whether there are channels to other partitions; null until it is needed. */
	private @Nullable Boolean sends;

	ChildCheck(KeyReader store, StoredRows rows, Findings findings) {
		this.store = store;
		this.rows = rows;
		this.findings = findings;
	}

	/**
	 * Checks the children of a run that has not ended.
	 */
	void check(RunRow parent, OpenWaits waits, InboxCheck inbox) {
		waits.open().forEach((position, open) -> {
			if (open instanceof OpenWaits.Open.Child(String id) && !inbox.mayHaveEndOf(waits.place(position))) {
				check(parent, position, waits.place(position), id);
			}
		});
	}

	private void check(RunRow parent, Position position, String place, String id) {
		StoredRows.Found found = this.rows.row(id);
		RunRow child = found.row();
		if (child == null) {
			if (!found.exists() && !mayBeElsewhere()) {
				lost(parent, position, id, "no run of that id, and no message of its end");
			}
			return;
		}
		if (child.status().isTerminal()) {
			// One that is loaded again checks that itself.
			if (parent.status() == WorkflowStatus.SUSPENDED) {
				lost(parent, position, id, "status " + child.status() + ", and no message of its end");
			}
			return;
		}
		if (!isWatched(child.number(), parent.number() + "/" + place)) {
			lost(parent, position, id, "status " + child.status() + ", and no WATCH message in its inbox");
		}
	}

	/** A store that has never sent anything has all its children itself. */
	private boolean mayBeElsewhere() {
		if (this.sends == null) {
			try (KeyCursor channels = this.store.scan(Keyspace.META, ChannelKeys.first(ChannelKeys.SENT),
					ChannelKeys.first(ChannelKeys.SENT + 1))) {
				this.sends = channels.first();
			}
		}
		return this.sends;
	}

	private void lost(RunRow parent, Position position, String id, String found) {
		this.findings.add(Kind.CHILD_LOST, parent, "child '" + id + "' at " + position,
				"a run that will notify this one, or a message of its end", found);
	}

	private boolean isWatched(long child, String watcher) {
		try (KeyCursor inbox = this.store.scan(Keyspace.MESSAGES, MessageKeys.inbox(child),
				MessageKeys.inbox(child + 1))) {
			for (boolean found = inbox.first(); found; found = inbox.next()) {
				Message message = MessageCodec.decode(child, Keys.lastNumber(inbox.key()), inbox.value()).message();
				if (message.kind() == Message.Kind.WATCH && message.name().equals(watcher)) {
					return true;
				}
			}
			return false;
		}
		catch (UnreadableEntryException ex) {
			// A finding where the inbox itself is checked; this may have been the
			// message.
			return true;
		}
	}

}
