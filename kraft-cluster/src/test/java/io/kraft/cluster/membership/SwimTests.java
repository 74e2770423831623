package io.kraft.cluster.membership;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;

import io.kraft.cluster.membership.MemberEvent.Kind;
import io.kraft.cluster.membership.SwimMessage.Content;
import io.kraft.cluster.membership.SwimOutput.Outgoing;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * One member, message by message.
 */
class SwimTests {

	private static final MemberId ME = new MemberId("me", 7);

	private static final MemberId OTHER = new MemberId("other", 9);

	private final Swim swim = new Swim(ME, "me:1", new byte[] { 1 }, 3, SwimSettings.DEFAULTS, new Random(1), 0);

	private final List<MemberEvent> events = new ArrayList<>();

	private final List<Outgoing> messages = new ArrayList<>();

	private long now;

	@Test
	void aMemberThatDoesNotAnswerIsSuspectForExactlyTheTimeOutAndThenInTheListForExactlyTheDeadTimeOut() {
		know(OTHER, MemberState.ALIVE, 0);
		long suspectedAt = until(Kind.SUSPECTED);
		long diedAt = until(Kind.DIED);
		long forgottenAt = until(Kind.FORGOTTEN);

		assertThat(diedAt - suspectedAt).isEqualTo(5000);
		assertThat(forgottenAt - diedAt).isEqualTo(30_000);
		assertThat(this.swim.members()).extracting(Member::id).containsExactly(ME);
	}

	@Test
	void whoDoesNotAnswerWithinAThirdOfTheIntervalIsAskedByThreeOthers() {
		know(OTHER, MemberState.ALIVE, 0);
		for (int i = 0; i < 5; i++) {
			know(new MemberId("n" + i, 1), MemberState.ALIVE, 0);
		}
		long asked = until((one) -> one.message().content() instanceof Content.Ping);
		MemberId target = ((Content.Ping) this.messages.getLast().message().content()).target();
		long indirect = until((one) -> one.message().content() instanceof Content.PingRequest);
		List<Outgoing> requests = this.messages.stream()
			.filter((one) -> one.message().content() instanceof Content.PingRequest)
			.toList();

		assertThat(indirect - asked).isEqualTo(333);
		assertThat(requests).hasSize(3).doesNotHaveDuplicates();
		assertThat(requests).allSatisfy((one) -> {
			assertThat(((Content.PingRequest) one.message().content()).target()).isEqualTo(target);
			assertThat(one.address()).isNotEqualTo(target.node() + ":1");
		});
	}

	@Test
	void anAnswerThatComesByAnotherMemberCounts() {
		know(OTHER, MemberState.ALIVE, 0);
		know(new MemberId("helper", 1), MemberState.ALIVE, 0);
		until((one) -> one.message().content() instanceof Content.PingRequest);
		Content.PingRequest request = (Content.PingRequest) this.messages.getLast().message().content();
		take(this.swim.received(
				message(new MemberId("helper", 1), new Content.Ack(request.sequence(), request.target())), this.now));
		advance(this.now + 700);

		assertThat(this.events).noneMatch((event) -> event.kind() == Kind.SUSPECTED);
	}

	@Test
	void itAsksForAnotherMemberAndPassesTheAnswerOn() {
		take(this.swim.received(message(OTHER, new Content.PingRequest(77, new MemberId("third", 1), "third:1")), 0));
		Outgoing ping = this.messages.stream()
			.filter((one) -> one.address().equals("third:1"))
			.findFirst()
			.orElseThrow();
		long sequence = ((Content.Ping) ping.message().content()).sequence();
		take(this.swim.received(message(new MemberId("third", 1), new Content.Ack(sequence, new MemberId("third", 1))),
				20));

		assertThat(this.messages).anySatisfy((one) -> {
			assertThat(one.address()).isEqualTo("other:1");
			assertThat(one.message().content()).isEqualTo(new Content.Ack(77, new MemberId("third", 1)));
		});
	}

	@Test
	void theAnswerOfAnotherMemberIsNotPassedOn() {
		take(this.swim.received(message(OTHER, new Content.PingRequest(77, new MemberId("third", 1), "third:1")), 0));
		Outgoing ping = this.messages.stream()
			.filter((one) -> one.address().equals("third:1"))
			.findFirst()
			.orElseThrow();
		long sequence = ((Content.Ping) ping.message().content()).sequence();
		take(this.swim.received(message(new MemberId("third", 2), new Content.Ack(sequence, new MemberId("third", 2))),
				20));

		assertThat(this.messages).noneMatch((one) -> one.message().content() instanceof Content.Ack);
	}

	@Test
	void itDeniesWhatIsClaimedOfIt() {
		for (MemberState state : List.of(MemberState.SUSPECT, MemberState.DEAD, MemberState.LEFT)) {
			long revision = this.swim.self().revision();
			take(this.swim.received(message(OTHER, new Content.Ping(1, ME), claim(ME, state, revision)), 0));

			assertThat(this.swim.self().revision()).isEqualTo(revision + 1);
			assertThat(this.swim.self().state()).isEqualTo(MemberState.ALIVE);
			assertThat(this.messages.getLast().message().updates()).contains(this.swim.self());
		}
	}

	@Test
	void anOlderClaimOfItChangesNothing() {
		take(this.swim.received(message(OTHER, new Content.Ping(1, ME), claim(ME, MemberState.DEAD, 2)), 0));

		assertThat(this.swim.self().revision()).isEqualTo(3);
	}

	@Test
	void itTakesOverTheRevisionOfItsFormerProcess() {
		take(this.swim.received(message(OTHER, new Content.Ping(1, ME), claim(ME, MemberState.ALIVE, 900)), 0));

		assertThat(this.swim.self().revision()).isEqualTo(901);
	}

	@Test
	void aPingForAFormerMemberAtItsAddressIsNotAnswered() {
		take(this.swim.received(message(OTHER, new Content.Ping(1, new MemberId("me", 6))), 0));

		assertThat(this.messages).noneMatch((one) -> one.message().content() instanceof Content.Ack);
	}

	@Test
	void aMemberThatDiedComesBackByItsDenialOnly() {
		know(OTHER, MemberState.ALIVE, 4);
		know(OTHER, MemberState.DEAD, 4);
		know(OTHER, MemberState.ALIVE, 4);
		assertThat(this.events).extracting(MemberEvent::kind).containsExactly(Kind.JOINED, Kind.DIED);
		know(OTHER, MemberState.ALIVE, 5);

		assertThat(this.events).last().extracting(MemberEvent::kind).isEqualTo(Kind.RETURNED);
	}

	@Test
	void anOldClaimBringsNoForgottenMemberBack() {
		know(OTHER, MemberState.ALIVE, 4);
		until(Kind.FORGOTTEN);
		know(OTHER, MemberState.ALIVE, 4);
		assertThat(this.swim.members()).hasSize(1);
		know(OTHER, MemberState.ALIVE, 5);

		assertThat(this.swim.members()).hasSize(2);
	}

	@Test
	void aMemberThatDiedIsLookedForAtEachSync() {
		know(OTHER, MemberState.ALIVE, 4);
		until(Kind.FORGOTTEN);
		this.messages.clear();
		advance(this.now + 31_000);

		assertThat(this.messages).anySatisfy((one) -> {
			assertThat(one.address()).isEqualTo("other:1");
			assertThat(one.message().content()).isEqualTo(new Content.Sync(true));
			assertThat(one.message().updates()).contains(claim(OTHER, MemberState.DEAD, 4));
		});
	}

	@Test
	void oneThatHasLeftIsNotLookedFor() {
		know(OTHER, MemberState.ALIVE, 4);
		know(OTHER, MemberState.LEFT, 5);
		until(Kind.FORGOTTEN);
		this.messages.clear();
		advance(this.now + 91_000);

		assertThat(this.messages).isEmpty();
	}

	@Test
	void whoLeavesSaysSoToAllAndAsksNothingAnyMore() {
		know(OTHER, MemberState.ALIVE, 4);
		know(new MemberId("third", 1), MemberState.ALIVE, 4);
		this.messages.clear();
		take(this.swim.leave(this.now));
		assertThat(this.messages).extracting(Outgoing::address).containsExactlyInAnyOrder("other:1", "third:1");
		assertThat(this.messages).allMatch((one) -> one.message().updates().contains(this.swim.self()));
		assertThat(this.swim.self().state()).isEqualTo(MemberState.LEFT);
		this.messages.clear();
		advance(this.now + 60_000);

		assertThat(this.messages).isEmpty();
	}

	@Test
	void aStopOfTheProcessCountsForOneIntervalOnly() {
		know(OTHER, MemberState.ALIVE, 0);
		until(Kind.SUSPECTED);
		this.now += 60_000;
		take(this.swim.advance(this.now));

		assertThat(this.swim.members()).extracting(Member::state)
			.containsExactly(MemberState.ALIVE, MemberState.SUSPECT);
	}

	@Test
	void whatAMemberSaysOfItselfSpreadsWithAHigherRevision() {
		take(this.swim.meta(new byte[] { 1 }, 0));
		assertThat(this.swim.self().revision()).isEqualTo(3);
		take(this.swim.meta(new byte[] { 2 }, 0));

		assertThat(this.swim.self().revision()).isEqualTo(4);
	}

	@Test
	void theListHasABound() {
		for (int i = 0; i < MemberList.LIMIT + 10; i++) {
			know(new MemberId("n" + i, 1), MemberState.ALIVE, 0);
		}

		assertThat(this.swim.members()).hasSize(MemberList.LIMIT + 1);
	}

	@Test
	void membersAreNamedByNodeAndIncarnation() {
		assertThat(new MemberId("node-1", 0xabcL)).hasToString("node-1~abc");
		assertThat(MemberId.parse("node-1~ffffffffffffffff")).isEqualTo(new MemberId("node-1", -1));
		for (String text : List.of("a", "~1", "a~", "a~0x1", "a~01", "a b~1", "a~A", "a~11111111111111111", "a~b~1")) {
			assertThatThrownBy(() -> MemberId.parse(text)).as(text).isInstanceOf(IllegalArgumentException.class);
		}
	}

	private void know(MemberId id, MemberState state, long revision) {
		take(this.swim.received(message(new MemberId("source", 1), new Content.Sync(false), claim(id, state, revision)),
				this.now));
	}

	private static Member claim(MemberId id, MemberState state, long revision) {
		return new Member(id, id.node() + ":1", state, revision, new byte[0]);
	}

	private static SwimMessage message(MemberId from, Content content, Member... claims) {
		return new SwimMessage(from, from.node() + ":1", content, List.of(claims));
	}

	private void take(SwimOutput output) {
		this.events.addAll(output.events());
		this.messages.addAll(output.messages());
	}

	private void advance(long until) {
		while (this.swim.nextDue() <= until) {
			this.now = this.swim.nextDue();
			take(this.swim.advance(this.now));
		}
		this.now = until;
	}

	private long until(Kind kind) {
		while (this.events.isEmpty() || this.events.getLast().kind() != kind) {
			step();
		}
		return this.now;
	}

	private long until(Predicate<Outgoing> predicate) {
		while (this.messages.isEmpty() || !predicate.test(this.messages.getLast())) {
			step();
		}
		return this.now;
	}

	private void step() {
		this.now = this.swim.nextDue();
		assertThat(this.now).as("waits for what never comes").isLessThan(200_000);
		take(this.swim.advance(this.now));
	}

}
