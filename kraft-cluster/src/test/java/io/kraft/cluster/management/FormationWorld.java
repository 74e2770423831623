package io.kraft.cluster.management;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;

import io.kraft.cluster.management.FormationOutput.Decision;
import io.kraft.cluster.membership.MemberId;

/**
 * Fresh nodes that see each other or not, crash at any point, and whose messages are
 * lost, late or repeated, all from one seed.
 */
final class FormationWorld {

	private static final long STEP = 1000;

	final Random random;

	final FormationSettings settings;

	final List<Node> nodes = new ArrayList<>();

	final Set<String> clusters = new HashSet<>();

	private final PriorityQueue<Message> messages = new PriorityQueue<>();

	long now;

	private long number;

	private boolean isCalm;

	FormationWorld(long seed, int count, int initialNodes) {
		this.random = new Random(seed);
		this.settings = new FormationSettings(List.of("a:1", "b:1"), initialNodes);
		for (int i = 0; i < count; i++) {
			this.nodes.add(new Node(new MemberId("n" + i, 1)));
		}
	}

	void calm() {
		this.isCalm = true;
		this.nodes.forEach((node) -> {
			if (node.formation == null) {
				node.start();
			}
		});
	}

	void step() {
		this.now += STEP;
		while (!this.messages.isEmpty() && this.messages.peek().at() <= this.now) {
			Message message = this.messages.poll();
			this.nodes.stream()
				.filter((node) -> node.id.equals(message.to()) && node.formation != null)
				.findFirst()
				.ifPresent((node) -> node.handle(node.formation.received(message.from(), message.content())));
		}
		for (Node node : this.nodes) {
			if (!this.isCalm) {
				disturb(node);
			}
			if (node.formation != null && (this.isCalm || this.random.nextInt(3) > 0)) {
				look(node);
			}
		}
	}

	private void disturb(Node node) {
		int what = this.random.nextInt(40);
		if (what <= 1) {
			node.formation = null;
		}
		else if (what < 8 && node.formation == null) {
			node.start();
		}
		else if (what < 14) {
			// Mostly one other one, so that promises go back and forth for long.
			node.sees.clear();
			for (int i = this.random.nextInt(3); i >= 0; i--) {
				node.sees.add(this.nodes.get(this.random.nextInt(this.nodes.size())).id);
			}
		}
	}

	private void look(Node node) {
		List<MemberId> present = new ArrayList<>();
		for (Node other : this.nodes) {
			if (other != node && other.formation != null && (this.isCalm || node.sees.contains(other.id))) {
				if (other.record.clusterId() != null && node.record.clusterId() == null) {
					node.handle(node.formation.received(other.id,
							new FormationMessage.InCluster(other.record.clusterId())));
				}
				else if (other.record.clusterId() == null) {
					present.add(other.id);
				}
			}
		}
		if (node.formation != null) {
			node.handle(node.formation.sees(present));
		}
	}

	private void send(MemberId from, MemberId to, FormationMessage content) {
		int copies = this.isCalm ? 1 : this.random.nextInt(3);
		for (int i = 0; i < copies; i++) {
			long delay = this.isCalm ? 10 : 10 + this.random.nextLong(this.random.nextBoolean() ? 30_000 : 3000);
			this.messages.add(new Message(this.now + delay, this.number++, from, to, content));
		}
	}

	final class Node {

		final MemberId id;

		FormationRecord record = FormationRecord.FRESH;

		Formation formation;

		final Set<MemberId> sees = new HashSet<>();

		Node(MemberId id) {
			this.id = id;
			start();
		}

		void start() {
			this.formation = new Formation(this.id, FormationWorld.this.settings, this.record,
					FormationWorld.this.random);
		}

		void handle(FormationOutput output) {
			if (output.toSync() != null) {
				this.record = output.toSync();
			}
			if (output.decision() instanceof Decision.Form form) {
				FormationWorld.this.clusters.add(form.clusterId());
				if (FormationWorld.this.clusters.size() > 1) {
					throw new AssertionError("clusters formed by the same nodes: " + FormationWorld.this.clusters);
				}
			}
			// Each point between what is synced and what is sent is one at which it dies.
			for (FormationOutput.Outgoing outgoing : output.messages()) {
				if (!FormationWorld.this.isCalm && FormationWorld.this.random.nextInt(60) == 0) {
					this.formation = null;
					return;
				}
				send(this.id, outgoing.to(), outgoing.message());
			}
			if (output.decision() instanceof Decision.Join join && this.record.clusterId() == null) {
				this.record = this.formation.joined(join.clusterId()).toSync();
			}
		}

	}

	private record Message(long at, long number, MemberId from, MemberId to,
			FormationMessage content) implements Comparable<Message> {

		@Override
		public int compareTo(Message other) {
			int order = Long.compare(this.at, other.at);
			return (order != 0) ? order : Long.compare(this.number, other.number);
		}

	}

}
