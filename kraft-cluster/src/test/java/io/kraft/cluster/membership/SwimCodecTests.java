package io.kraft.cluster.membership;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

import io.kraft.cluster.membership.SwimMessage.Content;
import io.kraft.cluster.transport.RefusedFrameException;
import io.kraft.engine.testing.HostileBytes;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SwimCodecTests {

	private final SwimCodec codec = new SwimCodec("kraft");

	private static final MemberId ID = new MemberId("node-1", 0x1234);

	/** Written by format 1, and read for as long as that is read. */
	private static final List<String> GOLDEN = List.of(
			"01056b72616674066e6f64652d31000000000000123406686f73743a310105066e6f64652d32000000000000000700",
			"01056b72616674066e6f64652d31000000000000123406686f73743a310206066e6f64652d32000000000000000706686f73743a3200",
			"01056b72616674066e6f64652d31000000000000123406686f73743a3103ac02066e6f64652d32000000000000000700",
			"01056b72616674066e6f64652d31000000000000123406686f73743a31040102066e6f64652d31000000000000123406686f73743a310003020102066e6f64652d32000000000000000706686f73743a32020900",
			"01056b72616674066e6f64652d31000000000000123406686f73743a310500");

	static List<SwimMessage> messages() {
		MemberId target = new MemberId("node-2", 7);
		return List
			.of(message(new Content.Ping(5, target)), message(new Content.PingRequest(6, target, "host:2")),
					message(new Content.Ack(300, target)),
					message(new Content.Sync(true), new Member(ID, "host:1", MemberState.ALIVE, 3, new byte[] { 1, 2 }),
							new Member(target, "host:2", MemberState.DEAD, 9, new byte[0])),
					message(new Content.News()));
	}

	private static SwimMessage message(Content content, Member... claims) {
		return new SwimMessage(ID, "host:1", content, List.of(claims));
	}

	@Test
	void theBytesOfMessagesStayAsTheyAre() {
		List<String> bytes = messages().stream().map(this.codec::encode).map(HexFormat.of()::formatHex).toList();

		assertThat(bytes).isEqualTo(GOLDEN);
		assertThat(GOLDEN.stream().map(HexFormat.of()::parseHex).map(this.codec::decode).toList())
			.isEqualTo(messages());
	}

	@Test
	void theLargestMessageIsWithinTheBound() {
		MemberId id = new MemberId("n".repeat(64), -1);
		Member member = new Member(id, "\u20ac".repeat(Member.MAX_ADDRESS_CHARACTERS), MemberState.LEFT, 1L << 61,
				new byte[Member.MAX_META_BYTES]);
		SwimMessage largest = new SwimMessage(id, member.address(), new Content.Sync(true),
				Collections.nCopies(SwimMessage.MAX_UPDATES, member));

		assertThat(this.codec.decode(this.codec.encode(largest))).isEqualTo(largest);
	}

	@Test
	void messagesOfAnotherClusterAreRefused() {
		byte[] bytes = new SwimCodec("other").encode(messages().get(0));

		assertThatThrownBy(() -> this.codec.decode(bytes)).isInstanceOf(RefusedFrameException.class)
			.hasMessageStartingWith("KRAFT-5003")
			.hasMessageContaining("cluster 'other', not 'kraft'");
	}

	@Test
	void messagesOfAnotherFormatAreRefused() {
		byte[] bytes = this.codec.encode(messages().get(0));
		bytes[0] = 2;

		assertThatThrownBy(() -> this.codec.decode(bytes)).isInstanceOf(RefusedFrameException.class)
			.hasMessageStartingWith("KRAFT-5009");
	}

	@Test
	void whatIsTooLongIsRefused() {
		byte[] bytes = new byte[SwimCodec.MAX_BYTES + 1];

		assertThatThrownBy(() -> this.codec.decode(bytes)).isInstanceOf(RefusedFrameException.class);
	}

	@Test
	void hostileBytesAreReadOrRefused() {
		List<byte[]> sound = new ArrayList<>();
		messages().forEach((message) -> sound.add(this.codec.encode(message)));

		HostileBytes.tryAll(sound, (bytes) -> this.codec.decode(bytes));
	}

	@Test
	void noMessageThatIsAcceptedDisturbsAMember() {
		List<byte[]> sound = new ArrayList<>();
		messages().forEach((message) -> sound.add(this.codec.encode(message)));
		Swim swim = new Swim(new MemberId("node-2", 7), "host:2", new byte[0], 0, SwimSettings.DEFAULTS, new Random(1),
				0);
		long[] now = { 0 };

		HostileBytes.tryAll(sound, (bytes) -> {
			SwimOutput output = swim.received(this.codec.decode(bytes), now[0]);
			now[0] += 100;
			output.messages().forEach((one) -> this.codec.decode(this.codec.encode(one.message())));
			swim.advance(now[0]);
		});
		assertThat(swim.self().state()).isEqualTo(MemberState.ALIVE);
	}

}
