package io.kraft.engine.store.kv;

import java.nio.charset.StandardCharsets;

import io.kraft.engine.journal.ByteReader;
import io.kraft.engine.journal.ByteWriter;
import io.kraft.engine.journal.JournalCodec;
import io.kraft.engine.journal.Outcome;
import io.kraft.engine.journal.Payload;
import io.kraft.engine.journal.UnreadableEntryException;
import io.kraft.engine.store.Message;
import io.kraft.engine.store.Message.Kind;
import org.jspecify.annotations.Nullable;

/**
 * How messages are written down: a byte for the format's version, then the fields. Run
 * and sequence are in the key. What a message for the run's code carries stands under a
 * key of its own if it is large, so that a search for a message reads only heads.
 */
final class MessageCodec {

	private static final int VERSION = 2;

	/** Of an outcome that stands with the head of its message. */
	private static final int MAX_WITH_HEAD = 4 * 1024;

	private static final Outcome NO_PAYLOAD = new Outcome.Success(Payload.NULL);

	private MessageCodec() {
	}

	static Encoded encode(Message message) {
		byte[] outcome = JournalCodec.encodeOutcome(message.outcome());
		boolean isApart = message.kind().isForCode() && outcome.length > MAX_WITH_HEAD;
		ByteWriter out = new ByteWriter(128).writeByte(VERSION)
			.writeByte(message.kind().code())
			.writeString(message.name())
			.writeMillis(message.at())
			.writeBoolean(isApart);
		if (isApart) {
			return new Encoded(out.writeUnsigned(outcome.length).toBytes(), outcome);
		}
		return new Encoded(out.writeBytes(outcome).toBytes(), null);
	}

	/**
	 * The head of a message, and what stands with it.
	 */
	static Head decode(long run, long sequence, byte[] bytes) {
		ByteReader in = new ByteReader(bytes);
		int version = in.readByte();
		if (version != VERSION) {
			throw UnreadableEntryException.unknownFormat("message format " + version,
					"message format " + VERSION + " only");
		}
		Kind kind = kind(in.readByte());
		String name = in.readString();
		var at = in.readMillis();
		boolean isApart = in.readBoolean();
		int apart = isApart ? in.readInt(1, Integer.MAX_VALUE) : 0;
		Outcome outcome = isApart ? NO_PAYLOAD : JournalCodec.decodeOutcome(in.readBytes());
		in.end();
		return new Head(new Message(run, sequence, kind, name, outcome, at), bytes.length, apart);
	}

	private static Kind kind(int code) {
		for (Kind kind : Kind.values()) {
			if (kind.code() == code) {
				return kind;
			}
		}
		throw UnreadableEntryException.unknownFormat("message kind " + code, "others only");
	}

	/**
	 * A message, written down.
	 *
	 * @param payload what stands under a key of its own; null if all is in the head
	 */
	@SuppressWarnings("ArrayRecordComponent") // Written, never compared.
	record Encoded(byte[] head, byte @Nullable [] payload) {
	}

	/**
	 * A message as far as it was read.
	 *
	 * @param message without what it carries if that stands apart
	 * @param length of what was read
	 * @param apart how many bytes stand apart; 0 if none do
	 */
	record Head(Message message, int length, int apart) {

		boolean isWhole() {
			return this.apart == 0;
		}

		/** About how many bytes it takes, with what it carries. */
		int bytes() {
			return (int) Math.min(Integer.MAX_VALUE, (long) this.length + this.apart);
		}

		/** How many bytes its name and what it carries take. */
		long contents() {
			int carried = (this.message.outcome() instanceof Outcome.Success(Payload value)) ? value.bytes().length : 0;
			return this.message.name().getBytes(StandardCharsets.UTF_8).length
					+ (long) (isWhole() ? carried : this.apart);
		}

		/** With what it carries, which was read from its own key. */
		Message with(byte[] payload) {
			return new Message(this.message.run(), this.message.sequence(), this.message.kind(), this.message.name(),
					JournalCodec.decodeOutcome(payload), this.message.at());
		}

	}

}
