package io.kraft.cluster.membership;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

import io.kraft.cluster.discovery.Discovery;
import io.kraft.cluster.discovery.DiscoveryException;
import io.kraft.cluster.discovery.StaticDiscovery;
import io.kraft.cluster.membership.MemberEvent.Kind;
import io.kraft.cluster.transport.Address;
import io.kraft.cluster.transport.MemoryNetwork;
import io.kraft.cluster.transport.Transport;
import io.kraft.engine.timer.ManualScheduler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Members on one clock that the test moves, over a network in memory.
 */
class MembershipTests {

	private static final Duration STEP = Duration.ofMillis(50);

	private final ManualScheduler scheduler = new ManualScheduler();

	private final MemoryNetwork network = new MemoryNetwork(1);

	private final List<Node> nodes = new ArrayList<>();

	private final StaticDiscovery seeds = new StaticDiscovery(List.of("host-0", "host-1"), 7800);

	@AfterEach
	void close() {
		this.nodes.forEach(Node::stop);
	}

	private Node node(int number) {
		return node(number, "kraft", this.seeds);
	}

	private Node node(int number, String cluster, Discovery discovery) {
		Node node = new Node(number, cluster, discovery);
		this.nodes.add(node);
		return node;
	}

	private void pass(Duration time) {
		for (Duration passed = Duration.ZERO; passed.compareTo(time) < 0; passed = passed.plus(STEP)) {
			this.scheduler.advance(STEP);
		}
	}

	private void allSeeEachOther() {
		List<Member> first = this.nodes.get(0).membership.members();
		assertThat(first).hasSize(this.nodes.size()).allMatch((member) -> member.state() == MemberState.ALIVE);
		this.nodes.forEach((node) -> assertThat(node.membership.members()).isEqualTo(first));
	}

	@Test
	void membersThatKnowASeedSeeEachOther() {
		for (int i = 0; i < 5; i++) {
			node(i);
		}
		pass(Duration.ofSeconds(12));

		allSeeEachOther();
	}

	@Test
	void alsoIfMessagesGetLost() {
		this.network.lose(0.1);
		for (int i = 0; i < 5; i++) {
			node(i);
		}
		pass(Duration.ofSeconds(60));
		assertThat(this.nodes)
			.allSatisfy((node) -> assertThat(node.events).extracting(MemberEvent::kind).doesNotContain(Kind.DIED));
		this.network.lose(0);
		pass(Duration.ofSeconds(30));

		allSeeEachOther();
	}

	@Test
	void aMemberThatEndsIsSuspectedDiesAndIsForgotten() {
		Node first = node(0);
		Node second = node(1);
		pass(Duration.ofSeconds(3));
		first.events.clear();
		second.stop();
		pass(Duration.ofSeconds(40));

		assertThat(first.events).extracting(MemberEvent::kind)
			.containsExactly(Kind.SUSPECTED, Kind.DIED, Kind.FORGOTTEN);
	}

	@Test
	void aLinkThatIsCutCostsNothingWhereAnotherMemberHelps() {
		for (int i = 0; i < 4; i++) {
			node(i);
		}
		pass(Duration.ofSeconds(12));
		this.nodes.forEach((node) -> node.events.clear());
		this.network.cut(this.nodes.get(0).address, this.nodes.get(3).address, true);
		this.network.cut(this.nodes.get(3).address, this.nodes.get(0).address, true);
		pass(Duration.ofSeconds(60));

		assertThat(this.nodes).allSatisfy((node) -> assertThat(node.events).isEmpty());
	}

	@Test
	void whoLeavesIsNotSuspected() {
		Node first = node(0);
		Node second = node(1);
		pass(Duration.ofSeconds(3));
		first.events.clear();
		second.membership.leave();
		second.stop();
		pass(Duration.ofSeconds(40));

		assertThat(first.events).extracting(MemberEvent::kind).containsExactly(Kind.LEFT, Kind.FORGOTTEN);
	}

	@Test
	void aMemberThatIsStartedAgainReturns() {
		Node first = node(0);
		Node second = node(1);
		pass(Duration.ofSeconds(3));
		second.stop();
		pass(Duration.ofSeconds(20));
		this.nodes.remove(second);
		node(1);
		pass(Duration.ofSeconds(12));

		allSeeEachOther();
		assertThat(first.events).extracting(MemberEvent::kind)
			.containsExactly(Kind.JOINED, Kind.SUSPECTED, Kind.DIED, Kind.RETURNED);
	}

	@Test
	void whatAMemberSaysOfItselfReachesTheOthers() {
		Node first = node(0);
		Node second = node(1);
		pass(Duration.ofSeconds(3));
		second.membership.meta("new".getBytes(StandardCharsets.UTF_8));
		pass(Duration.ofSeconds(3));

		assertThat(first.membership.members().get(1).meta()).asString(StandardCharsets.UTF_8).isEqualTo("new");
		assertThat(first.events).last().extracting(MemberEvent::kind).isEqualTo(Kind.UPDATED);
	}

	@Test
	void membersOfAnotherClusterAreNotSeen() {
		Node first = node(0);
		Node other = node(1, "other", this.seeds);
		pass(Duration.ofSeconds(60));

		assertThat(first.membership.members()).hasSize(1);
		assertThat(other.membership.members()).hasSize(1);
	}

	@Test
	void aSourceThatFailsIsAskedAgain() {
		AtomicInteger asked = new AtomicInteger();
		node(0);
		node(1, "kraft", () -> {
			if (asked.incrementAndGet() < 3) {
				throw new DiscoveryException("not now", null);
			}
			return List.of("host-0:7800");
		});
		pass(Duration.ofSeconds(19));
		assertThat(asked).hasValue(2);
		pass(Duration.ofSeconds(4));

		allSeeEachOther();
	}

	@Test
	void aListenerThatThrowsHarmsNoOther() {
		Node first = node(0);
		first.membership.subscribe((event) -> {
			throw new IllegalStateException("a listener of the application");
		});
		List<MemberEvent> seen = new ArrayList<>();
		first.membership.subscribe((event) -> {
			seen.add(event);
			assertThat(first.membership.members()).contains(event.member());
		});
		node(1);
		pass(Duration.ofSeconds(12));

		assertThat(seen).extracting(MemberEvent::kind).containsExactly(Kind.JOINED);
		allSeeEachOther();
	}

	@Test
	void aMemberThatIsClosedSendsNothing() {
		Node first = node(0);
		node(1);
		pass(Duration.ofSeconds(3));
		first.membership.close();
		first.membership.leave();
		List<Member> before = first.membership.members();
		pass(Duration.ofSeconds(60));

		assertThat(first.membership.members()).isEqualTo(before);
	}

	private final class Node {

		final Address address;

		final Transport transport;

		final Membership membership;

		final List<MemberEvent> events = new ArrayList<>();

		Node(int number, String cluster, Discovery discovery) {
			this.address = new Address("host-" + number, 7800);
			this.transport = MembershipTests.this.network.open(this.address);
			Member self = new Member(new MemberId("n" + number, 1), this.address.toString(), MemberState.ALIVE, 0,
					new byte[0]);
			ManualScheduler time = MembershipTests.this.scheduler;
			this.membership = new Membership(cluster, self, SwimSettings.DEFAULTS, this.transport, List.of(discovery),
					time, time, () -> time.instant().toEpochMilli(), Runnable::run, new Random(number));
			this.membership.subscribe(this.events::add);
			this.membership.start();
		}

		void stop() {
			this.membership.close();
			this.transport.close();
		}

	}

}
