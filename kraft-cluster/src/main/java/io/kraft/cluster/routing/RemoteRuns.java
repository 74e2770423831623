package io.kraft.cluster.routing;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import io.kraft.client.QueueDescription;
import io.kraft.client.ScheduleDescription;
import io.kraft.cluster.routing.Codec.Done;
import io.kraft.cluster.routing.RunArguments.Again;
import io.kraft.cluster.routing.RunArguments.Complete;
import io.kraft.cluster.routing.RunArguments.Control;
import io.kraft.cluster.routing.RunArguments.Entries;
import io.kraft.cluster.routing.RunArguments.MessageHead;
import io.kraft.cluster.routing.RunArguments.MessagePage;
import io.kraft.cluster.routing.RunArguments.Messages;
import io.kraft.cluster.routing.RunArguments.Named;
import io.kraft.cluster.routing.RunArguments.Numbered;
import io.kraft.cluster.routing.RunArguments.Replace;
import io.kraft.cluster.routing.RunArguments.RetryChild;
import io.kraft.cluster.routing.RunArguments.Runs;
import io.kraft.cluster.routing.RunArguments.Signal;
import io.kraft.engine.journal.Outcome;
import io.kraft.engine.journal.Payload;
import io.kraft.engine.routing.Call;
import io.kraft.engine.routing.Completion;
import io.kraft.engine.routing.RunControlAction;
import io.kraft.engine.routing.RunService;
import io.kraft.engine.routing.RunView;
import io.kraft.engine.routing.RunViews;
import io.kraft.engine.routing.StartCommand;
import io.kraft.engine.routing.StartedRun;
import io.kraft.engine.store.Message;
import io.kraft.engine.store.MessageVisitor;
import io.kraft.engine.store.RunFilter;
import org.jspecify.annotations.Nullable;

/**
 * A partition, wherever its leader is: each method is one call that is repeated until it
 * is answered. What is long is read page by page. Thread-safe.
 */
final class RemoteRuns implements RunService {

	private final int partition;

	private final PartitionCalls calls;

	RemoteRuns(int partition, PartitionCalls calls) {
		this.partition = partition;
		this.calls = calls;
	}

	private <A, R> R ask(RunMethod<A, R> method, A arguments) {
		return this.calls.call(this.partition, method, arguments);
	}

	private <A> void send(RunMethod<A, Done> method, A arguments) {
		var unused = ask(method, arguments);
	}

	@Override
	public int partition() {
		return this.partition;
	}

	@Override
	public void checkTakesWork() {
		this.calls.checkOpen();
	}

	@Override
	public StartedRun start(Call call, StartCommand command) {
		return ask(RunMethods.START, command);
	}

	@Override
	public StartCommand again(Call call, String id, @Nullable String position) {
		return ask(RunMethods.AGAIN, new Again(id, position));
	}

	@Override
	public CompletableFuture<Completion> end(Call call, String id) {
		return end(call, new StartedRun(id, 0));
	}

	@Override
	public CompletableFuture<Completion> end(Call call, StartedRun run) {
		return this.calls.end(this.partition, run);
	}

	@Override
	public Optional<RunView> find(Call call, String id) {
		return ask(RunMethods.FIND, id);
	}

	@Override
	public RunView run(Call call, String id) {
		return ask(RunMethods.RUN, id);
	}

	@Override
	public RunViews runs(Call call, RunFilter filter, long before, int limit) {
		return ask(RunMethods.RUNS, new Runs(filter, before, limit));
	}

	@Override
	public List<byte[]> entries(Call call, StartedRun run, int from, int limit, long maxBytes) {
		return ask(RunMethods.ENTRIES, new Entries(run, from, limit, maxBytes));
	}

	@Override
	public void journal(Call call, StartedRun run, Consumer<byte[]> reader) {
		int from = 0;
		List<byte[]> page;
		do {
			page = entries(call, run, from, RunMethods.PAGE, RunMethods.PAGE_BYTES);
			page.forEach(reader);
			from += page.size();
		}
		while (page.size() == RunMethods.PAGE || sizeBytes(page) >= RunMethods.PAGE_BYTES);
	}

	private static long sizeBytes(List<byte[]> entries) {
		return entries.stream().mapToLong((entry) -> entry.length).sum();
	}

	@Override
	public byte @Nullable [] lastEntry(Call call, StartedRun run) {
		return ask(RunMethods.LAST_ENTRY, run).orElse(null);
	}

	@Override
	public int journalLength(Call call, StartedRun run) {
		return ask(RunMethods.JOURNAL_LENGTH, run);
	}

	@Override
	public void messages(Call call, String id, MessageVisitor visitor) {
		long after = 0;
		MessagePage page;
		do {
			page = ask(RunMethods.MESSAGES, new Messages(id, after));
			for (MessageHead head : page.messages()) {
				if (!visitor.visit(head.message(), head.isWhole(), head.bytes())) {
					return;
				}
				after = head.message().sequence();
			}
		}
		while (!page.isLast());
	}

	@Override
	public @Nullable Message message(Call call, StartedRun run, long number) {
		return ask(RunMethods.MESSAGE, new Numbered(run, number)).orElse(null);
	}

	@Override
	public void checkTakesSignal(Call call, String id, String name, Outcome outcome) {
		send(RunMethods.CHECK_TAKES_SIGNAL, new Signal(id, name, outcome, null));
	}

	@Override
	public @Nullable Payload published(Call call, String id, String key) {
		return ask(RunMethods.PUBLISHED, new Named(id, key)).orElse(null);
	}

	@Override
	public void signal(Call call, String id, String name, Outcome outcome, @Nullable String messageId) {
		send(RunMethods.SIGNAL, new Signal(id, name, outcome, messageId));
	}

	@Override
	public void complete(Call call, String token, Outcome outcome) {
		send(RunMethods.COMPLETE, new Complete(token, outcome));
	}

	@Override
	public String callback(Call call, String token) {
		return ask(RunMethods.CALLBACK, token);
	}

	@Override
	public void control(Call call, String id, RunControlAction action) {
		send(RunMethods.CONTROL, new Control(id, action));
	}

	@Override
	public void retryChild(Call call, StartedRun run, String workflow) {
		send(RunMethods.RETRY_CHILD, new RetryChild(run, workflow));
	}

	@Override
	public void failRun(Call call, String id, String reason) {
		send(RunMethods.FAIL_RUN, new Named(id, reason));
	}

	@Override
	public void discardMessage(Call call, String id, long number) {
		send(RunMethods.DISCARD_MESSAGE, new Numbered(new StartedRun(id, 0), number));
	}

	@Override
	public void replaceMessage(Call call, String id, long number, Outcome.Success outcome) {
		send(RunMethods.REPLACE_MESSAGE, new Replace(id, number, outcome));
	}

	@Override
	public List<QueueDescription> queues(Call call) {
		return ask(RunMethods.QUEUES, Done.DONE);
	}

	@Override
	public void pauseQueue(Call call, String name) {
		send(RunMethods.PAUSE_QUEUE, name);
	}

	@Override
	public void recordQueueResumed(Call call, String name) {
		send(RunMethods.RECORD_QUEUE_RESUMED, name);
	}

	@Override
	public void resumeQueue(Call call, String name) {
		send(RunMethods.RESUME_QUEUE, name);
	}

	@Override
	public List<ScheduleDescription> schedules(Call call) {
		return ask(RunMethods.SCHEDULES, Done.DONE);
	}

	@Override
	public void pauseSchedule(Call call, String name) {
		send(RunMethods.PAUSE_SCHEDULE, name);
	}

	@Override
	public void resumeSchedule(Call call, String name) {
		send(RunMethods.RESUME_SCHEDULE, name);
	}

	@Override
	public String triggerSchedule(Call call, String name) {
		return ask(RunMethods.TRIGGER_SCHEDULE, name);
	}

}
