package io.kraft.engine.store.kv;

import io.kraft.engine.journal.ByteReader;
import io.kraft.engine.journal.ByteWriter;
import io.kraft.engine.journal.JournalCodec;
import io.kraft.engine.journal.UnreadableEntryException;
import io.kraft.engine.store.Message;
import io.kraft.engine.store.Message.Kind;

/**
 * How messages are written down: a byte for the format's version, then the fields. Run
 * and sequence are in the key.
 */
final class MessageCodec {

	private static final int VERSION = 1;

	private MessageCodec() {
	}

	static byte[] encode(Message message) {
		return new ByteWriter(128).writeByte(VERSION)
			.writeByte(message.kind().code())
			.writeString(message.name())
			.writeMillis(message.at())
			.writeBytes(JournalCodec.encodeOutcome(message.outcome()))
			.toBytes();
	}

	static Message decode(long run, long sequence, byte[] bytes) {
		ByteReader in = new ByteReader(bytes);
		int version = in.readByte();
		if (version != VERSION) {
			throw UnreadableEntryException.unknownFormat("message format " + version,
					"message format " + VERSION + " only");
		}
		Kind kind = kind(in.readByte());
		String name = in.readString();
		var at = in.readMillis();
		Message message = new Message(run, sequence, kind, name, JournalCodec.decodeOutcome(in.readBytes()), at);
		in.end();
		return message;
	}

	private static Kind kind(int code) {
		for (Kind kind : Kind.values()) {
			if (kind.code() == code) {
				return kind;
			}
		}
		throw UnreadableEntryException.unknownFormat("message kind " + code, "others only");
	}

}
