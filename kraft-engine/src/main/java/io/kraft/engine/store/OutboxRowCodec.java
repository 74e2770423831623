package io.kraft.engine.store;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

import io.kraft.engine.journal.ByteReader;
import io.kraft.engine.journal.ByteWriter;
import io.kraft.engine.journal.JournalCodec;
import io.kraft.engine.journal.Outcome;
import io.kraft.engine.journal.Payload;
import io.kraft.engine.journal.UnreadableEntryException;
import io.kraft.engine.store.OutboxRow.Cancel;
import io.kraft.engine.store.OutboxRow.ChildEnded;
import io.kraft.engine.store.OutboxRow.Signal;
import io.kraft.engine.store.OutboxRow.Start;
import io.kraft.engine.store.OutboxRow.StartChild;
import io.kraft.engine.store.OutboxRow.Watch;
import org.jspecify.annotations.Nullable;

/**
 * How rows for other partitions are written down, in stores and on the way: a byte for
 * the format's version, a byte for the kind, which is never used again for another one,
 * and the fields. Target and sequence are not part of it.
 */
public final class OutboxRowCodec {

	private static final int VERSION = 1;

	private static final int SIGNAL = 1;

	private static final int START = 2;

	private static final int START_CHILD = 3;

	/** Without the workflow: of earlier builds. */
	private static final int WATCH_OF_ANY = 4;

	private static final int CANCEL = 5;

	private static final int CHILD_ENDED = 6;

	private static final int WATCH = 7;

	private static final int MAX_NANOS = 999_999_999;

	private OutboxRowCodec() {
	}

	/**
	 * The row as bytes.
	 */
	public static byte[] encode(OutboxRow row) {
		ByteWriter out = new ByteWriter(Math.min(row.sizeBytes(), 4096)).writeByte(VERSION);
		switch (row) {
			case Signal signal -> {
				begin(out, SIGNAL, row);
				write(out, signal.from());
				out.writeString(signal.name());
				write(out, signal.value());
			}
			case Start start -> {
				begin(out, START, row);
				out.writeString(start.schedule()).writeMillis(start.fireTime());
				write(out, start.run());
			}
			case StartChild start -> {
				begin(out, START_CHILD, row);
				write(out, start.parent());
				out.writeBoolean(start.isChosen());
				write(out, start.run());
			}
			case Watch watch -> {
				begin(out, (watch.workflow() != null) ? WATCH : WATCH_OF_ANY, row);
				write(out, watch.parent());
				if (watch.workflow() != null) {
					out.writeString(watch.workflow());
				}
			}
			case Cancel cancel -> {
				begin(out, CANCEL, row);
				write(out, cancel.parent());
			}
			case ChildEnded ended -> {
				begin(out, CHILD_ENDED, row);
				out.writeUnsigned(ended.parent().run()).writeString(ended.parent().position());
				out.writeString(ended.child()).writeBoolean(ended.childRun() != null);
				if (ended.childRun() != null) {
					out.writeUnsigned(ended.childRun());
				}
				out.writeBytes(JournalCodec.encodeOutcome(ended.outcome()));
			}
		}
		return out.toBytes();
	}

	private static void begin(ByteWriter out, int kind, OutboxRow row) {
		out.writeByte(kind).writeString(row.requestId()).writeString(row.to()).writeMillis(row.at());
	}

	/**
	 * The row that the bytes hold.
	 * @throws UnreadableEntryException if they are no row that this version knows
	 */
	public static OutboxRow decode(byte[] bytes) {
		ByteReader in = new ByteReader(bytes);
		int version = in.readByte();
		if (version != VERSION) {
			throw UnreadableEntryException.unknownFormat("outbox format " + version,
					"outbox format " + VERSION + " only");
		}
		int kind = in.readByte();
		String request = in.readString();
		String to = in.readString();
		Instant at = in.readMillis();
		OutboxRow row = switch (kind) {
			case SIGNAL -> new Signal(request, to, requester(in), in.readString(), payload(in), at);
			case START -> new Start(request, to, in.readString(), in.readMillis(), start(in), at);
			case START_CHILD -> new StartChild(request, to, requester(in), in.readBoolean(), start(in), at);
			case WATCH_OF_ANY -> new Watch(request, to, requester(in), null, at);
			case WATCH -> new Watch(request, to, requester(in), in.readString(), at);
			case CANCEL -> new Cancel(request, to, requester(in), at);
			case CHILD_ENDED ->
				new ChildEnded(request, new Requester(to, in.readUnsigned(), in.readString()), in.readString(),
						in.readBoolean() ? in.readUnsigned() : null, JournalCodec.decodeOutcome(in.readBytes()), at);
			default -> throw UnreadableEntryException.unknownFormat("outbox row " + kind, "others only");
		};
		in.end();
		return row;
	}

	private static void write(ByteWriter out, Requester requester) {
		out.writeString(requester.id()).writeUnsigned(requester.run()).writeString(requester.position());
	}

	private static Requester requester(ByteReader in) {
		return new Requester(in.readString(), in.readUnsigned(), in.readString());
	}

	private static void write(ByteWriter out, Payload payload) {
		out.writeString(payload.codecs()).writeBytes(payload.bytes());
	}

	private static Payload payload(ByteReader in) {
		return new Payload(in.readString(), in.readBytes());
	}

	private static void write(ByteWriter out, RunStart run) {
		out.writeString(run.workflow()).writeSigned(run.version()).writeOptionalString(run.step());
		write(out, run.arguments());
		out.writeBoolean(run.timeout() != null);
		if (run.timeout() != null) {
			write(out, run.timeout());
		}
		write(out, run.delay());
		out.writeSigned(run.priority());
		write(out, run.tags());
		write(out, run.trace());
	}

	private static RunStart start(ByteReader in) {
		return new RunStart(in.readString(), (int) in.readSigned(), in.readOptionalString(), payload(in), timeout(in),
				duration(in), (int) in.readSigned(), texts(in), texts(in));
	}

	private static void write(ByteWriter out, Duration duration) {
		out.writeSigned(duration.getSeconds()).writeUnsigned(duration.getNano());
	}

	private static @Nullable Duration timeout(ByteReader in) {
		return in.readBoolean() ? duration(in) : null;
	}

	private static Duration duration(ByteReader in) {
		return Duration.ofSeconds(in.readSigned(), in.readInt(0, MAX_NANOS));
	}

	/** In the order of the keys, so that equal rows have equal bytes. */
	private static void write(ByteWriter out, Map<String, String> texts) {
		out.writeUnsigned(texts.size());
		new TreeMap<>(texts).forEach((key, value) -> out.writeString(key).writeString(value));
	}

	private static Map<String, String> texts(ByteReader in) {
		Map<String, String> texts = new TreeMap<>();
		for (int left = in.readInt(0, in.remaining()); left > 0; left--) {
			texts.put(in.readString(), in.readString());
		}
		return texts;
	}

}
