package io.kraft.cluster.membership;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;

import io.kraft.cluster.membership.MemberEvent.Kind;
import io.kraft.cluster.membership.SwimOutput.Outgoing;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Processes, the network between them and the time, all from one seed. What must hold at
 * each moment is checked at each moment.
 */
final class SwimWorld {

	private static final long ALONE_MILLIS = 10_000;

	private static final long ASKED_MILLIS = 30_000;

	final SwimSettings settings = SwimSettings.DEFAULTS;

	final Random random;

	final SwimNetwork network;

	final List<SwimNode> nodes = new ArrayList<>();

	final List<String> seeds = new ArrayList<>();

	long now = 1000;

	/** Deaths of processes that were running. */
	int falseDeaths;

	long lastEventAt;

	private final SwimCodec codec = new SwimCodec("test");

	private final PriorityQueue<Event> events = new PriorityQueue<>();

	private long eventNumber;

	private final Map<MemberId, Long> revisions = new HashMap<>();

	private final Map<String, Long> suspectedAt = new HashMap<>();

	private final Map<String, Long> endedAt = new HashMap<>();

	SwimWorld(long seed) {
		this.random = new Random(seed);
		this.network = new SwimNetwork(this.random);
	}

	SwimNode start(MemberId id, String address) {
		Swim swim = new Swim(id, address, ("meta of " + id + " " + this.now).getBytes(StandardCharsets.UTF_8), 0,
				this.settings, this.random, this.now);
		SwimNode node = new SwimNode(swim, new SwimNodeChecks(this.settings, this.now));
		this.nodes.add(node);
		discover(node);
		wakeLater(node);
		return node;
	}

	List<SwimNode> members() {
		return this.nodes.stream().filter(SwimNode::isMember).toList();
	}

	void at(long time, Runnable action) {
		this.events.add(new Event(time, this.eventNumber++, action));
	}

	void run(long until) {
		while (!this.events.isEmpty() && this.events.peek().time() <= until) {
			Event event = this.events.poll();
			this.now = event.time();
			event.action().run();
		}
		this.now = until;
	}

	void pause(SwimNode node, long millis) {
		node.pausedUntil = Math.max(node.pausedUntil, this.now + millis);
		node.lastResumed = node.pausedUntil;
		at(node.pausedUntil, () -> resume(node));
	}

	private void resume(SwimNode node) {
		if (node.isRunning && this.now >= node.pausedUntil) {
			node.wakeAt = this.now;
			// Its timers and its sockets are looked at in either order.
			if (this.random.nextBoolean()) {
				wake(node);
			}
			List<byte[]> waiting = List.copyOf(node.waiting);
			node.waiting.clear();
			waiting.forEach((bytes) -> receive(node, bytes));
			wakeLater(node);
		}
	}

	void leave(SwimNode node) {
		node.hasLeft = true;
		handle(node, node.swim.leave(this.now));
		at(this.now + 2000, () -> node.isRunning = false);
	}

	void meta(SwimNode node, String meta) {
		handle(node, node.swim.meta(meta.getBytes(StandardCharsets.UTF_8), this.now));
	}

	/** As the driver asks discovery: often while alone, seldom later. */
	private void discover(SwimNode node) {
		if (!node.isMember()) {
			return;
		}
		if (this.now >= node.pausedUntil) {
			node.checks.joining(this.seeds.size());
			handle(node, node.swim.join(this.seeds, this.now));
		}
		at(this.now + ((node.swim.members().size() == 1) ? ALONE_MILLIS : ASKED_MILLIS), () -> discover(node));
	}

	private void wakeLater(SwimNode node) {
		long due = Math.max(this.now, node.swim.nextDue());
		if (due != node.wakeAt) {
			node.wakeAt = due;
			at(due, () -> wake(node));
		}
	}

	private void wake(SwimNode node) {
		if (node.isRunning && node.wakeAt == this.now && this.now >= node.pausedUntil) {
			node.wakeAt = Long.MAX_VALUE;
			handle(node, node.swim.advance(this.now));
			wakeLater(node);
		}
	}

	private void handle(SwimNode node, SwimOutput output) {
		this.revisions.merge(node.id, node.swim.self().revision(), Math::max);
		assertThat(node.swim.self().state()).isEqualTo(node.hasLeft ? MemberState.LEFT : MemberState.ALIVE);
		output.events().forEach((event) -> check(node, event));
		for (Outgoing outgoing : output.messages()) {
			send(node, outgoing);
		}
	}

	private void send(SwimNode node, Outgoing outgoing) {
		node.checks.sent(outgoing, identities(), this.now);
		byte[] bytes = this.codec.encode(outgoing.message());
		if (this.network.passes(node.address, outgoing.address())) {
			at(this.now + this.network.delay(), () -> arrive(outgoing.address(), bytes));
		}
	}

	private int identities() {
		return this.nodes.size() + 1;
	}

	private SwimNode running(String address) {
		return this.nodes.stream()
			.filter((node) -> node.isRunning && node.address.equals(address))
			.findFirst()
			.orElse(null);
	}

	private void arrive(String address, byte[] bytes) {
		SwimNode node = running(address);
		if (node != null) {
			if (this.now < node.pausedUntil) {
				node.waiting.add(bytes);
			}
			else {
				receive(node, bytes);
				wakeLater(node);
			}
		}
	}

	private void receive(SwimNode node, byte[] bytes) {
		SwimMessage message = this.codec.decode(bytes);
		message.updates()
			.forEach((claim) -> assertThat(claim.revision()).as("revision in %s", claim)
				.isLessThanOrEqualTo(this.revisions.get(claim.id())));
		node.checks.received(message);
		handle(node, node.swim.received(message, this.now));
	}

	private void check(SwimNode node, MemberEvent event) {
		Member member = event.member();
		if (event.kind() != Kind.FORGOTTEN) {
			this.lastEventAt = this.now;
		}
		String claim = member.id() + "/" + member.revision();
		if (member.state() == MemberState.SUSPECT) {
			this.suspectedAt.putIfAbsent(claim, this.now);
		}
		String ended = node.id + "/" + node.checks.hashCode() + "/" + member.id();
		switch (event.kind()) {
			case DIED -> {
				assertThat(this.suspectedAt).as("suspected before it is dead").containsKey(claim);
				assertThat(this.now - this.suspectedAt.get(claim)).as("time as suspect of %s", member)
					.isGreaterThanOrEqualTo(this.settings.suspectTimeout().toMillis());
				this.endedAt.put(ended, this.now);
				if (this.nodes.stream().anyMatch((one) -> one.isMember() && one.id.equals(member.id()))) {
					this.falseDeaths++;
				}
			}
			case LEFT -> this.endedAt.putIfAbsent(ended, this.now);
			case RETURNED -> this.endedAt.remove(ended);
			case FORGOTTEN -> checkForgotten(node, member, this.now - this.endedAt.remove(ended));
			case JOINED, REFUTED, UPDATED -> assertThat(member.state().isPresent()).isTrue();
			case SUSPECTED -> assertThat(member.state()).isEqualTo(MemberState.SUSPECT);
		}
	}

	private void checkForgotten(SwimNode node, Member member, long listed) {
		long expected = this.settings.deadTimeout().toMillis();
		assertThat(listed).as("time in the list of %s", member).isGreaterThanOrEqualTo(expected);
		if (node.lastResumed < this.now - listed) {
			assertThat(listed).as("time in the list of %s", member).isEqualTo(expected);
		}
	}

	/** Null if all members have the same picture, and it is true. */
	String difference() {
		List<SwimNode> members = this.members();
		List<Member> truth = members.stream()
			.map((node) -> node.swim.self())
			.sorted(Comparator.comparing(Member::id))
			.toList();
		for (SwimNode node : members) {
			List<Member> seen = node.swim.members().stream().filter((one) -> one.state().isPresent()).toList();
			if (!seen.equals(truth)) {
				return node + " sees " + seen + ", but there are " + truth;
			}
		}
		return null;
	}

	private record Event(long time, long number, Runnable action) implements Comparable<Event> {

		@Override
		public int compareTo(Event other) {
			int order = Long.compare(this.time, other.time);
			return (order != 0) ? order : Long.compare(this.number, other.number);
		}

	}

}
