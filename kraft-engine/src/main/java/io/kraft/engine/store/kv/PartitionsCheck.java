package io.kraft.engine.store.kv;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToIntFunction;

import io.kraft.client.WorkflowStatus;
import io.kraft.engine.journal.JournalCodec;
import io.kraft.engine.journal.Position;
import io.kraft.engine.journal.UnreadableEntryException;
import io.kraft.engine.store.ChannelMark;
import io.kraft.engine.store.Channels;
import io.kraft.engine.store.Message;
import io.kraft.engine.store.OutboxEntry;
import io.kraft.engine.store.OutboxRow;
import io.kraft.engine.store.Requester;
import io.kraft.engine.store.RunRow;
import io.kraft.engine.store.Store;
import io.kraft.engine.store.check.CheckReport;
import io.kraft.engine.store.check.Finding.Kind;

/**
 * Checks the stores of all partitions against each other, while nothing is written to
 * them: the marks at both ends of each channel, and the runs that wait for a child in
 * another partition. Each store by itself is checked by {@link Store#check}. Its memory
 * grows with the rows that are under way.
 */
public final class PartitionsCheck {

	private static final int PAGE = 256;

	private final List<? extends Store> stores;

	private final ToIntFunction<String> partitionOf;

	private final Findings findings;

	/** Operations for which a row is under way, by their names. */
	private final Set<String> underWay = new HashSet<>();

	private PartitionsCheck(List<? extends Store> stores, ToIntFunction<String> partitionOf, int keep) {
		this.stores = stores;
		this.partitionOf = partitionOf;
		this.findings = new Findings(keep, 0);
	}

	/**
	 * Checks the stores, and changes nothing. What cannot be read is left to the check of
	 * that store.
	 * @param stores in the order of the numbers of their partitions
	 * @param partitionOf number of the partition of a run, by its id
	 * @param keep most findings to keep; further ones are counted only
	 */
	public static CheckReport check(List<? extends Store> stores, ToIntFunction<String> partitionOf, int keep) {
		PartitionsCheck check = new PartitionsCheck(stores, partitionOf, keep);
		for (int source = 0; source < stores.size(); source++) {
			for (int target = 0; target < stores.size(); target++) {
				check.checkChannel(source, target);
			}
		}
		for (int partition = 0; partition < stores.size(); partition++) {
			check.checkParents(partition);
		}
		return check.findings.report();
	}

	private void checkChannel(int source, int target) {
		ChannelMark sent = this.stores.get(source).channels().sent(target);
		long taken = this.stores.get(target).channels().taken(source);
		if (taken < sent.removed() || taken > sent.last()) {
			this.findings.add(Kind.CHANNEL, 0, "the channel from partition " + source + " to partition " + target,
					"that a row from " + sent.removed() + " to " + sent.last() + " was taken last", "row " + taken);
		}
		long after = Math.max(taken, sent.removed());
		List<OutboxEntry> rows = rows(source, target, after);
		while (!rows.isEmpty()) {
			rows.forEach((entry) -> note(entry.row()));
			rows = rows(source, target, rows.getLast().sequence());
		}
	}

	private List<OutboxEntry> rows(int source, int target, long after) {
		try {
			return this.stores.get(source).channels().rows(target, after, Channels.BATCH_ROWS, Channels.BATCH_BYTES);
		}
		catch (UnreadableEntryException ex) {
			return List.of();
		}
	}

	private void note(OutboxRow row) {
		switch (row) {
			case OutboxRow.StartChild start -> this.underWay.add(start.parent().name());
			case OutboxRow.Watch watch -> this.underWay.add(watch.parent().name());
			case OutboxRow.ChildEnded ended -> this.underWay.add(ended.parent().name());
			case OutboxRow.Signal other -> {
			}
			case OutboxRow.Start other -> {
			}
			case OutboxRow.Cancel other -> {
			}
		}
	}

	private void checkParents(int partition) {
		long after = 0;
		List<RunRow> parents = suspended(partition, after);
		while (!parents.isEmpty()) {
			parents.forEach((parent) -> checkParent(partition, parent));
			after = parents.getLast().number();
			parents = suspended(partition, after);
		}
	}

	private List<RunRow> suspended(int partition, long after) {
		return this.stores.get(partition).oldest(WorkflowStatus.SUSPENDED, after, PAGE);
	}

	private void checkParent(int partition, RunRow parent) {
		this.findings.runs++;
		try {
			OpenWaits waits = new OpenWaits();
			this.stores.get(partition).journal(parent.number(), 0, (entry) -> waits.add(JournalCodec.decode(entry)));
			waits.open().forEach((position, open) -> {
				if (open instanceof OpenWaits.Open.Child(String id) && this.partitionOf.applyAsInt(id) != partition) {
					checkChild(partition, parent, position, waits.place(position), id);
				}
			});
		}
		catch (UnreadableEntryException ex) {
			// A finding of its own store.
		}
	}

	private void checkChild(int partition, RunRow parent, Position position, String place, String id) {
		String name = new Requester(parent.id(), parent.number(), place).name();
		if (this.underWay.contains(name) || hasEnd(partition, parent, place)) {
			return;
		}
		Store elsewhere = this.stores.get(this.partitionOf.applyAsInt(id));
		RunRow child = elsewhere.run(id).orElse(null);
		if (child == null) {
			lost(parent, position, id, "no run of that id, and nothing under way");
		}
		else if (child.status().isTerminal()) {
			lost(parent, position, id, "status " + child.status() + ", and no message of its end");
		}
		else if (elsewhere.messages(child.number(), 0)
			.stream()
			.noneMatch((message) -> message.kind() == Message.Kind.WATCH && message.name().equals(name))) {
			lost(parent, position, id, "status " + child.status() + ", and no WATCH message in its inbox");
		}
	}

	private boolean hasEnd(int partition, RunRow parent, String place) {
		return this.stores.get(partition)
			.messages(parent.number(), 0)
			.stream()
			.anyMatch((message) -> message.kind() == Message.Kind.CHILD_ENDED && message.name().equals(place));
	}

	private void lost(RunRow parent, Position position, String id, String found) {
		this.findings.add(Kind.CHILD_LOST, parent,
				"child '" + id + "' at " + position + ", in partition " + this.partitionOf.applyAsInt(id),
				"a run that will notify this one, or a message of its end", found);
	}

}
