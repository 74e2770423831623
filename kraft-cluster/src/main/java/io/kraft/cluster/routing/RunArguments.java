package io.kraft.cluster.routing;

import java.util.List;

import io.kraft.engine.journal.Outcome;
import io.kraft.engine.routing.RunControlAction;
import io.kraft.engine.routing.StartedRun;
import io.kraft.engine.store.Message;
import io.kraft.engine.store.OutboxEntry;
import io.kraft.engine.store.RunFilter;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of methods that have several, in the order in which frames have them.
 */
final class RunArguments {

	private RunArguments() {
	}

	record Again(String id, @Nullable String position) {

		static final Codec<Again> CODEC = new Codec<>(
				(out, value) -> out.writeString(value.id).writeOptionalString(value.position),
				(in) -> new Again(in.readString(), in.readOptionalString()));

	}

	/**
	 * @param waitMillis longest wait at the partition
	 */
	record End(StartedRun run, long waitMillis) {

		static final Codec<End> CODEC = new Codec<>((out, value) -> {
			RunCodecs.STARTED.write(out, value.run);
			out.writeUnsigned(value.waitMillis);
		}, (in) -> new End(RunCodecs.STARTED.read(in), in.readInt(0, Integer.MAX_VALUE)));

	}

	record Runs(RunFilter filter, long before, int limit) {

		static final Codec<Runs> CODEC = new Codec<>((out, value) -> {
			RunCodecs.FILTER.write(out, value.filter);
			out.writeUnsigned(value.before).writeUnsigned(value.limit);
		}, (in) -> new Runs(RunCodecs.FILTER.read(in), in.readUnsigned(), in.readInt(0, Integer.MAX_VALUE)));

	}

	record Entries(StartedRun run, int from, int limit, long maxBytes) {

		static final Codec<Entries> CODEC = new Codec<>((out, value) -> {
			RunCodecs.STARTED.write(out, value.run);
			out.writeUnsigned(value.from).writeUnsigned(value.limit).writeUnsigned(value.maxBytes);
		}, (in) -> new Entries(RunCodecs.STARTED.read(in), in.readInt(0, Integer.MAX_VALUE),
				in.readInt(0, Integer.MAX_VALUE), in.readUnsigned()));

	}

	/**
	 * @param after sequence of the last one that the caller has; 0 at first
	 */
	record Messages(String id, long after) {

		static final Codec<Messages> CODEC = new Codec<>(
				(out, value) -> out.writeString(value.id).writeUnsigned(value.after),
				(in) -> new Messages(in.readString(), in.readUnsigned()));

	}

	record MessageHead(Message message, boolean isWhole, int bytes) {

		static final Codec<MessageHead> CODEC = new Codec<>((out, value) -> {
			RunCodecs.MESSAGE.write(out, value.message);
			out.writeBoolean(value.isWhole).writeUnsigned(value.bytes);
		}, (in) -> new MessageHead(RunCodecs.MESSAGE.read(in), in.readBoolean(), in.readInt(0, Integer.MAX_VALUE)));

	}

	record MessagePage(List<MessageHead> messages, boolean isLast) {

		static final Codec<MessagePage> CODEC = new Codec<>((out, value) -> {
			Codec.list(MessageHead.CODEC).write(out, value.messages);
			out.writeBoolean(value.isLast);
		}, (in) -> new MessagePage(Codec.list(MessageHead.CODEC).read(in), in.readBoolean()));

	}

	record Numbered(StartedRun run, long number) {

		static final Codec<Numbered> CODEC = new Codec<>((out, value) -> {
			RunCodecs.STARTED.write(out, value.run);
			out.writeUnsigned(value.number);
		}, (in) -> new Numbered(RunCodecs.STARTED.read(in), in.readUnsigned()));

	}

	record Named(String id, String name) {

		static final Codec<Named> CODEC = new Codec<>((out, value) -> out.writeString(value.id).writeString(value.name),
				(in) -> new Named(in.readString(), in.readString()));

	}

	record Signal(String id, String name, Outcome outcome, @Nullable String messageId) {

		static final Codec<Signal> CODEC = new Codec<>((out, value) -> {
			out.writeString(value.id).writeString(value.name);
			RunCodecs.OUTCOME.write(out, value.outcome);
			out.writeOptionalString(value.messageId);
		}, (in) -> new Signal(in.readString(), in.readString(), RunCodecs.OUTCOME.read(in), in.readOptionalString()));

	}

	record Complete(String token, Outcome outcome) {

		static final Codec<Complete> CODEC = new Codec<>((out, value) -> {
			out.writeString(value.token);
			RunCodecs.OUTCOME.write(out, value.outcome);
		}, (in) -> new Complete(in.readString(), RunCodecs.OUTCOME.read(in)));

	}

	record Control(String id, RunControlAction action) {

		static final Codec<Control> CODEC = new Codec<>((out, value) -> {
			out.writeString(value.id);
			Codec.enumOf(RunControlAction.class).write(out, value.action);
		}, (in) -> new Control(in.readString(), Codec.enumOf(RunControlAction.class).read(in)));

	}

	record Replace(String id, long number, Outcome.Success outcome) {

		static final Codec<Replace> CODEC = new Codec<>((out, value) -> {
			out.writeString(value.id).writeUnsigned(value.number);
			RunCodecs.PAYLOAD.write(out, value.outcome.value());
		}, (in) -> new Replace(in.readString(), in.readUnsigned(), new Outcome.Success(RunCodecs.PAYLOAD.read(in))));

	}

	record Take(int source, List<OutboxEntry> rows) {

		static final Codec<Take> CODEC = new Codec<>((out, value) -> {
			out.writeUnsigned(value.source);
			Codec.list(RunCodecs.OUTBOX).write(out, value.rows);
		}, (in) -> new Take(in.readInt(0, Integer.MAX_VALUE), Codec.list(RunCodecs.OUTBOX).read(in)));

	}

}
