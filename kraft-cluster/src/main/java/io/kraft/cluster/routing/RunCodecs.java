package io.kraft.cluster.routing;

import java.time.ZoneId;
import java.util.Set;
import java.util.stream.Stream;

import io.kraft.client.IfExists;
import io.kraft.client.QueueDescription;
import io.kraft.client.ScheduleDescription;
import io.kraft.client.WorkflowStatus;
import io.kraft.engine.journal.ByteReader;
import io.kraft.engine.journal.ByteWriter;
import io.kraft.engine.journal.JournalCodec;
import io.kraft.engine.journal.JournalEntry;
import io.kraft.engine.journal.JournalEntry.RunContinued;
import io.kraft.engine.journal.Outcome;
import io.kraft.engine.journal.Payload;
import io.kraft.engine.journal.Position;
import io.kraft.engine.routing.Activity;
import io.kraft.engine.routing.Completion;
import io.kraft.engine.routing.CopiedHistory;
import io.kraft.engine.routing.RunView;
import io.kraft.engine.routing.RunViews;
import io.kraft.engine.routing.StartCommand;
import io.kraft.engine.routing.StartedRun;
import io.kraft.engine.store.Message;
import io.kraft.engine.store.OutboxEntry;
import io.kraft.engine.store.OutboxRowCodec;
import io.kraft.engine.store.RunFilter;
import io.kraft.engine.store.RunRow;
import io.kraft.engine.store.kv.RunRowCodec;
import io.kraft.workflow.WorkQueue;

/**
 * How requests and answers of partitions are written in frames. Rows, entries and
 * outcomes are written as stores have them.
 */
final class RunCodecs {

	static final Codec<Payload> PAYLOAD = new Codec<>(
			(out, value) -> out.writeString(value.codecs()).writeBytes(value.bytes()),
			(in) -> new Payload(in.readString(), in.readBytes()));

	static final Codec<Outcome> OUTCOME = new Codec<>((out, value) -> out.writeBytes(JournalCodec.encodeOutcome(value)),
			(in) -> JournalCodec.decodeOutcome(in.readBytes()));

	static final Codec<JournalEntry> ENTRY = new Codec<>((out, value) -> out.writeBytes(JournalCodec.encode(value)),
			(in) -> JournalCodec.decode(in.readBytes()));

	static final Codec<StartedRun> STARTED = new Codec<>(
			(out, value) -> out.writeString(value.id()).writeUnsigned(value.number()),
			(in) -> new StartedRun(in.readString(), in.readUnsigned()));

	static final Codec<RunRow> ROW = new Codec<>(
			(out, value) -> out.writeUnsigned(value.number()).writeBytes(RunRowCodec.encode(value)),
			(in) -> RunRowCodec.decode(in.readUnsigned(), in.readBytes()));

	static final Codec<Activity> ACTIVITY = new Codec<>((out, value) -> {
		out.writeOptionalString((value.position() != null) ? value.position().toString() : null);
		out.writeOptionalString(value.currentStep()).writeUnsigned(value.attempt());
		Codec.writeNullable(out, Codec.MILLIS, value.calledAt());
		Codec.writeNullable(out, Codec.MILLIS, value.since());
		out.writeOptionalString(value.waitingFor());
	}, (in) -> {
		String position = in.readOptionalString();
		return new Activity((position != null) ? position(position) : null, in.readOptionalString(),
				in.readInt(0, Integer.MAX_VALUE), Codec.readNullable(in, Codec.MILLIS),
				Codec.readNullable(in, Codec.MILLIS), in.readOptionalString());
	});

	static final Codec<RunView> VIEW = new Codec<>((out, value) -> {
		ROW.write(out, value.row());
		Codec.list(ACTIVITY).write(out, value.activities());
	}, (in) -> new RunView(ROW.read(in), Codec.list(ACTIVITY).read(in)));

	static final Codec<RunViews> VIEWS = new Codec<>((out, value) -> {
		Codec.list(VIEW).write(out, value.runs());
		out.writeUnsigned(value.nextBefore());
	}, (in) -> new RunViews(Codec.list(VIEW).read(in), in.readUnsigned()));

	static final Codec<Completion> COMPLETION = new Codec<>((out, value) -> {
		ROW.write(out, value.row());
		OUTCOME.write(out, value.outcome());
	}, (in) -> new Completion(ROW.read(in), OUTCOME.read(in)));

	static final Codec<RunFilter> FILTER = new Codec<>((out, value) -> {
		out.writeOptionalString(value.name());
		Codec.list(Codec.enumOf(WorkflowStatus.class)).write(out, value.statuses().stream().sorted().toList());
		Codec.TEXTS.write(out, value.tags());
		Codec.writeNullable(out, Codec.MILLIS, value.createdAfter());
		Codec.writeNullable(out, Codec.MILLIS, value.createdBefore());
	}, (in) -> new RunFilter(in.readOptionalString(),
			Set.copyOf(Codec.list(Codec.enumOf(WorkflowStatus.class)).read(in)), Codec.TEXTS.read(in),
			Codec.readNullable(in, Codec.MILLIS), Codec.readNullable(in, Codec.MILLIS)));

	static final Codec<Message> MESSAGE = new Codec<>((out, value) -> {
		out.writeUnsigned(value.run()).writeUnsigned(value.sequence());
		Codec.enumOf(Message.Kind.class).write(out, value.kind());
		out.writeString(value.name());
		OUTCOME.write(out, value.outcome());
		out.writeMillis(value.at());
	}, (in) -> new Message(in.readUnsigned(), in.readUnsigned(), Codec.enumOf(Message.Kind.class).read(in),
			in.readString(), OUTCOME.read(in), in.readMillis()));

	static final Codec<OutboxEntry> OUTBOX = new Codec<>(
			(out, value) -> out.writeUnsigned(value.sequence()).writeBytes(OutboxRowCodec.encode(value.row())),
			(in) -> new OutboxEntry(in.readUnsigned(), OutboxRowCodec.decode(in.readBytes())));

	static final Codec<CopiedHistory> HISTORY = new Codec<>((out, value) -> {
		out.writeFixed64(value.seed());
		Codec.writeNullable(out, ENTRY, value.continued());
		Codec.list(ENTRY).write(out, value.entries());
	}, (in) -> new CopiedHistory(in.readFixed64(), (RunContinued) Codec.readNullable(in, ENTRY),
			Codec.list(ENTRY).read(in)));

	/** Without what counts in the process of the caller only. */
	static final Codec<StartCommand> START = new Codec<>(RunCodecs::write, RunCodecs::start);

	static final Codec<ScheduleDescription> SCHEDULE = new Codec<>((out, value) -> {
		out.writeString(value.name()).writeString(value.workflow()).writeString(value.description());
		out.writeString(value.zone().getId()).writeBoolean(value.paused());
		Codec.writeNullable(out, Codec.MILLIS, value.lastTick());
		Codec.writeNullable(out, Codec.MILLIS, value.nextTick());
	}, (in) -> new ScheduleDescription(in.readString(), in.readString(), in.readString(), ZoneId.of(in.readString()),
			in.readBoolean(), Codec.readNullable(in, Codec.MILLIS), Codec.readNullable(in, Codec.MILLIS)));

	static final Codec<QueueDescription> QUEUE = new Codec<>((out, value) -> {
		write(out, value.queue());
		out.writeBoolean(value.paused()).writeUnsigned(value.scheduled()).writeUnsigned(value.pending());
		out.writeUnsigned(value.active()).writeUnsigned(value.dead());
	}, (in) -> new QueueDescription(queue(in), in.readBoolean(), in.readUnsigned(), in.readUnsigned(),
			in.readUnsigned(), in.readUnsigned()));

	private RunCodecs() {
	}

	private static Position position(String text) {
		return text.isEmpty() ? Position.ROOT
				: Position.of(Stream.of(text.split("\\.", -1)).mapToInt(Integer::parseInt).toArray());
	}

	private static void write(ByteWriter out, StartCommand command) {
		out.writeString(command.workflow()).writeSigned(command.version()).writeOptionalString(command.step());
		PAYLOAD.write(out, command.arguments());
		out.writeOptionalString(command.id());
		Codec.writeNullable(out, Codec.DURATION, command.timeout());
		Codec.DURATION.write(out, command.delay());
		out.writeSigned(command.priority());
		Codec.TEXTS.write(out, command.tags());
		Codec.enumOf(IfExists.class).write(out, command.ifExists());
		Codec.TEXTS.write(out, command.trace());
		Codec.writeNullable(out, HISTORY, command.history());
	}

	private static StartCommand start(ByteReader in) {
		return new StartCommand(in.readString(), Codec.INT.read(in), in.readOptionalString(), null, PAYLOAD.read(in),
				in.readOptionalString(), false, Codec.readNullable(in, Codec.DURATION), Codec.DURATION.read(in),
				Codec.INT.read(in), Codec.TEXTS.read(in), Codec.enumOf(IfExists.class).read(in), Codec.TEXTS.read(in),
				Codec.readNullable(in, HISTORY));
	}

	private static void write(ByteWriter out, WorkQueue queue) {
		out.writeString(queue.name());
		Codec.writeNullable(out, Codec.INT, queue.concurrency());
		Codec.writeNullable(out, Codec.INT, queue.concurrencyPerNode());
		WorkQueue.Rate rate = queue.rate();
		out.writeBoolean(rate != null);
		if (rate != null) {
			Codec.INT.write(out, rate.max());
			Codec.DURATION.write(out, rate.period());
		}
		WorkQueue.Retries retry = queue.retry();
		out.writeBoolean(retry != null);
		if (retry != null) {
			Codec.writeNullable(out, Codec.INT, retry.maxAttempts());
			Codec.writeNullable(out, Codec.DURATION, retry.initialDelay());
			Codec.writeNullable(out, Codec.DURATION, retry.maxDelay());
		}
		Codec.writeNullable(out, Codec.DURATION, queue.retention());
	}

	private static WorkQueue queue(ByteReader in) {
		return new WorkQueue(in.readString(), Codec.readNullable(in, Codec.INT), Codec.readNullable(in, Codec.INT),
				in.readBoolean() ? new WorkQueue.Rate(Codec.INT.read(in), Codec.DURATION.read(in)) : null,
				in.readBoolean() ? new WorkQueue.Retries(Codec.readNullable(in, Codec.INT),
						Codec.readNullable(in, Codec.DURATION), Codec.readNullable(in, Codec.DURATION)) : null,
				Codec.readNullable(in, Codec.DURATION));
	}

}
