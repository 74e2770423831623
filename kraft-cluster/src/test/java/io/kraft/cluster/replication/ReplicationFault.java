package io.kraft.cluster.replication;

import java.util.Set;

import io.kraft.cluster.replication.RecordedMachine.Attempt;
import io.kraft.engine.store.kv.Keyspace;

/**
 * What can be wrong with a replica. The simulation must notice each.
 */
enum ReplicationFault {

	/** All is as it should be. */
	NONE,

	/** Entries of former ownerships are written. */
	FENCE_IGNORED,

	/** An opening that is not greater than the register begins all the same. */
	EQUAL_FENCE_BEGINS,

	/** What the log repeats after a restart is applied again. */
	NOT_SKIPPED,

	/** A checkpoint holds the marks of a later entry than its keys. */
	PARTIAL_FLUSH;

	SimulatedReplica medium() {
		return (this == PARTIAL_FLUSH) ? new SimulatedReplica(Set.of(Keyspace.META)) : new SimulatedReplica();
	}

	/** The fence that a leader proposes. */
	Fence next(long term, Fence register, Fence tried) {
		if (this == EQUAL_FENCE_BEGINS) {
			return (register.term() == term) ? register : new Fence(term, 1);
		}
		return Fence.next(term, register, tried);
	}

	Attempt attempt(PartitionReplica replica, Attempt attempt) {
		LogEntry entry = EntryCodec.decode(attempt.bytes());
		Fence register = replica.fence();
		return switch (this) {
			case NONE, PARTIAL_FLUSH -> attempt;
			case FENCE_IGNORED -> (entry instanceof LogEntry.Batch batch && register.term() > 0)
					? new Attempt(attempt.at(), EntryCodec.encode(new LogEntry.Batch(register, batch.writes())))
					: attempt;
			case EQUAL_FENCE_BEGINS -> (entry instanceof LogEntry.Opening && entry.fence().equals(register))
					? new Attempt(attempt.at(), attempt.bytes(),
							(batch) -> ReplicaMarks.putFence(batch, new Fence(register.term() - 1, 1)))
					: attempt;
			case NOT_SKIPPED -> (attempt.at().index() <= replica.applied().index())
					? new Attempt(attempt.at(), attempt.bytes(), (batch) -> ReplicaMarks.putApplied(batch,
							new LogPosition(attempt.at().term(), attempt.at().index() - 1)))
					: attempt;
		};
	}

}
