package io.kraft.cluster.membership;

import java.util.ArrayList;
import java.util.List;

import io.kraft.cluster.membership.SwimMessage.Content;
import io.kraft.cluster.transport.RefusedFrameException;
import io.kraft.engine.journal.ByteReader;
import io.kraft.engine.journal.ByteWriter;
import io.kraft.engine.journal.UnreadableEntryException;

/**
 * How messages of members are written: a byte for the version of the format, the name of
 * the cluster, the sender, what the message is, and the claims. What is longer than any
 * message can be, is of another cluster, or has anything but sound values is refused as a
 * whole. Thread-safe.
 */
public final class SwimCodec {

	/** What the largest message has, with room. */
	public static final int MAX_BYTES = 512 * 1024;

	private static final int VERSION = 1;

	private static final int PING = 1;

	private static final int PING_REQUEST = 2;

	private static final int ACK = 3;

	private static final int SYNC = 4;

	private static final int NEWS = 5;

	/** Far beyond what a member can count, and a sum of two does not overflow. */
	private static final long MAX_REVISION = 1L << 61;

	/** By their codes. */
	private static final MemberState[] STATES = { MemberState.ALIVE, MemberState.SUSPECT, MemberState.DEAD,
			MemberState.LEFT };

	private final String cluster;

	/**
	 * Of a cluster.
	 * @param cluster its name
	 */
	public SwimCodec(String cluster) {
		this.cluster = cluster;
	}

	/**
	 * The bytes of a message.
	 */
	public byte[] encode(SwimMessage message) {
		ByteWriter out = new ByteWriter(512).writeByte(VERSION).writeString(this.cluster);
		write(out, message.from());
		out.writeString(message.address());
		write(out, message.content());
		out.writeUnsigned(message.updates().size());
		message.updates().forEach((member) -> write(out, member));
		return out.toBytes();
	}

	private static void write(ByteWriter out, MemberId id) {
		out.writeString(id.node()).writeFixed64(id.incarnation());
	}

	private static void write(ByteWriter out, Member member) {
		write(out, member.id());
		out.writeString(member.address())
			.writeByte(code(member.state()))
			.writeUnsigned(member.revision())
			.writeBytes(member.meta());
	}

	private static void write(ByteWriter out, Content content) {
		switch (content) {
			case Content.Ping ping -> write(out.writeByte(PING).writeUnsigned(ping.sequence()), ping.target());
			case Content.PingRequest request -> {
				write(out.writeByte(PING_REQUEST).writeUnsigned(request.sequence()), request.target());
				out.writeString(request.targetAddress());
			}
			case Content.Ack ack -> write(out.writeByte(ACK).writeUnsigned(ack.sequence()), ack.of());
			case Content.Sync sync -> out.writeByte(SYNC).writeBoolean(sync.wantsAnswer());
			case Content.News news -> out.writeByte(NEWS);
		}
	}

	private static int code(MemberState state) {
		return switch (state) {
			case ALIVE -> 0;
			case SUSPECT -> 1;
			case DEAD -> 2;
			case LEFT -> 3;
		};
	}

	/**
	 * The message of bytes.
	 * @throws RefusedFrameException if they are not one of this cluster
	 */
	public SwimMessage decode(byte[] bytes) {
		if (bytes.length > MAX_BYTES) {
			throw RefusedFrameException
				.refused("a message of membership has " + bytes.length + " bytes, more than " + MAX_BYTES);
		}
		try {
			return read(new ByteReader(bytes));
		}
		catch (UnreadableEntryException | IllegalArgumentException ex) {
			throw RefusedFrameException.refused("a message of membership cannot be read", ex);
		}
	}

	private SwimMessage read(ByteReader in) {
		int version = in.readByte();
		if (version != VERSION) {
			throw RefusedFrameException.unknownFormat("a message of membership of format " + version,
					"format " + VERSION + " only");
		}
		String name = in.readString();
		if (!name.equals(this.cluster)) {
			throw RefusedFrameException
				.refused("a message of membership is of cluster '" + name + "', not '" + this.cluster + "'");
		}
		MemberId from = id(in);
		String address = address(in);
		Content content = content(in);
		int count = in.readInt(0, SwimMessage.MAX_UPDATES);
		List<Member> updates = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			updates.add(member(in));
		}
		in.end();
		return new SwimMessage(from, address, content, updates);
	}

	private static MemberId id(ByteReader in) {
		return new MemberId(in.readString(), in.readFixed64());
	}

	private static String address(ByteReader in) {
		String address = in.readString();
		if (address.isEmpty() || address.length() > Member.MAX_ADDRESS_CHARACTERS) {
			throw in.corrupt("an address has " + address.length() + " characters");
		}
		return address;
	}

	private static Member member(ByteReader in) {
		MemberId id = id(in);
		String address = address(in);
		MemberState state = STATES[in.readInt(0, STATES.length - 1)];
		long revision = in.readUnsigned();
		if (revision < 0 || revision > MAX_REVISION) {
			throw in.corrupt("a revision is " + revision);
		}
		return new Member(id, address, state, revision, in.readBytes());
	}

	private static Content content(ByteReader in) {
		int kind = in.readByte();
		return switch (kind) {
			case PING -> new Content.Ping(in.readUnsigned(), id(in));
			case PING_REQUEST -> new Content.PingRequest(in.readUnsigned(), id(in), address(in));
			case ACK -> new Content.Ack(in.readUnsigned(), id(in));
			case SYNC -> new Content.Sync(in.readBoolean());
			case NEWS -> new Content.News();
			default -> throw in.corrupt("a message has the kind " + kind);
		};
	}

}
