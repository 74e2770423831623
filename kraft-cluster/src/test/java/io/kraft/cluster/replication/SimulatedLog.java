package io.kraft.cluster.replication;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * A replicated log without network, disk and threads: one order of entries, of which
 * those that were committed stay and the others stay or vanish with the next leader. What
 * happens to a proposal, and when a node applies an entry, is decided by a random number
 * generator with a seed, or by the test.
 */
public final class SimulatedLog {

	/** What happens to a proposal of the present leader. */
	public enum Fate {

		/** It is committed, and applied here. */
		COMMITTED,

		/** It is appended, and undecided when its proposer is notified of a failure. */
		UNDECIDED,

		/** It is appended later, if this node leads in this term then. */
		LATE,

		/** It never happened. */
		LOST

	}

	private final List<Node> nodes = new ArrayList<>();

	/** From {@link #base} on. */
	private final List<Entry> entries = new ArrayList<>();

	private final Function<Random, Fate> fates;

	private final Random random;

	/** The index of the first entry that is kept. */
	private long base;

	/** How many entries are committed. */
	private long committed;

	private long term;

	private @Nullable Node leader;

	/**
	 * A log without a leader.
	 * @param fates of the proposals of the leader
	 */
	public SimulatedLog(int nodes, Random random, Function<Random, Fate> fates,
			Function<SimulatedReplica, GroupMachine> machines, Function<Integer, SimulatedReplica> media) {
		this.random = random;
		this.fates = fates;
		for (int i = 0; i < nodes; i++) {
			this.nodes.add(new Node(i, media.apply(i), machines));
		}
	}

	/** Of which all proposals succeed. */
	public static SimulatedLog reliable() {
		return new SimulatedLog(1, new Random(1), (random) -> Fate.COMMITTED,
				(medium) -> new PartitionReplica(medium, LeadershipListener.NONE), (i) -> new SimulatedReplica());
	}

	public List<Node> nodes() {
		return this.nodes;
	}

	public @Nullable Node leader() {
		return this.leader;
	}

	public long term() {
		return this.term;
	}

	/**
	 * Another node leads, or the same one again: some of what is undecided stays, the
	 * entries behind it vanish.
	 */
	public void elect(Node node) {
		int undecided = (int) (this.base + this.entries.size() - this.committed);
		int kept = (undecided > 0) ? this.random.nextInt(undecided + 1) : 0;
		while (this.base + this.entries.size() > this.committed + kept) {
			this.entries.removeLast();
		}
		this.term++;
		this.leader = node;
		this.nodes.forEach((any) -> any.late.clear());
		append(null);
		commitAll();
		node.applyAll();
	}

	/** Nobody leads. */
	public void depose() {
		this.leader = null;
	}

	/** Removes entries of which a node has a checkpoint. */
	public void purge(Node of) {
		long upTo = of.medium.newestCheckpoint().map((newest) -> newest.at().index() + 1).orElse(0L);
		while (this.base < Math.min(upTo, this.committed)) {
			this.entries.removeFirst();
			this.base++;
		}
	}

	/** What was proposed late arrives. */
	public void deliverLate() {
		Node present = this.leader;
		if (present != null && !present.late.isEmpty()) {
			append(present.late.removeFirst());
		}
	}

	private void append(byte @Nullable [] bytes) {
		this.entries.add(new Entry(this.term, bytes));
	}

	private void commitAll() {
		this.committed = this.base + this.entries.size();
	}

	@SuppressWarnings("ArrayRecordComponent") // Never compared.
	private record Entry(long term, byte @Nullable [] bytes) {
	}

	/**
	 * The log as a node sees it, and its replica.
	 */
	public final class Node implements ReplicatedLog {

		private final int number;

		private final SimulatedReplica medium;

		private final Function<SimulatedReplica, GroupMachine> machines;

		private final List<byte[]> late = new ArrayList<>();

		private GroupMachine machine;

		/** The index of the entry that comes next to the replica. */
		private long next;

		Node(int number, SimulatedReplica medium, Function<SimulatedReplica, GroupMachine> machines) {
			this.number = number;
			this.medium = medium;
			this.machines = machines;
			this.machine = machines.apply(medium);
		}

		public int number() {
			return this.number;
		}

		public SimulatedReplica medium() {
			return this.medium;
		}

		public GroupMachine machine() {
			return this.machine;
		}

		/** How many committed entries it has not applied. */
		public long lag() {
			return SimulatedLog.this.committed - this.next;
		}

		/**
		 * Applies up to a number of entries, or takes a checkpoint where they are gone.
		 */
		public void apply(long most) {
			for (long i = 0; i < most && this.next < SimulatedLog.this.committed; i++) {
				if (this.next < SimulatedLog.this.base) {
					install();
				}
				else {
					applyNext();
				}
			}
		}

		public void applyAll() {
			apply(Long.MAX_VALUE);
		}

		private @Nullable EntryResult applyNext() {
			Entry entry = SimulatedLog.this.entries.get((int) (this.next - SimulatedLog.this.base));
			LogPosition at = new LogPosition(entry.term(), this.next);
			this.next++;
			if (entry.bytes() == null) {
				this.machine.pass(at);
				return null;
			}
			return this.machine.apply(at, ByteBuffer.wrap(entry.bytes()).asReadOnlyBuffer());
		}

		/** From whoever has the newest checkpoint. */
		private void install() {
			Node from = SimulatedLog.this.nodes.stream()
				.filter((node) -> node.medium.newestCheckpoint().isPresent())
				.max((a, b) -> Long.compare(a.checkpointed(), b.checkpointed()))
				.orElseThrow();
			installFrom(from);
		}

		/** Replaces the replica by another one's checkpoint. */
		public void installFrom(Node from) {
			this.medium.receive(from.medium);
			this.machine.install();
			this.next = checkpointed() + 1;
		}

		/** The index of the last entry in its newest checkpoint, -1 without one. */
		public long checkpointed() {
			return this.medium.newestCheckpoint().map((newest) -> newest.at().index()).orElse(-1L);
		}

		/** Dies and starts: the log begins again behind the last checkpoint. */
		public void crash() {
			if (SimulatedLog.this.leader == this) {
				SimulatedLog.this.leader = null;
			}
			this.medium.crash();
			this.machine = this.machines.apply(this.medium);
			this.next = checkpointed() + 1;
		}

		@Override
		public CompletionStage<EntryResult> propose(byte[] entry) {
			if (SimulatedLog.this.leader != this) {
				return CompletableFuture.failedFuture(new ProposalFailedException("it does not lead", null));
			}
			switch (SimulatedLog.this.fates.apply(SimulatedLog.this.random)) {
				case COMMITTED -> {
					append(entry);
					commitAll();
					EntryResult result = null;
					while (this.next < SimulatedLog.this.committed) {
						result = applyNext();
					}
					return CompletableFuture.completedFuture(result);
				}
				case UNDECIDED -> append(entry);
				case LATE -> this.late.add(entry);
				case LOST -> {
					// It never happened.
				}
			}
			return CompletableFuture.failedFuture(new ProposalFailedException("no majority has answered", null));
		}

		@Override
		public Leadership leadership() {
			boolean leads = SimulatedLog.this.leader == this;
			return new Leadership(SimulatedLog.this.term, leads, leads, null);
		}

		@Override
		public CompletionStage<Boolean> confirm(long term) {
			return CompletableFuture
				.completedFuture(SimulatedLog.this.leader == this && SimulatedLog.this.term == term);
		}

		@Override
		public CompletionStage<Void> transferTo(Peer peer) {
			throw new UnsupportedOperationException("the test decides who leads");
		}

		@Override
		public CompletionStage<Void> changePeers(Set<Peer> from, Set<Peer> to) {
			throw new UnsupportedOperationException("its nodes are fixed");
		}

		@Override
		public CompletionStage<Void> snapshot() {
			this.machine.checkpoint();
			return CompletableFuture.completedFuture(null);
		}

	}

}
