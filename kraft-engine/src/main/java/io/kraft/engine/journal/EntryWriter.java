package io.kraft.engine.journal;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

/**
 * Appends the parts that entries are made of. The counterpart of {@link EntryReader}.
 */
final class EntryWriter {

	static final int ABSENT = 0;

	static final int JSON_NULL = 1;

	static final int PLAIN_JSON = 2;

	static final int WRAPPED = 3;

	static final int SUCCESS = 0;

	static final int FAILED = 1;

	static final int FAILED_WITH_SUPPRESSED = 2;

	static final int NO_FAILURE = 0;

	static final int FAILURE = 1;

	static final int FAILURE_WITH_FIELDS = 2;

	static final int MAX_CAUSES = 64;

	private static final int EXPECTED_BYTES = 192;

	private final ByteWriter bytes = new ByteWriter(EXPECTED_BYTES);

	private final UnaryOperator<Payload> payloads;

	/**
	 * Begins with the version.
	 * @param payloads called with each payload, in order, for what is written in its
	 * place
	 */
	EntryWriter(int version, UnaryOperator<Payload> payloads) {
		this.bytes.writeByte(version);
		this.payloads = payloads;
	}

	byte[] toBytes() {
		return this.bytes.toBytes();
	}

	EntryWriter type(int type) {
		this.bytes.writeByte(type);
		return this;
	}

	EntryWriter number(int value) {
		this.bytes.writeUnsigned(value);
		return this;
	}

	EntryWriter fixed64(long value) {
		this.bytes.writeFixed64(value);
		return this;
	}

	EntryWriter string(String value) {
		this.bytes.writeString(value);
		return this;
	}

	EntryWriter optionalString(@Nullable String value) {
		this.bytes.writeOptionalString(value);
		return this;
	}

	EntryWriter millis(Instant instant) {
		this.bytes.writeMillis(instant);
		return this;
	}

	EntryWriter micros(Instant instant) {
		long micros = Math.addExact(Math.multiplyExact(instant.getEpochSecond(), 1_000_000L),
				instant.getNano() / 1_000);
		this.bytes.writeSigned(micros);
		return this;
	}

	EntryWriter position(Position position) {
		this.bytes.writeUnsigned(position.depth());
		for (int depth = 0; depth < position.depth(); depth++) {
			this.bytes.writeUnsigned(position.number(depth));
		}
		return this;
	}

	EntryWriter positions(List<Position> positions) {
		number(positions.size());
		positions.forEach(this::position);
		return this;
	}

	EntryWriter optionalPayload(@Nullable Payload payload) {
		if (payload == null) {
			this.bytes.writeByte(ABSENT);
			return this;
		}
		return payload(payload);
	}

	EntryWriter payload(Payload value) {
		Payload payload = this.payloads.apply(value);
		if (!payload.codecs().isEmpty()) {
			this.bytes.writeByte(WRAPPED).writeString(payload.codecs()).writeBytes(payload.bytes());
		}
		else if (Arrays.equals(payload.bytes(), Payload.NULL.bytes())) {
			this.bytes.writeByte(JSON_NULL);
		}
		else {
			this.bytes.writeByte(PLAIN_JSON).writeBytes(payload.bytes());
		}
		return this;
	}

	/**
	 * In the order of the keys, so that the same map has the same bytes.
	 */
	EntryWriter payloads(Map<String, Payload> payloads) {
		number(payloads.size());
		new TreeMap<>(payloads).forEach((key, payload) -> string(key).payload(payload));
		return this;
	}

	EntryWriter strings(Map<String, String> strings) {
		number(strings.size());
		new TreeMap<>(strings).forEach((key, value) -> string(key).string(value));
		return this;
	}

	EntryWriter outcome(Outcome outcome) {
		return switch (outcome) {
			case Outcome.Success success -> type(SUCCESS).payload(success.value());
			case Outcome.Failed(Failure failure) when failure.suppressed().isEmpty() -> type(FAILED).failure(failure);
			case Outcome.Failed(Failure failure) -> type(FAILED_WITH_SUPPRESSED).failure(failure).suppressed(failure);
		};
	}

	EntryWriter optionalOutcome(@Nullable Outcome outcome) {
		this.bytes.writeBoolean(outcome != null);
		return (outcome != null) ? outcome(outcome) : this;
	}

	EntryWriter kind(OperationKind kind) {
		return type(kind.code());
	}

	EntryWriter cause(CancelCause cause) {
		return type(cause.code());
	}

	private EntryWriter suppressed(Failure failure) {
		number(failure.suppressed().size());
		failure.suppressed().forEach(this::failure);
		return this;
	}

	/**
	 * The failure, and its causes below it: a byte before each marks whether there is
	 * one, and whether it has fields.
	 */
	EntryWriter failure(Failure failure) {
		Failure next = failure;
		for (int written = 0; next != null && written < MAX_CAUSES; written++) {
			Map<String, String> fields = next.fields();
			type((fields != null) ? FAILURE_WITH_FIELDS : FAILURE);
			this.bytes.writeString(next.type()).writeOptionalString(next.message()).writeString(next.stackTrace());
			if (fields != null) {
				strings(fields);
			}
			next = next.cause();
		}
		return type(NO_FAILURE);
	}

}
