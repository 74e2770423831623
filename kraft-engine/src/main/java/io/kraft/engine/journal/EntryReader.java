package io.kraft.engine.journal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

/**
 * Reads the parts that entries are made of. The counterpart of {@link EntryWriter}.
 */
final class EntryReader {

	private final ByteReader bytes;

	private final UnaryOperator<Payload> payloads;

	/**
	 * Reads from there.
	 * @param payloads called with each payload, in order, for what is read in its place
	 */
	EntryReader(ByteReader bytes, UnaryOperator<Payload> payloads) {
		this.bytes = bytes;
		this.payloads = payloads;
	}

	int number() {
		return this.bytes.readInt(0, Integer.MAX_VALUE);
	}

	long fixed64() {
		return this.bytes.readFixed64();
	}

	String string() {
		return this.bytes.readString();
	}

	@Nullable String optionalString() {
		return this.bytes.readOptionalString();
	}

	Instant millis() {
		return this.bytes.readMillis();
	}

	Instant micros() {
		long micros = this.bytes.readSigned();
		return Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000);
	}

	Position position() {
		int[] path = new int[this.bytes.readInt(0, this.bytes.remaining())];
		for (int depth = 0; depth < path.length; depth++) {
			path[depth] = this.bytes.readInt(1, Integer.MAX_VALUE);
		}
		return Position.of(path);
	}

	List<Position> positions() {
		int count = this.bytes.readInt(0, this.bytes.remaining());
		List<Position> positions = new ArrayList<>(count);
		for (int i = 0; i < count; i++) {
			positions.add(position());
		}
		return positions;
	}

	Payload payload() {
		Payload payload = optionalPayload();
		if (payload == null) {
			throw this.bytes.corrupt("a value is missing");
		}
		return payload;
	}

	@Nullable Payload optionalPayload() {
		int kind = this.bytes.readByte();
		return switch (kind) {
			case EntryWriter.ABSENT -> null;
			case EntryWriter.JSON_NULL -> this.payloads.apply(Payload.NULL);
			case EntryWriter.PLAIN_JSON -> this.payloads.apply(Payload.json(this.bytes.readBytes()));
			case EntryWriter.WRAPPED ->
				this.payloads.apply(new Payload(this.bytes.readString(), this.bytes.readBytes()));
			default -> throw this.bytes.corrupt("a value is of kind " + kind);
		};
	}

	Map<String, Payload> payloads() {
		int count = this.bytes.readInt(0, this.bytes.remaining());
		Map<String, Payload> payloads = new HashMap<>();
		for (int i = 0; i < count; i++) {
			payloads.put(string(), payload());
		}
		return payloads;
	}

	Map<String, String> strings() {
		int count = this.bytes.readInt(0, this.bytes.remaining());
		Map<String, String> strings = new HashMap<>();
		for (int i = 0; i < count; i++) {
			strings.put(string(), string());
		}
		return strings;
	}

	Outcome outcome() {
		int kind = this.bytes.readByte();
		return switch (kind) {
			case EntryWriter.SUCCESS -> new Outcome.Success(payload());
			case EntryWriter.FAILED -> new Outcome.Failed(failure());
			case EntryWriter.FAILED_WITH_SUPPRESSED -> new Outcome.Failed(failure().withSuppressed(suppressed()));
			default -> throw this.bytes.corrupt("an outcome is of kind " + kind);
		};
	}

	@Nullable Outcome optionalOutcome() {
		return this.bytes.readBoolean() ? outcome() : null;
	}

	OperationKind kind() {
		int code = this.bytes.readByte();
		OperationKind kind = OperationKind.of(code);
		if (kind == null) {
			throw UnreadableEntryException.unknownFormat("operation kind " + code, "others only");
		}
		return kind;
	}

	CancelCause cause() {
		int code = this.bytes.readByte();
		CancelCause cause = CancelCause.of(code);
		if (cause == null) {
			throw UnreadableEntryException.unknownFormat("cause of cancellation " + code, "others only");
		}
		return cause;
	}

	private List<Failure> suppressed() {
		int count = this.bytes.readInt(0, this.bytes.remaining());
		List<Failure> suppressed = new ArrayList<>(count);
		for (int i = 0; i < count; i++) {
			suppressed.add(failure());
		}
		return suppressed;
	}

	Failure failure() {
		List<Failure> chain = new ArrayList<>(2);
		for (int kind = this.bytes.readByte(); kind != EntryWriter.NO_FAILURE; kind = this.bytes.readByte()) {
			if (kind > EntryWriter.FAILURE_WITH_FIELDS) {
				throw this.bytes.corrupt("a failure is of kind " + kind);
			}
			if (chain.size() == EntryWriter.MAX_CAUSES) {
				throw this.bytes.corrupt("a failure has more than " + EntryWriter.MAX_CAUSES + " causes");
			}
			chain.add(new Failure(this.bytes.readString(), this.bytes.readOptionalString(), this.bytes.readString(),
					null, List.of(), (kind == EntryWriter.FAILURE_WITH_FIELDS) ? strings() : null));
		}
		Failure failure = null;
		for (Failure above : chain.reversed()) {
			failure = new Failure(above.type(), above.message(), above.stackTrace(), failure, List.of(),
					above.fields());
		}
		if (failure == null) {
			throw this.bytes.corrupt("a failure is missing");
		}
		return failure;
	}

}
