package io.kraft.cluster.routing;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import io.kraft.client.PartitionUnavailableException;
import io.kraft.cluster.transport.Address;
import io.kraft.engine.journal.ByteReader;
import io.kraft.engine.journal.ByteWriter;
import io.kraft.engine.journal.Failure;
import io.kraft.engine.journal.failure.Failures;
import io.kraft.workflow.KraftException;
import io.kraft.workflow.VisibleText;

/**
 * The frames of calls between nodes.
 * <p>
 * A request: the format's version, the code of the method, the partition, the id of the
 * request, which of its attempts it is, how many milliseconds remain, and the arguments.
 * An answer: the format's version, its kind, and what belongs to that. Exceptions are
 * their class, message and fields; only those of the API of Kraft become themselves
 * again, and nothing is deserialized by Java.
 */
final class RunWire {

	/** The method of transports that carries these frames. */
	static final String TRANSPORT_METHOD = "runs";

	private static final int VERSION = 1;

	private static final int VALUE = 1;

	private static final int FAILURE = 2;

	private static final int NOT_LEADER = 3;

	private static final int NOT_READY = 4;

	private static final int UNKNOWN = 5;

	private RunWire() {
	}

	static <A> byte[] request(RunMethod<A, ?> method, int partition, String id, int attempt, Duration remaining,
			A arguments) {
		ByteWriter out = new ByteWriter(256).writeByte(VERSION).writeByte(method.code()).writeUnsigned(partition);
		out.writeString(id).writeUnsigned(attempt).writeUnsigned(remaining.toMillis());
		method.arguments().write(out, arguments);
		return out.toBytes();
	}

	/**
	 * @throws MalformedFrameException if the bytes are no request of this version
	 */
	static Request<?, ?> request(byte[] frame) {
		return read(frame, (in) -> {
			int code = in.readByte();
			RunMethod<?, ?> method = RunMethod.of(code)
				.orElseThrow(() -> new MalformedFrameException("method " + code + " is not known here", null));
			return request(method, in);
		});
	}

	private static <A, R> Request<A, R> request(RunMethod<A, R> method, ByteReader in) {
		return new Request<>(method, in.readInt(0, Integer.MAX_VALUE), in.readString(),
				in.readInt(1, Integer.MAX_VALUE), Duration.ofMillis(in.readInt(0, Integer.MAX_VALUE)),
				method.arguments().read(in));
	}

	static <R> byte[] answer(RunMethod<?, R> method, Answer<R> answer) {
		ByteWriter out = new ByteWriter(128).writeByte(VERSION);
		switch (answer) {
			case Answer.Value<R>(R value) -> method.answer().write(out.writeByte(VALUE), value);
			case Answer.Failed<R>(RuntimeException failure) -> write(out.writeByte(FAILURE), failure);
			case Answer.NotLeader<R> elsewhere -> Codec.writeNullable(out.writeByte(NOT_LEADER), Codec.TEXT,
					(elsewhere.hint() != null) ? elsewhere.hint().toString() : null);
			case Answer.NotReady<R>(String why) -> out.writeByte(NOT_READY).writeString(why);
			case Answer.Unknown<R>(String why) -> out.writeByte(UNKNOWN).writeString(why);
		}
		return out.toBytes();
	}

	/**
	 * @throws MalformedFrameException if the bytes are no answer of this version
	 */
	static <R> Answer<R> answer(RunMethod<?, R> method, byte[] frame) {
		return read(frame, (in) -> {
			int kind = in.readByte();
			return switch (kind) {
				case VALUE -> new Answer.Value<>(method.answer().read(in));
				case FAILURE -> new Answer.Failed<>(failure(in));
				case NOT_LEADER -> {
					String hint = in.readOptionalString();
					yield new Answer.NotLeader<>((hint != null) ? Address.parse(hint) : null);
				}
				case NOT_READY -> new Answer.NotReady<>(in.readString());
				case UNKNOWN -> new Answer.Unknown<>(in.readString());
				default -> throw new MalformedFrameException("answer " + kind + " is not known here", null);
			};
		});
	}

	private static <T> T read(byte[] frame, Function<ByteReader, T> reader) {
		try {
			ByteReader in = new ByteReader(frame);
			int version = in.readByte();
			if (version != VERSION) {
				throw new MalformedFrameException(
						"its version is " + version + ", and this node knows " + VERSION + " only", null);
			}
			T value = reader.apply(in);
			in.end();
			return value;
		}
		catch (MalformedFrameException ex) {
			throw ex;
		}
		catch (RuntimeException ex) {
			// What values refuse in their constructors is malformed as well.
			throw new MalformedFrameException(Failures.describe(ex), ex);
		}
	}

	private static void write(ByteWriter out, RuntimeException failure) {
		String message = failure.getMessage();
		out.writeString(failure.getClass().getName()).writeOptionalString(message);
		out.writeString((failure instanceof KraftException kraft) ? kraft.code() : "");
		Codec.TEXTS.write(out, (failure instanceof KraftException kraft) ? kraft.fields() : Map.of());
	}

	private static RuntimeException failure(ByteReader in) {
		String type = in.readString();
		String message = in.readOptionalString();
		String code = in.readString();
		Map<String, String> fields = Codec.TEXTS.read(in);
		if (isOfApi(type)) {
			Failure failure = new Failure(type, message, "", null, List.of(), fields);
			if (Failures.restoreUnchecked(failure, Map.of()) instanceof RuntimeException restored
					&& restored.getClass().getName().equals(type)) {
				return restored;
			}
		}
		return new RemoteFailureException(code.isEmpty() ? PartitionUnavailableException.CODE : code,
				VisibleText.escape(type + ": " + message));
	}

	/** Whose constructors do nothing but keep their message. */
	private static boolean isOfApi(String type) {
		return type.matches("io\\.kraft\\.(client|workflow)\\.[A-Za-z]+Exception")
				|| type.equals(IllegalArgumentException.class.getName());
	}

	/**
	 * A request that came.
	 *
	 * @param remaining how long its caller still waits
	 */
	record Request<A, R>(RunMethod<A, R> method, int partition, String id, int attempt, Duration remaining,
			A arguments) {

	}

}
