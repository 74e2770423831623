package io.kraft.engine.hosting;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import io.kraft.client.QueueDescription;
import io.kraft.client.ScheduleDescription;
import io.kraft.engine.execution.Execution;
import io.kraft.engine.journal.Outcome;
import io.kraft.engine.journal.Payload;
import io.kraft.engine.lifecycle.StartRequest;
import io.kraft.engine.partition.WrittenAnswer;
import io.kraft.engine.routing.Call;
import io.kraft.engine.routing.Completion;
import io.kraft.engine.routing.RunControlAction;
import io.kraft.engine.routing.RunService;
import io.kraft.engine.routing.RunView;
import io.kraft.engine.routing.RunViews;
import io.kraft.engine.routing.StartCommand;
import io.kraft.engine.routing.StartedRun;
import io.kraft.engine.schedule.Schedules;
import io.kraft.engine.store.Message;
import io.kraft.engine.store.MessageVisitor;
import io.kraft.engine.store.RunFilter;
import io.kraft.engine.store.RunRow;
import io.kraft.engine.store.RunSlice;
import io.kraft.engine.store.Store;
import org.jspecify.annotations.Nullable;

/**
 * The runs of a partition that is hosted here. A request that comes from another process
 * has its effect once; one to pause a queue has it again, which changes nothing.
 * Thread-safe.
 */
final class LocalRuns implements RunService {

	private final Execution execution;

	private final Schedules schedules;

	/**
	 * The runs of an execution.
	 * @param schedules whose home it is
	 */
	LocalRuns(Execution execution, Schedules schedules) {
		this.execution = execution;
		this.schedules = schedules;
	}

	@Override
	public int partition() {
		return this.execution.partition();
	}

	@Override
	public void checkTakesWork() {
		this.execution.checkTakesWork();
	}

	@Override
	public StartedRun start(Call call, StartCommand command) {
		if (!call.isTransported()) {
			return this.execution.start(request(command));
		}
		return this.execution.requests()
			.make(call, (answer) -> this.execution.start(request(command.transported()), answer),
					(number) -> new StartedRun(command.runId(), Long.parseLong(number)));
	}

	private StartRequest request(StartCommand command) {
		return StartRequest.of(command, this.execution.node().definitions());
	}

	@Override
	public StartCommand again(Call call, String id, @Nullable String position) {
		return (position != null) ? this.execution.revival().restartFrom(id, position)
				: this.execution.revival().restart(id);
	}

	@Override
	public CompletableFuture<Completion> end(Call call, String id) {
		return this.execution.completions().of(id);
	}

	@Override
	public CompletableFuture<Completion> end(Call call, StartedRun run) {
		return this.execution.completions().of(run);
	}

	@Override
	public Optional<RunView> find(Call call, String id) {
		return store().run(id).map(this::view);
	}

	@Override
	public RunView run(Call call, String id) {
		return view(this.execution.reads().row(id));
	}

	private RunView view(RunRow row) {
		return new RunView(row,
				row.status().isTerminal() ? List.of() : this.execution.reads().activities(row.number()));
	}

	@Override
	public RunViews runs(Call call, RunFilter filter, long before, int limit) {
		RunSlice slice = store().runs(filter, before, limit);
		return new RunViews(slice.rows().stream().map(this::view).toList(), slice.nextBefore());
	}

	@Override
	public List<byte[]> entries(Call call, StartedRun run, int from, int limit, long maxBytes) {
		List<byte[]> entries = new ArrayList<>();
		long bytes = 0;
		while (entries.size() < limit && (entries.isEmpty() || bytes < maxBytes)) {
			byte[] entry = store().entry(run.number(), from + entries.size());
			if (entry == null) {
				break;
			}
			entries.add(entry);
			bytes += entry.length;
		}
		return entries;
	}

	@Override
	public void journal(Call call, StartedRun run, Consumer<byte[]> reader) {
		store().journal(run.number(), 0, reader);
	}

	@Override
	public byte @Nullable [] lastEntry(Call call, StartedRun run) {
		return store().lastEntry(run.number());
	}

	@Override
	public int journalLength(Call call, StartedRun run) {
		return store().journalLength(run.number());
	}

	@Override
	public void messages(Call call, String id, MessageVisitor visitor) {
		this.execution.inboxes().read(id, visitor);
	}

	@Override
	public @Nullable Message message(Call call, StartedRun run, long number) {
		return store().message(run.number(), number);
	}

	@Override
	public void checkTakesSignal(Call call, String id, String name, Outcome outcome) {
		this.execution.delivery().refusal(id, name, outcome).ifPresent((refusal) -> {
			throw refusal;
		});
	}

	@Override
	public @Nullable Payload published(Call call, String id, String key) {
		return this.execution.messages().published(id, key);
	}

	@Override
	public void signal(Call call, String id, String name, Outcome outcome, @Nullable String messageId) {
		once(call, (answer) -> this.execution.messages().signal(id, name, outcome, messageId, answer));
	}

	@Override
	public void complete(Call call, String token, Outcome outcome) {
		once(call, (answer) -> this.execution.messages().complete(token, outcome, answer));
	}

	@Override
	public String callback(Call call, String token) {
		return this.execution.messages().callback(token).place();
	}

	@Override
	public void control(Call call, String id, RunControlAction action) {
		once(call, (answer) -> control(id, action, answer));
	}

	private void control(String id, RunControlAction action, WrittenAnswer answer) {
		switch (action) {
			case CANCEL -> this.execution.control().cancel(id, answer);
			case TERMINATE -> this.execution.control().terminate(id, answer);
			case PAUSE -> this.execution.control().pause(id, answer);
			case RESUME -> this.execution.control().resume(id, answer);
			case DELETE -> this.execution.control().delete(id, answer);
			case RETRY -> this.execution.revival().retry(id, answer);
		}
	}

	@Override
	public void retryChild(Call call, StartedRun run, String workflow) {
		once(call, (answer) -> this.execution.revival().retryChild(run, workflow, answer));
	}

	private void once(Call call, Consumer<WrittenAnswer> effect) {
		this.execution.requests().make(call, (answer) -> {
			effect.accept(answer);
			return call;
		}, (answer) -> call);
	}

	@Override
	public void failRun(Call call, String id, String reason) {
		once(call, (answer) -> this.execution.control().failRun(id, reason, answer));
	}

	@Override
	public void discardMessage(Call call, String id, long number) {
		once(call, (answer) -> this.execution.inboxes().discard(id, number, answer));
	}

	@Override
	public void replaceMessage(Call call, String id, long number, Outcome.Success outcome) {
		once(call, (answer) -> this.execution.inboxes().replace(id, number, outcome, answer));
	}

	@Override
	public List<QueueDescription> queues(Call call) {
		return this.execution.queues().descriptions();
	}

	@Override
	public void pauseQueue(Call call, String name) {
		this.execution.queues().pause(name);
	}

	@Override
	public void recordQueueResumed(Call call, String name) {
		this.execution.queues().recordResumed(name);
	}

	@Override
	public void resumeQueue(Call call, String name) {
		this.execution.queues().resume(name);
	}

	@Override
	public List<ScheduleDescription> schedules(Call call) {
		return this.schedules.descriptions();
	}

	@Override
	public void pauseSchedule(Call call, String name) {
		once(call, (answer) -> this.schedules.pause(name, answer));
	}

	@Override
	public void resumeSchedule(Call call, String name) {
		once(call, (answer) -> this.schedules.resume(name, answer));
	}

	@Override
	public String triggerSchedule(Call call, String name) {
		return this.schedules.trigger(call, name);
	}

	private Store store() {
		return this.execution.store();
	}

}
