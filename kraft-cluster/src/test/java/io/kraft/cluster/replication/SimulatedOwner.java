package io.kraft.cluster.replication;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.kraft.engine.store.Change;
import io.kraft.engine.store.StaleEpochException;
import io.kraft.engine.store.StorageException;
import io.kraft.engine.store.Store;
import io.kraft.engine.store.kv.KvStore;
import org.jspecify.annotations.Nullable;

/**
 * What a node does with a partition: opens it where it leads, executes the steps of one
 * run as an engine would, and ends its ownership when a commit fails. It notices late
 * that it does not lead any more.
 */
final class SimulatedOwner {

	private static final int MAX_ENTRY_BYTES = 1 << 20;

	private static final long RUN = 1;

	private final SimulatedLog log;

	private final SimulatedLog.Node node;

	private final ReplicationFault fault;

	private final ReplicationFacts facts;

	/** In which it was elected; 0 if it was not, or has noticed that this is over. */
	private long term;

	private Fence tried = Fence.NONE;

	private @Nullable Store store;

	private int opening;

	private int nextStep;

	SimulatedOwner(SimulatedLog log, SimulatedLog.Node node, ReplicationFault fault, ReplicationFacts facts) {
		this.log = log;
		this.node = node;
		this.fault = fault;
		this.facts = facts;
	}

	void elected(long term) {
		end();
		this.term = term;
	}

	/** Notices that it has lost what it had, or dies. */
	void end() {
		this.store = null;
		this.term = 0;
		this.tried = Fence.NONE;
	}

	/** Does the next thing that it would do. */
	void step() {
		if (this.term == 0) {
			return;
		}
		Store present = this.store;
		if (present == null) {
			open();
			return;
		}
		try {
			execute(present);
		}
		catch (StaleEpochException ex) {
			this.store = null;
			if (!isCertain()) {
				end();
			}
		}
	}

	private boolean isCertain() {
		return this.node.confirm(this.term).toCompletableFuture().join();
	}

	private void open() {
		Fence register = ReplicaMarks.fence(this.node.medium());
		Fence fence = this.fault.next(this.term, register, this.tried);
		this.tried = fence;
		CompletableFuture<EntryResult> result = this.node.propose(EntryCodec.encode(new LogEntry.Opening(fence)))
			.toCompletableFuture();
		if (result.isCompletedExceptionally() || result.join() != EntryResult.APPLIED) {
			if (!isCertain()) {
				end();
			}
			return;
		}
		this.opening = this.facts.opened();
		try {
			Store opened = KvStore.open(new ReplicatedKeys(0, this.node, this.node.medium(), fence, MAX_ENTRY_BYTES),
					true);
			opened.claim(opened.epoch() + 1);
			this.nextStep = opened.journalLength(RUN);
			this.store = opened;
		}
		catch (StorageException ex) {
			if (!(ex instanceof StaleEpochException)) {
				throw ex;
			}
		}
	}

	private void execute(Store present) {
		// The last thing before the body of a step.
		if (!isCertain()) {
			end();
			return;
		}
		int step = this.nextStep++;
		this.facts.entered(step, this.opening);
		byte[] outcome = ByteBuffer.allocate(8).putInt(step).putInt(this.opening).array();
		present.commit(present.epoch(), List.of(new Change.EntryAppended(RUN, step, outcome)));
		this.facts.acknowledged(step, outcome);
	}

	/** Of whichever opening wrote it. */
	static int opening(byte[] outcome) {
		return ByteBuffer.wrap(outcome).getInt(4);
	}

	@Override
	public String toString() {
		return "node " + this.node.number() + " of term " + this.log.term();
	}

}
