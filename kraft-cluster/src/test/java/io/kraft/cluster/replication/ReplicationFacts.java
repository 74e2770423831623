package io.kraft.cluster.replication;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.kraft.engine.store.kv.Keyspace;

/**
 * What has happened, and which promise it breaks.
 */
final class ReplicationFacts {

	private final List<String> violations = new ArrayList<>();

	private final Map<Integer, byte[]> acknowledged = new TreeMap<>();

	/** By the index of the entry. */
	private final Map<Long, EntryResult> results = new HashMap<>();

	private final Map<Long, Fence> fences = new TreeMap<>();

	private int openings;

	/** Entries that were refused. */
	private int stale;

	private int skipped;

	List<String> violations() {
		return this.violations;
	}

	Map<Integer, byte[]> acknowledged() {
		return this.acknowledged;
	}

	int stale() {
		return this.stale;
	}

	int skipped() {
		return this.skipped;
	}

	int openings() {
		return this.openings;
	}

	void violated(String promise) {
		this.violations.add(promise);
	}

	/**
	 * Numbers an opening, from 1 on.
	 */
	int opened() {
		return ++this.openings;
	}

	void entered(int step, int opening) {
		if (this.acknowledged.containsKey(step)) {
			violated("P2: step " + step + " was recorded, and is entered again by opening " + opening);
		}
	}

	void acknowledged(int step, byte[] outcome) {
		this.acknowledged.put(step, outcome);
	}

	void applied(LogPosition at, LogEntry entry, EntryResult result, long before) {
		if (result == EntryResult.SKIPPED) {
			this.skipped++;
			return;
		}
		if (at.index() <= before) {
			violated("an entry is applied twice: " + at + " by a replica that has " + before);
		}
		EntryResult first = this.results.putIfAbsent(at.index(), result);
		if (first != null) {
			if (first != result) {
				violated("P5: " + at + " is " + first + " at one replica and " + result + " at another");
			}
			return;
		}
		if (result == EntryResult.STALE) {
			this.stale++;
			return;
		}
		checkOrder(at, entry);
	}

	private void checkOrder(LogPosition at, LogEntry entry) {
		if (entry instanceof LogEntry.Batch batch) {
			for (KeyWrite write : batch.writes()) {
				if (write instanceof KeyWrite.Put put && put.space() == Keyspace.JOURNAL
						&& SimulatedOwner.opening(put.value()) < this.openings) {
					violated("P4: a commit of opening " + SimulatedOwner.opening(put.value()) + " is applied at " + at
							+ " after opening " + this.openings + " has begun");
				}
			}
		}
		this.fences.forEach((index, fence) -> {
			if (index < at.index() && fence.compareTo(entry.fence()) > 0) {
				violated("P4: " + entry.fence() + " is applied at " + at + " behind " + fence);
			}
		});
		if (this.fences.isEmpty() || !this.fences.containsValue(entry.fence())) {
			this.fences.put(at.index(), entry.fence());
		}
	}

}
