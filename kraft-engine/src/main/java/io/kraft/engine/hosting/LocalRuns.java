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
 * The runs of a partition that is hosted here. Thread-safe.
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
		return this.execution.start(StartRequest.of(command, this.execution.node().definitions()));
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
		while (entries.size() < limit && bytes < maxBytes) {
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
	public @Nullable Payload published(Call call, String id, String key) {
		return this.execution.messages().published(id, key);
	}

	@Override
	public void signal(Call call, String id, String name, Outcome outcome, @Nullable String messageId) {
		this.execution.messages().signal(id, name, outcome, messageId);
	}

	@Override
	public void complete(Call call, String token, Outcome outcome) {
		this.execution.messages().complete(token, outcome);
	}

	@Override
	public String callback(Call call, String token) {
		return this.execution.messages().callback(token).place();
	}

	@Override
	public void control(Call call, String id, RunControlAction action) {
		switch (action) {
			case CANCEL -> this.execution.control().cancel(id);
			case TERMINATE -> this.execution.control().terminate(id);
			case PAUSE -> this.execution.control().pause(id);
			case RESUME -> this.execution.control().resume(id);
			case DELETE -> this.execution.control().delete(id);
			case RETRY -> this.execution.revival().retry(id);
		}
	}

	@Override
	public void failRun(Call call, String id, String reason) {
		this.execution.control().failRun(id, reason);
	}

	@Override
	public void discardMessage(Call call, String id, long number) {
		this.execution.inboxes().discard(id, number);
	}

	@Override
	public void replaceMessage(Call call, String id, long number, Outcome.Success outcome) {
		this.execution.inboxes().replace(id, number, outcome);
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
	public void resumeQueue(Call call, String name) {
		this.execution.queues().resume(name);
	}

	@Override
	public List<ScheduleDescription> schedules(Call call) {
		return this.schedules.descriptions();
	}

	@Override
	public void pauseSchedule(Call call, String name) {
		this.schedules.pause(name);
	}

	@Override
	public void resumeSchedule(Call call, String name) {
		this.schedules.resume(name);
	}

	@Override
	public String triggerSchedule(Call call, String name) {
		return this.schedules.trigger(name);
	}

	private Store store() {
		return this.execution.store();
	}

}
