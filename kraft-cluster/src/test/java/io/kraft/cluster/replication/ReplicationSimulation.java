package io.kraft.cluster.replication;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;

import io.kraft.cluster.replication.SimulatedLog.Fate;
import io.kraft.cluster.replication.SimulatedLog.Node;
import io.kraft.engine.store.Store;
import io.kraft.engine.store.kv.KvStore;

/**
 * Three nodes with a replica each, leaders that change at any entry, proposals of which
 * nobody knows what became of them, replicas that lag, crash and are replaced: all from
 * one seed. In the end everything is quiet, and the promises are checked.
 */
final class ReplicationSimulation {

	private static final int NODES = 3;

	private final Random random;

	private final ReplicationFacts facts = new ReplicationFacts();

	private final SimulatedLog log;

	private final List<SimulatedOwner> owners = new ArrayList<>();

	private boolean quiet;

	ReplicationSimulation(long seed, ReplicationFault fault) {
		this.random = new Random(seed);
		this.log = new SimulatedLog(NODES, this.random, this::fate,
				(medium) -> new RecordedMachine(new PartitionReplica(medium, LeadershipListener.NONE), fault::attempt,
						this.facts::applied),
				(number) -> fault.medium());
		this.log.nodes().forEach((node) -> this.owners.add(new SimulatedOwner(this.log, node, fault, this.facts)));
	}

	private Fate fate(Random random) {
		int percent = random.nextInt(100);
		if (this.quiet || percent < 70) {
			return Fate.COMMITTED;
		}
		return (percent < 82) ? Fate.UNDECIDED : (percent < 94) ? Fate.LATE : Fate.LOST;
	}

	ReplicationFacts run(int events) {
		for (int i = 0; i < events && this.facts.violations().isEmpty(); i++) {
			event();
		}
		if (this.facts.violations().isEmpty()) {
			check();
		}
		return this.facts;
	}

	private void event() {
		Node node = this.log.nodes().get(this.random.nextInt(NODES));
		SimulatedOwner owner = this.owners.get(node.number());
		int percent = this.random.nextInt(100);
		if (percent < 55) {
			Node leader = this.log.leader();
			boolean asLeader = leader != null && this.random.nextInt(4) > 0;
			(asLeader ? this.owners.get(leader.number()) : owner).step();
		}
		else if (percent < 72) {
			node.apply(1 + this.random.nextInt(4));
		}
		else if (percent < 78) {
			elect(node);
		}
		else if (percent < 81) {
			this.log.depose();
		}
		else if (percent < 86) {
			this.log.deliverLate();
		}
		else if (percent < 89) {
			node.medium().flush();
		}
		else if (percent < 92) {
			node.machine().checkpoint();
		}
		else if (percent < 95) {
			owner.end();
			node.crash();
		}
		else if (percent < 97) {
			this.log.purge(node);
		}
		else {
			replace(node);
		}
	}

	private void elect(Node node) {
		this.log.elect(node);
		this.owners.get(node.number()).elected(this.log.term());
	}

	/** As the leader does with a replica that is too far behind. */
	private void replace(Node node) {
		Node from = this.log.nodes().get(this.random.nextInt(NODES));
		if (node != this.log.leader() && from.checkpointed() > node.machine().applied().index()) {
			node.installFrom(from);
		}
	}

	private void check() {
		this.quiet = true;
		elect(this.log.nodes().get(this.random.nextInt(NODES)));
		SimulatedOwner last = this.owners.get(Objects.requireNonNull(this.log.leader()).number());
		for (int i = 0; i < 4; i++) {
			last.step();
		}
		this.log.nodes().forEach(Node::applyAll);
		String expected = this.log.nodes().getFirst().medium().contents();
		for (Node node : this.log.nodes()) {
			if (!node.medium().contents().equals(expected)) {
				this.facts.violated("P5: node " + node.number() + " differs from node 0");
			}
		}
		Store store = KvStore.open(this.log.nodes().getLast().medium(), true);
		this.facts.acknowledged().forEach((step, outcome) -> {
			if (!Arrays.equals(store.entry(1, step), outcome)) {
				this.facts.violated("P1: step " + step + " was acknowledged, and is not what is kept");
			}
		});
	}

}
