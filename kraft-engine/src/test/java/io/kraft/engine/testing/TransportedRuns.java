package io.kraft.engine.testing;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;

import io.kraft.client.QueueDescription;
import io.kraft.client.ScheduleDescription;
import io.kraft.engine.journal.JournalCodec;
import io.kraft.engine.journal.JournalEntry;
import io.kraft.engine.journal.JournalEntry.RunContinued;
import io.kraft.engine.journal.Outcome;
import io.kraft.engine.journal.Payload;
import io.kraft.engine.routing.Call;
import io.kraft.engine.routing.Completion;
import io.kraft.engine.routing.CopiedHistory;
import io.kraft.engine.routing.Deadline;
import io.kraft.engine.routing.RunControlAction;
import io.kraft.engine.routing.RunService;
import io.kraft.engine.routing.RunView;
import io.kraft.engine.routing.RunViews;
import io.kraft.engine.routing.StartCommand;
import io.kraft.engine.routing.StartedRun;
import io.kraft.engine.store.Message;
import io.kraft.engine.store.MessageVisitor;
import io.kraft.engine.store.RunFilter;
import io.kraft.workflow.KraftException;
import org.jspecify.annotations.Nullable;

/**
 * A partition as if it were on another node: what is sent arrives as a copy without what
 * counts only in the process of the caller, and each request has an id. Where answers get
 * lost, each request is made twice.
 */
public final class TransportedRuns implements RunService {

	private static final Duration TIMEOUT = Duration.ofMinutes(5);

	private final RunService target;

	private final boolean repeats;

	/**
	 * A partition elsewhere.
	 * @param repeats whether the answer to the first attempt of each request is lost
	 */
	public TransportedRuns(RunService target, boolean repeats) {
		this.target = target;
		this.repeats = repeats;
	}

	private <T extends @Nullable Object> T request(Function<Call, T> request) {
		String id = UUID.randomUUID().toString();
		Deadline deadline = Deadline.in(TIMEOUT, System::nanoTime);
		if (this.repeats) {
			try {
				var unused = request.apply(Call.transported(id, 1, deadline));
			}
			catch (KraftException ex) {
				// Lost too.
			}
		}
		return request.apply(Call.transported(id, this.repeats ? 2 : 1, deadline));
	}

	private void send(Consumer<Call> request) {
		var unused = request((call) -> {
			request.accept(call);
			return call;
		});
	}

	/** What is read changes nothing: it is read again without an id. */
	private static Call query() {
		return Call.transported(UUID.randomUUID().toString(), 1, Deadline.in(TIMEOUT, System::nanoTime));
	}

	@Override
	public int partition() {
		return this.target.partition();
	}

	@Override
	public void checkTakesWork() {
		// What another process knows is not known here.
	}

	@Override
	public StartedRun start(Call call, StartCommand command) {
		StartCommand copy = copy(command);
		return request((transported) -> this.target.start(transported, copy));
	}

	private static StartCommand copy(StartCommand command) {
		CopiedHistory history = command.history();
		return new StartCommand(command.workflow(), command.version(), command.step(), null, copy(command.arguments()),
				command.id(), false, command.timeout(), command.delay(), command.priority(), Map.copyOf(command.tags()),
				command.ifExists(), Map.copyOf(command.trace()), (history != null) ? copy(history) : null);
	}

	private static CopiedHistory copy(CopiedHistory history) {
		RunContinued continued = history.continued();
		return new CopiedHistory(history.seed(), (continued != null) ? (RunContinued) copy(continued) : null,
				history.entries().stream().map(TransportedRuns::copy).toList());
	}

	private static JournalEntry copy(JournalEntry entry) {
		return JournalCodec.decode(JournalCodec.encode(entry));
	}

	private static Payload copy(Payload payload) {
		return new Payload(payload.codecs(), payload.bytes().clone());
	}

	private static Outcome copy(Outcome outcome) {
		return switch (outcome) {
			case Outcome.Success success -> copy(success);
			case Outcome.Failed failed -> failed;
		};
	}

	private static Outcome.Success copy(Outcome.Success success) {
		return new Outcome.Success(copy(success.value()));
	}

	@Override
	public StartCommand again(Call call, String id, @Nullable String position) {
		return copy(this.target.again(query(), id, position));
	}

	/** Its number first: each further request is about that run. */
	@Override
	public CompletableFuture<Completion> end(Call call, String id) {
		return end(call, this.target.run(query(), id).run());
	}

	@Override
	public CompletableFuture<Completion> end(Call call, StartedRun run) {
		return this.target.end(query(), run);
	}

	@Override
	public Optional<RunView> find(Call call, String id) {
		return this.target.find(query(), id);
	}

	@Override
	public RunView run(Call call, String id) {
		return this.target.run(query(), id);
	}

	@Override
	public RunViews runs(Call call, RunFilter filter, long before, int limit) {
		return this.target.runs(query(), filter, before, limit);
	}

	@Override
	public List<byte[]> entries(Call call, StartedRun run, int from, int limit, long maxBytes) {
		return this.target.entries(query(), run, from, limit, maxBytes);
	}

	@Override
	public void journal(Call call, StartedRun run, Consumer<byte[]> reader) {
		this.target.journal(query(), run, reader);
	}

	@Override
	public byte @Nullable [] lastEntry(Call call, StartedRun run) {
		return this.target.lastEntry(query(), run);
	}

	@Override
	public int journalLength(Call call, StartedRun run) {
		return this.target.journalLength(query(), run);
	}

	@Override
	public void messages(Call call, String id, MessageVisitor visitor) {
		this.target.messages(query(), id, visitor);
	}

	@Override
	public @Nullable Message message(Call call, StartedRun run, long number) {
		return this.target.message(query(), run, number);
	}

	@Override
	public void checkTakesSignal(Call call, String id, String name, Outcome outcome) {
		this.target.checkTakesSignal(query(), id, name, copy(outcome));
	}

	@Override
	public @Nullable Payload published(Call call, String id, String key) {
		return this.target.published(query(), id, key);
	}

	@Override
	public void signal(Call call, String id, String name, Outcome outcome, @Nullable String messageId) {
		send((transported) -> this.target.signal(transported, id, name, copy(outcome), messageId));
	}

	@Override
	public void complete(Call call, String token, Outcome outcome) {
		send((transported) -> this.target.complete(transported, token, copy(outcome)));
	}

	@Override
	public String callback(Call call, String token) {
		return this.target.callback(query(), token);
	}

	@Override
	public void control(Call call, String id, RunControlAction action) {
		send((transported) -> this.target.control(transported, id, action));
	}

	@Override
	public void retryChild(Call call, StartedRun run, String workflow) {
		send((transported) -> this.target.retryChild(transported, run, workflow));
	}

	@Override
	public void failRun(Call call, String id, String reason) {
		send((transported) -> this.target.failRun(transported, id, reason));
	}

	@Override
	public void discardMessage(Call call, String id, long number) {
		send((transported) -> this.target.discardMessage(transported, id, number));
	}

	@Override
	public void replaceMessage(Call call, String id, long number, Outcome.Success outcome) {
		send((transported) -> this.target.replaceMessage(transported, id, number, copy(outcome)));
	}

	@Override
	public List<QueueDescription> queues(Call call) {
		return this.target.queues(query());
	}

	@Override
	public void pauseQueue(Call call, String name) {
		send((transported) -> this.target.pauseQueue(transported, name));
	}

	@Override
	public void recordQueueResumed(Call call, String name) {
		send((transported) -> this.target.recordQueueResumed(transported, name));
	}

	@Override
	public void resumeQueue(Call call, String name) {
		send((transported) -> this.target.resumeQueue(transported, name));
	}

	@Override
	public List<ScheduleDescription> schedules(Call call) {
		return this.target.schedules(query());
	}

	@Override
	public void pauseSchedule(Call call, String name) {
		send((transported) -> this.target.pauseSchedule(transported, name));
	}

	@Override
	public void resumeSchedule(Call call, String name) {
		send((transported) -> this.target.resumeSchedule(transported, name));
	}

	@Override
	public String triggerSchedule(Call call, String name) {
		return request((transported) -> this.target.triggerSchedule(transported, name));
	}

}
