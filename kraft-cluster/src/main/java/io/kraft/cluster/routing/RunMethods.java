package io.kraft.cluster.routing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.kraft.client.QueueDescription;
import io.kraft.client.ScheduleDescription;
import io.kraft.cluster.routing.Codec.Done;
import io.kraft.cluster.routing.RunArguments.Again;
import io.kraft.cluster.routing.RunArguments.Complete;
import io.kraft.cluster.routing.RunArguments.Control;
import io.kraft.cluster.routing.RunArguments.End;
import io.kraft.cluster.routing.RunArguments.Entries;
import io.kraft.cluster.routing.RunArguments.MessageHead;
import io.kraft.cluster.routing.RunArguments.MessagePage;
import io.kraft.cluster.routing.RunArguments.Messages;
import io.kraft.cluster.routing.RunArguments.Named;
import io.kraft.cluster.routing.RunArguments.Numbered;
import io.kraft.cluster.routing.RunArguments.Replace;
import io.kraft.cluster.routing.RunArguments.Runs;
import io.kraft.cluster.routing.RunArguments.Signal;
import io.kraft.cluster.routing.RunArguments.Take;
import io.kraft.cluster.routing.RunMethod.Served;
import io.kraft.engine.journal.Payload;
import io.kraft.engine.routing.Call;
import io.kraft.engine.routing.RunView;
import io.kraft.engine.routing.RunViews;
import io.kraft.engine.routing.StartCommand;
import io.kraft.engine.routing.StartedRun;
import io.kraft.engine.store.Message;

/**
 * All that a partition is asked by other nodes. Codes are in use for ever.
 */
final class RunMethods {

	/** Of a page of an inbox or a journal, but always one element. */
	static final int PAGE_BYTES = 256 * 1024;

	/** Most elements of such a page. */
	static final int PAGE = 500;

	private static final List<RunMethod<?, ?>> DEFINED = new ArrayList<>();

	static final RunMethod<StartCommand, StartedRun> START = change(1, "start", RunCodecs.START, RunCodecs.STARTED,
			(to, call, command) -> to.runs().start(call, command));

	static final RunMethod<Signal, Done> SIGNAL = change(2, "signal", Signal.CODEC,
			(to, call, asked) -> to.runs().signal(call, asked.id(), asked.name(), asked.outcome(), asked.messageId()));

	static final RunMethod<Complete, Done> COMPLETE = change(3, "complete", Complete.CODEC,
			(to, call, asked) -> to.runs().complete(call, asked.token(), asked.outcome()));

	static final RunMethod<Control, Done> CONTROL = change(4, "control", Control.CODEC,
			(to, call, asked) -> to.runs().control(call, asked.id(), asked.action()));

	static final RunMethod<Named, Done> FAIL_RUN = change(5, "failRun", Named.CODEC,
			(to, call, asked) -> to.runs().failRun(call, asked.id(), asked.name()));

	static final RunMethod<Numbered, Done> DISCARD_MESSAGE = change(6, "discardMessage", Numbered.CODEC,
			(to, call, asked) -> to.runs().discardMessage(call, asked.run().id(), asked.number()));

	static final RunMethod<Replace, Done> REPLACE_MESSAGE = change(7, "replaceMessage", Replace.CODEC,
			(to, call, asked) -> to.runs().replaceMessage(call, asked.id(), asked.number(), asked.outcome()));

	static final RunMethod<String, Done> PAUSE_QUEUE = change(8, "pauseQueue", Codec.TEXT,
			(to, call, name) -> to.runs().pauseQueue(call, name));

	static final RunMethod<String, Done> RECORD_QUEUE_RESUMED = change(9, "recordQueueResumed", Codec.TEXT,
			(to, call, name) -> to.runs().recordQueueResumed(call, name));

	static final RunMethod<String, Done> RESUME_QUEUE = change(10, "resumeQueue", Codec.TEXT,
			(to, call, name) -> to.runs().resumeQueue(call, name));

	static final RunMethod<String, Done> PAUSE_SCHEDULE = change(11, "pauseSchedule", Codec.TEXT,
			(to, call, name) -> to.runs().pauseSchedule(call, name));

	static final RunMethod<String, Done> RESUME_SCHEDULE = change(12, "resumeSchedule", Codec.TEXT,
			(to, call, name) -> to.runs().resumeSchedule(call, name));

	static final RunMethod<String, String> TRIGGER_SCHEDULE = change(13, "triggerSchedule", Codec.TEXT, Codec.TEXT,
			(to, call, name) -> to.runs().triggerSchedule(call, name));

	/** Rows of a channel: repeated, they are skipped by its mark. */
	static final RunMethod<Take, Long> TAKE = change(14, "take", Take.CODEC, Codec.LONG,
			(to, call, asked) -> to.incoming().take(asked.source(), asked.rows()));

	static final RunMethod<Again, StartCommand> AGAIN = query(32, "again", Again.CODEC, RunCodecs.START,
			(to, call, asked) -> to.runs().again(call, asked.id(), asked.position()));

	static final RunMethod<End, EndPoll.Answer> END = query(33, "end", End.CODEC, EndPoll.Answer.CODEC,
			(to, call, asked) -> to.poll().await(to.runs(), call, asked.run(), Duration.ofMillis(asked.waitMillis())));

	static final RunMethod<String, Optional<RunView>> FIND = query(34, "find", Codec.TEXT,
			Codec.optional(RunCodecs.VIEW), (to, call, id) -> to.runs().find(call, id));

	static final RunMethod<String, RunView> RUN = query(35, "run", Codec.TEXT, RunCodecs.VIEW,
			(to, call, id) -> to.runs().run(call, id));

	static final RunMethod<Runs, RunViews> RUNS = query(36, "runs", Runs.CODEC, RunCodecs.VIEWS,
			(to, call, asked) -> to.runs().runs(call, asked.filter(), asked.before(), asked.limit()));

	static final RunMethod<Entries, List<byte[]>> ENTRIES = query(37, "entries", Entries.CODEC, Codec.list(Codec.BYTES),
			(to, call, asked) -> to.runs().entries(call, asked.run(), asked.from(), asked.limit(), asked.maxBytes()));

	static final RunMethod<StartedRun, Optional<byte[]>> LAST_ENTRY = query(38, "lastEntry", RunCodecs.STARTED,
			Codec.optional(Codec.BYTES), (to, call, run) -> Optional.ofNullable(to.runs().lastEntry(call, run)));

	static final RunMethod<StartedRun, Integer> JOURNAL_LENGTH = query(39, "journalLength", RunCodecs.STARTED,
			Codec.INT, (to, call, run) -> to.runs().journalLength(call, run));

	static final RunMethod<Messages, MessagePage> MESSAGES = query(40, "messages", Messages.CODEC, MessagePage.CODEC,
			RunMethods::page);

	static final RunMethod<Numbered, Optional<Message>> MESSAGE = query(41, "message", Numbered.CODEC,
			Codec.optional(RunCodecs.MESSAGE),
			(to, call, asked) -> Optional.ofNullable(to.runs().message(call, asked.run(), asked.number())));

	static final RunMethod<Named, Optional<Payload>> PUBLISHED = query(42, "published", Named.CODEC,
			Codec.optional(RunCodecs.PAYLOAD),
			(to, call, asked) -> Optional.ofNullable(to.runs().published(call, asked.id(), asked.name())));

	static final RunMethod<String, String> CALLBACK = query(43, "callback", Codec.TEXT, Codec.TEXT,
			(to, call, token) -> to.runs().callback(call, token));

	static final RunMethod<Done, List<QueueDescription>> QUEUES = query(44, "queues", Codec.DONE,
			Codec.list(RunCodecs.QUEUE), (to, call, none) -> to.runs().queues(call));

	static final RunMethod<Done, List<ScheduleDescription>> SCHEDULES = query(45, "schedules", Codec.DONE,
			Codec.list(RunCodecs.SCHEDULE), (to, call, none) -> to.runs().schedules(call));

	/** All of them, in the order of their codes. */
	static final List<RunMethod<?, ?>> ALL = List.copyOf(DEFINED);

	private RunMethods() {
	}

	private static <A, R> RunMethod<A, R> change(int code, String name, Codec<A> arguments, Codec<R> answer,
			RunMethod.Execution<A, R> execution) {
		return define(new RunMethod<>(code, name, true, arguments, answer, execution));
	}

	private static <A> RunMethod<A, Done> change(int code, String name, Codec<A> arguments, Effect<A> effect) {
		return change(code, name, arguments, Codec.DONE, (to, call, asked) -> {
			effect.execute(to, call, asked);
			return Done.DONE;
		});
	}

	private static <A, R> RunMethod<A, R> query(int code, String name, Codec<A> arguments, Codec<R> answer,
			RunMethod.Execution<A, R> execution) {
		return define(new RunMethod<>(code, name, false, arguments, answer, execution));
	}

	private static <A, R> RunMethod<A, R> define(RunMethod<A, R> method) {
		DEFINED.add(method);
		return method;
	}

	/** Behind what the caller has: messages rise in their sequence. */
	private static MessagePage page(Served to, Call call, Messages asked) {
		List<MessageHead> page = new ArrayList<>();
		long[] bytes = new long[1];
		boolean[] isLast = { true };
		to.runs().messages(call, asked.id(), (message, isWhole, size) -> {
			if (message.sequence() <= asked.after()) {
				return true;
			}
			if (!page.isEmpty() && (page.size() == PAGE || bytes[0] + size > PAGE_BYTES)) {
				isLast[0] = false;
				return false;
			}
			page.add(new MessageHead(message, isWhole, size));
			bytes[0] += isWhole ? size : 0;
			return true;
		});
		return new MessagePage(page, isLast[0]);
	}

	/**
	 * What has no answer but that it is done.
	 */
	@FunctionalInterface
	private interface Effect<A> {

		void execute(Served partition, Call call, A arguments);

	}

}
