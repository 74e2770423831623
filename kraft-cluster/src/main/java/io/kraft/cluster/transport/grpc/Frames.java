package io.kraft.cluster.transport.grpc;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * The bytes of requests and answers.
 *
 * <pre>
 * request: version (1 byte) · length of the method's name (1 byte) · name · what the caller sends
 * answer:  version (1 byte) · kind (1 byte) · what the handler returned, or a message
 * </pre>
 *
 * The first byte of both and the kinds of answers are the same in all versions: a node
 * that is called in a version it does not know answers so, and is understood.
 */
final class Frames {

	static final int VERSION = 1;

	private static final int MAX_METHOD = 255;

	private Frames() {
	}

	static byte[] request(String method, byte[] body) {
		byte[] name = method.getBytes(StandardCharsets.UTF_8);
		if (name.length == 0 || name.length > MAX_METHOD) {
			throw new IllegalArgumentException(
					"The method '%s' has %d bytes: expected 1 to %d".formatted(method, name.length, MAX_METHOD));
		}
		return ByteBuffer.allocate(Math.addExact(2 + name.length, body.length))
			.put((byte) VERSION)
			.put((byte) name.length)
			.put(name)
			.put(body)
			.array();
	}

	/**
	 * Reads a request of a peer.
	 * @throws IllegalArgumentException if it is malformed or of another version
	 */
	static Request readRequest(byte[] frame) {
		if (frame.length == 0 || frame[0] != VERSION) {
			throw new IllegalArgumentException("The call has version %s: this node speaks version %d of calls"
				.formatted((frame.length == 0) ? "none" : Integer.toString(frame[0] & 0xFF), VERSION));
		}
		int length = (frame.length > 1) ? frame[1] & 0xFF : 0;
		if (length == 0 || frame.length < 2 + length) {
			throw new IllegalArgumentException("The call has %d bytes and names no method".formatted(frame.length));
		}
		return new Request(new String(frame, 2, length, StandardCharsets.UTF_8),
				Arrays.copyOfRange(frame, 2 + length, frame.length));
	}

	static byte[] answer(Kind kind, byte[] body) {
		return ByteBuffer.allocate(Math.addExact(2, body.length))
			.put((byte) VERSION)
			.put((byte) kind.code)
			.put(body)
			.array();
	}

	static byte[] answer(Kind kind, String message) {
		return answer(kind, message.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * What an answer is, or null if it is none that this version knows.
	 */
	static @Nullable Kind kindOf(byte[] frame) {
		if (frame.length < 2) {
			return null;
		}
		for (Kind kind : Kind.values()) {
			// A body of another version means something else; a refusal is one in any.
			if (kind.code == frame[1] && (kind == Kind.NOT_CALLED || frame[0] == VERSION)) {
				return kind;
			}
		}
		return null;
	}

	static byte[] bodyOf(byte[] answer) {
		return Arrays.copyOfRange(answer, 2, answer.length);
	}

	static String messageOf(byte[] answer) {
		return new String(answer, 2, answer.length - 2, StandardCharsets.UTF_8);
	}

	/**
	 * What an answer means. The codes never change.
	 */
	enum Kind {

		/** The handler returned the body. */
		ANSWERED(0),

		/** The handler threw an exception: without effect. */
		REFUSED(1),

		/** No handler was called. */
		NOT_CALLED(2),

		/** The handler may have had an effect, and there is no answer. */
		FAILED(3);

		private final int code;

		Kind(int code) {
			this.code = code;
		}

	}

	/**
	 * A request that was read.
	 *
	 * @param method which handler it is for
	 * @param body what the caller sends
	 */
	@SuppressWarnings("ArrayRecordComponent")
	record Request(String method, byte[] body) {
	}

}
