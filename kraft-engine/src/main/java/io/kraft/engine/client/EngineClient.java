package io.kraft.engine.client;

import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.kraft.client.EnqueueOptions;
import io.kraft.client.EntryView;
import io.kraft.client.JournalView;
import io.kraft.client.MessageView;
import io.kraft.client.Page;
import io.kraft.client.QueueDescription;
import io.kraft.client.ReplayCheckQuery;
import io.kraft.client.ReplayCheckReport;
import io.kraft.client.RequiredArgument;
import io.kraft.client.RunFailure;
import io.kraft.client.ScheduleDescription;
import io.kraft.client.StartOptions;
import io.kraft.client.Subscription;
import io.kraft.client.WorkflowClient;
import io.kraft.client.WorkflowDescription;
import io.kraft.client.WorkflowDetail;
import io.kraft.client.WorkflowEvent;
import io.kraft.client.WorkflowHandle;
import io.kraft.client.WorkflowQuery;
import io.kraft.engine.call.AsyncStarts;
import io.kraft.engine.call.BlockingGuard;
import io.kraft.engine.definition.ResultStyle;
import io.kraft.engine.definition.WorkflowDefinition;
import io.kraft.engine.execution.Execution;
import io.kraft.engine.export.ExportedJournal;
import io.kraft.engine.lifecycle.StartRequest;
import io.kraft.engine.message.PreparedMessage;
import io.kraft.engine.operation.CallCapture;
import io.kraft.engine.operation.StepCall;
import io.kraft.engine.operation.WorkflowCall;
import io.kraft.engine.replay.ReplayCheck;
import io.kraft.engine.run.ReplayGuard;
import io.kraft.engine.schedule.Schedules;
import io.kraft.engine.store.RunRow;
import io.kraft.engine.store.RunSlice;
import io.kraft.engine.transaction.TransactionGuard;
import io.kraft.workflow.InvalidCallException;
import io.kraft.workflow.ThrowingRunnable;
import org.jspecify.annotations.Nullable;

/**
 * Starts runs in an execution and reads what its store holds.
 */
public final class EngineClient implements WorkflowClient {

	/** In the code of a workflow. */
	static final String SIGNAL_INSTEAD = "Use WorkflowContext.signal(…), or signal from a step";

	/** In the code of a workflow. */
	static final String STEP_INSTEAD = "Call it in a step";

	private static final String WITHOUT_ID = "For a signal without an id leave the argument out";

	private static final String ONE_NULL = "For one argument that is null, pass (Object) null";

	private final Supplier<Execution> execution;

	private final Supplier<Schedules> schedules;

	private final EventHub events;

	private final AsyncStarts asyncStarts;

	private final BlockingGuard guard;

	private final TransactionGuard transactions;

	private final ReplayCheck replays;

	/**
	 * A client of an execution.
	 * @param execution throws while there is none
	 * @param schedules throws while there is no execution
	 */
	public EngineClient(Supplier<Execution> execution, Supplier<Schedules> schedules, EventHub events,
			AsyncStarts asyncStarts, BlockingGuard guard, TransactionGuard transactions, ReplayCheck replays) {
		this.execution = execution;
		this.schedules = schedules;
		this.events = events;
		this.asyncStarts = asyncStarts;
		this.guard = guard;
		this.transactions = transactions;
		this.replays = replays;
	}

	@Override
	public <R extends @Nullable Object> WorkflowHandle<R> start(Callable<R> call) {
		return start(StartOptions.defaults(), call);
	}

	@Override
	public <R extends @Nullable Object> WorkflowHandle<R> start(StartOptions options, Callable<R> call) {
		RequiredArgument.check("WorkflowClient.start", "options", options);
		RequiredArgument.check("WorkflowClient.start", "call", call);
		return startAndWait(options, CallCapture.ofWorkflow(call));
	}

	@Override
	public WorkflowHandle<@Nullable Void> start(ThrowingRunnable call) {
		return start(StartOptions.defaults(), call);
	}

	@Override
	public WorkflowHandle<@Nullable Void> start(StartOptions options, ThrowingRunnable call) {
		RequiredArgument.check("WorkflowClient.start", "options", options);
		RequiredArgument.check("WorkflowClient.start", "call", call);
		return startAndWait(options, CallCapture.ofWorkflow(callable(call)));
	}

	@Override
	public WorkflowHandle<@Nullable Object> start(String name, StartOptions options, @Nullable Object... arguments) {
		RequiredArgument.check("WorkflowClient.start", "name", name);
		RequiredArgument.check("WorkflowClient.start", "options", options);
		RequiredArgument.check("WorkflowClient.start", "arguments", arguments, ONE_NULL);
		return startAndWait(options, call(name, arguments));
	}

	@Override
	public <R extends @Nullable Object> CompletableFuture<WorkflowHandle<R>> startAsync(Callable<R> call) {
		return startAsync(StartOptions.defaults(), call);
	}

	@Override
	public <R extends @Nullable Object> CompletableFuture<WorkflowHandle<R>> startAsync(StartOptions options,
			Callable<R> call) {
		RequiredArgument.check("WorkflowClient.startAsync", "options", options);
		RequiredArgument.check("WorkflowClient.startAsync", "call", call);
		return startAndGoOn(options, CallCapture.ofWorkflow(call));
	}

	@Override
	public CompletableFuture<WorkflowHandle<@Nullable Void>> startAsync(ThrowingRunnable call) {
		return startAsync(StartOptions.defaults(), call);
	}

	@Override
	public CompletableFuture<WorkflowHandle<@Nullable Void>> startAsync(StartOptions options, ThrowingRunnable call) {
		RequiredArgument.check("WorkflowClient.startAsync", "options", options);
		RequiredArgument.check("WorkflowClient.startAsync", "call", call);
		return startAndGoOn(options, CallCapture.ofWorkflow(callable(call)));
	}

	@Override
	public CompletableFuture<WorkflowHandle<@Nullable Object>> startAsync(String name, StartOptions options,
			@Nullable Object... arguments) {
		RequiredArgument.check("WorkflowClient.startAsync", "name", name);
		RequiredArgument.check("WorkflowClient.startAsync", "options", options);
		RequiredArgument.check("WorkflowClient.startAsync", "arguments", arguments, ONE_NULL);
		return startAndGoOn(options, call(name, arguments));
	}

	@Override
	public <R extends @Nullable Object> WorkflowHandle<R> enqueue(String queue, Callable<R> call) {
		return enqueue(queue, EnqueueOptions.defaults(), call);
	}

	@Override
	public <R extends @Nullable Object> WorkflowHandle<R> enqueue(String queue, EnqueueOptions options,
			Callable<R> call) {
		RequiredArgument.check("WorkflowClient.enqueue", "queue", queue);
		RequiredArgument.check("WorkflowClient.enqueue", "options", options);
		RequiredArgument.check("WorkflowClient.enqueue", "call", call);
		return enqueueAndWait(queue, options, CallCapture.ofStep(call));
	}

	@Override
	public WorkflowHandle<@Nullable Void> enqueue(String queue, ThrowingRunnable call) {
		return enqueue(queue, EnqueueOptions.defaults(), call);
	}

	@Override
	public WorkflowHandle<@Nullable Void> enqueue(String queue, EnqueueOptions options, ThrowingRunnable call) {
		RequiredArgument.check("WorkflowClient.enqueue", "queue", queue);
		RequiredArgument.check("WorkflowClient.enqueue", "options", options);
		RequiredArgument.check("WorkflowClient.enqueue", "call", call);
		return enqueueAndWait(queue, options, CallCapture.ofStep(callable(call)));
	}

	@Override
	public <R extends @Nullable Object> CompletableFuture<WorkflowHandle<R>> enqueueAsync(String queue,
			Callable<R> call) {
		return enqueueAsync(queue, EnqueueOptions.defaults(), call);
	}

	@Override
	public CompletableFuture<WorkflowHandle<@Nullable Void>> enqueueAsync(String queue, ThrowingRunnable call) {
		return enqueueAsync(queue, EnqueueOptions.defaults(), call);
	}

	@Override
	public <R extends @Nullable Object> CompletableFuture<WorkflowHandle<R>> enqueueAsync(String queue,
			EnqueueOptions options, Callable<R> call) {
		RequiredArgument.check("WorkflowClient.enqueueAsync", "queue", queue);
		RequiredArgument.check("WorkflowClient.enqueueAsync", "options", options);
		RequiredArgument.check("WorkflowClient.enqueueAsync", "call", call);
		return enqueueAndGoOn(queue, options, CallCapture.ofStep(call));
	}

	@Override
	public CompletableFuture<WorkflowHandle<@Nullable Void>> enqueueAsync(String queue, EnqueueOptions options,
			ThrowingRunnable call) {
		RequiredArgument.check("WorkflowClient.enqueueAsync", "queue", queue);
		RequiredArgument.check("WorkflowClient.enqueueAsync", "options", options);
		RequiredArgument.check("WorkflowClient.enqueueAsync", "call", call);
		return enqueueAndGoOn(queue, options, CallCapture.ofStep(callable(call)));
	}

	@Override
	public void signal(String id, String name, @Nullable Object payload) {
		RequiredArgument.check("WorkflowClient.signal", "id", id);
		RequiredArgument.check("WorkflowClient.signal", "name", name);
		check("WorkflowClient.signal(…)", "WorkflowClient.signalAsync(…)", SIGNAL_INSTEAD);
		send("WorkflowClient.signal(…)", this.execution.get().messages().ofSignal(id, name, payload, null));
	}

	@Override
	public void signal(String id, String name, @Nullable Object payload, String messageId) {
		RequiredArgument.check("WorkflowClient.signal", "id", id);
		RequiredArgument.check("WorkflowClient.signal", "name", name);
		RequiredArgument.check("WorkflowClient.signal", "messageId", messageId, WITHOUT_ID);
		check("WorkflowClient.signal(…)", "WorkflowClient.signalAsync(…)", SIGNAL_INSTEAD);
		send("WorkflowClient.signal(…)", this.execution.get().messages().ofSignal(id, name, payload, messageId));
	}

	@Override
	public CompletableFuture<@Nullable Void> signalAsync(String id, String name, @Nullable Object payload) {
		RequiredArgument.check("WorkflowClient.signalAsync", "id", id);
		RequiredArgument.check("WorkflowClient.signalAsync", "name", name);
		return signalAndGoOn(id, name, payload, null);
	}

	@Override
	public CompletableFuture<@Nullable Void> signalAsync(String id, String name, @Nullable Object payload,
			String messageId) {
		RequiredArgument.check("WorkflowClient.signalAsync", "id", id);
		RequiredArgument.check("WorkflowClient.signalAsync", "name", name);
		RequiredArgument.check("WorkflowClient.signalAsync", "messageId", messageId, WITHOUT_ID);
		return signalAndGoOn(id, name, payload, messageId);
	}

	@Override
	public void complete(String token, @Nullable Object value) {
		RequiredArgument.check("WorkflowClient.complete", "token", token);
		check("WorkflowClient.complete(…)", "another thread", STEP_INSTEAD);
		send("WorkflowClient.complete(…)", this.execution.get().messages().ofCompletion(token, value));
	}

	@Override
	public void fail(String token, String message) {
		RequiredArgument.check("WorkflowClient.fail", "token", token);
		RequiredArgument.check("WorkflowClient.fail", "message", message);
		check("WorkflowClient.fail(…)", "another thread", STEP_INSTEAD);
		send("WorkflowClient.fail(…)", this.execution.get().messages().ofFailure(token, message));
	}

	@Override
	public void cancel(String id) {
		RequiredArgument.check("WorkflowClient.cancel", "id", id);
		check("WorkflowClient.cancel(…)", "another thread", STEP_INSTEAD);
		Execution execution = this.execution.get();
		this.transactions.act("WorkflowClient.cancel(…)", () -> "cancel run '" + id + "'",
				() -> execution.control().cancel(id));
	}

	@Override
	public void failRun(String id, String reason) {
		RequiredArgument.check("WorkflowClient.failRun", "id", id);
		RequiredArgument.check("WorkflowClient.failRun", "reason", reason);
		check("WorkflowClient.failRun(…)", "another thread", STEP_INSTEAD);
		this.execution.get().control().failRun(id, reason);
	}

	@Override
	public void terminate(String id) {
		RequiredArgument.check("WorkflowClient.terminate", "id", id);
		check("WorkflowClient.terminate(…)", "another thread", STEP_INSTEAD);
		this.execution.get().control().terminate(id);
	}

	@Override
	public void pause(String id) {
		RequiredArgument.check("WorkflowClient.pause", "id", id);
		check("WorkflowClient.pause(…)", "another thread", STEP_INSTEAD);
		this.execution.get().control().pause(id);
	}

	@Override
	public void resume(String id) {
		RequiredArgument.check("WorkflowClient.resume", "id", id);
		check("WorkflowClient.resume(…)", "another thread", STEP_INSTEAD);
		this.execution.get().control().resume(id);
	}

	@Override
	public void delete(String id) {
		RequiredArgument.check("WorkflowClient.delete", "id", id);
		check("WorkflowClient.delete(…)", "another thread", STEP_INSTEAD);
		this.execution.get().control().delete(id);
	}

	@Override
	public List<MessageView> messages(String id) {
		RequiredArgument.check("WorkflowClient.messages", "id", id);
		Execution execution = this.execution.get();
		MessageViews views = new MessageViews(execution.payloads());
		List<MessageView> messages = new ArrayList<>();
		execution.inboxes().read(id, (message) -> messages.add(views.of(message)));
		return messages;
	}

	@Override
	public void discardMessage(String id, long number) {
		RequiredArgument.check("WorkflowClient.discardMessage", "id", id);
		check("WorkflowClient.discardMessage(…)", "another thread", STEP_INSTEAD);
		this.execution.get().inboxes().discard(id, number);
	}

	@Override
	public void replaceMessage(String id, long number, @Nullable Object payload) {
		RequiredArgument.check("WorkflowClient.replaceMessage", "id", id);
		check("WorkflowClient.replaceMessage(…)", "another thread", STEP_INSTEAD);
		Execution execution = this.execution.get();
		execution.inboxes().replace(id, number, execution.messages().replacement(payload));
	}

	@Override
	public WorkflowHandle<@Nullable Object> retry(String id) {
		RequiredArgument.check("WorkflowClient.retry", "id", id);
		check("WorkflowClient.retry(…)", "another thread", STEP_INSTEAD);
		this.execution.get().revival().retry(id);
		return handle(id);
	}

	@Override
	public WorkflowHandle<@Nullable Object> restart(String id) {
		RequiredArgument.check("WorkflowClient.restart", "id", id);
		check("WorkflowClient.restart(…)", "another thread", STEP_INSTEAD);
		return handle(this.execution.get().revival().restart(id));
	}

	@Override
	public WorkflowHandle<@Nullable Object> restartFrom(String id, String position) {
		RequiredArgument.check("WorkflowClient.restartFrom", "id", id);
		RequiredArgument.check("WorkflowClient.restartFrom", "position", position);
		check("WorkflowClient.restartFrom(…)", "another thread", STEP_INSTEAD);
		return handle(this.execution.get().revival().restartFrom(id, position));
	}

	@Override
	public WorkflowHandle<@Nullable Object> handle(String id) {
		RequiredArgument.check("WorkflowClient.handle", "id", id);
		return handle(id, (Type) null);
	}

	@Override
	public <R> WorkflowHandle<R> handle(String id, Class<R> type) {
		RequiredArgument.check("WorkflowClient.handle", "id", id);
		RequiredArgument.check("WorkflowClient.handle", "type", type);
		return handle(id, (Type) type);
	}

	@Override
	public Optional<WorkflowDescription> find(String id) {
		RequiredArgument.check("WorkflowClient.find", "id", id);
		Execution execution = this.execution.get();
		return execution.store().run(id).map((row) -> Descriptions.of(row, execution));
	}

	@Override
	public Page<WorkflowDescription> list(WorkflowQuery query) {
		RequiredArgument.check("WorkflowClient.list", "query", query);
		Execution execution = this.execution.get();
		RunSlice slice = execution.store().runs(Queries.filter(query), Queries.before(query), query.limit());
		List<WorkflowDescription> items = slice.rows().stream().map((row) -> Descriptions.of(row, execution)).toList();
		return new Page<>(items, Queries.cursor(slice));
	}

	@Override
	public List<JournalView> journal(String id) {
		RequiredArgument.check("WorkflowClient.journal", "id", id);
		Execution execution = this.execution.get();
		RunRow row = execution.row(id);
		return new JournalViews(execution.payloads()).of(row, execution.journal(row));
	}

	@Override
	public WorkflowDetail inspect(String id) {
		RequiredArgument.check("WorkflowClient.inspect", "id", id);
		return new Inspection(this.execution.get()).of(id);
	}

	@Override
	public ReplayCheckReport checkReplay(ReplayCheckQuery query) {
		RequiredArgument.check("WorkflowClient.checkReplay", "query", query);
		this.guard.check("checkReplay", "a thread that may block");
		return this.replays.check(this.execution.get()::store, query);
	}

	@Override
	public Optional<RunFailure> failure(String id) {
		RequiredArgument.check("WorkflowClient.failure", "id", id);
		Execution execution = this.execution.get();
		return new Failing(execution).of(execution.row(id));
	}

	@Override
	public List<EntryView> entries(String id, int from, int limit) {
		RequiredArgument.check("WorkflowClient.entries", "id", id);
		Execution execution = this.execution.get();
		return new EntryViews(execution.payloads()).page(execution.store(), execution.row(id), from, limit);
	}

	@Override
	public String export(String id) {
		RequiredArgument.check("WorkflowClient.export", "id", id);
		Execution execution = this.execution.get();
		return ExportedJournal.of(execution.row(id), execution.store()).toJson(execution.payloads());
	}

	@Override
	public Subscription subscribe(Consumer<? super WorkflowEvent> listener) {
		RequiredArgument.check("WorkflowClient.subscribe", "listener", listener);
		return this.events.subscribe(listener);
	}

	@Override
	public Subscription watch(String id, Runnable listener) {
		RequiredArgument.check("WorkflowClient.watch", "id", id);
		RequiredArgument.check("WorkflowClient.watch", "listener", listener);
		return this.events.watch(this.execution.get().row(id).number(), listener);
	}

	@Override
	public List<QueueDescription> queues() {
		return this.execution.get().queues().descriptions();
	}

	@Override
	public void pauseQueue(String name) {
		RequiredArgument.check("WorkflowClient.pauseQueue", "name", name);
		check("WorkflowClient.pauseQueue(…)", "another thread", STEP_INSTEAD);
		this.execution.get().queues().pause(name);
	}

	@Override
	public void resumeQueue(String name) {
		RequiredArgument.check("WorkflowClient.resumeQueue", "name", name);
		check("WorkflowClient.resumeQueue(…)", "another thread", STEP_INSTEAD);
		this.execution.get().queues().resume(name);
	}

	@Override
	public List<ScheduleDescription> schedules() {
		return this.schedules.get().descriptions();
	}

	@Override
	public void pauseSchedule(String name) {
		RequiredArgument.check("WorkflowClient.pauseSchedule", "name", name);
		check("WorkflowClient.pauseSchedule(…)", "another thread", STEP_INSTEAD);
		this.schedules.get().pause(name);
	}

	@Override
	public void resumeSchedule(String name) {
		RequiredArgument.check("WorkflowClient.resumeSchedule", "name", name);
		check("WorkflowClient.resumeSchedule(…)", "another thread", STEP_INSTEAD);
		this.schedules.get().resume(name);
	}

	@Override
	public WorkflowHandle<@Nullable Object> triggerSchedule(String name) {
		RequiredArgument.check("WorkflowClient.triggerSchedule", "name", name);
		check("WorkflowClient.triggerSchedule(…)", "another thread", STEP_INSTEAD);
		return handle(this.schedules.get().trigger(name));
	}

	private WorkflowCall call(String name, @Nullable Object[] arguments) {
		WorkflowDefinition workflow = this.execution.get().definitions().workflows().latest(name);
		int expected = workflow.signature().parameterTypes().size();
		if (arguments.length != expected) {
			throw new InvalidCallException("workflow '" + name + "' takes " + expected + " arguments, "
					+ workflow.signature().parameterTypes() + ", but was started with " + arguments.length
					+ ". See docs/reference/errors.md#kraft-1008");
		}
		return new WorkflowCall(workflow, arguments);
	}

	private <R extends @Nullable Object> WorkflowHandle<R> startAndWait(StartOptions options, WorkflowCall call) {
		this.guard.check("WorkflowClient.start(…)", "WorkflowClient.startAsync(…)");
		Execution execution = this.execution.get();
		StartRequest request = execution.requests().ofClient(call, options);
		boolean defers = this.transactions.defers("WorkflowClient.start(…)", options.isImmediate());
		return handle(defers ? startAfterCommit(execution, request) : execution.start(request).id(), call.workflow());
	}

	private <R extends @Nullable Object> CompletableFuture<WorkflowHandle<R>> startAndGoOn(StartOptions options,
			WorkflowCall call) {
		Execution execution = this.execution.get();
		StartRequest request = execution.requests().ofClient(call, options);
		if (this.transactions.defers("WorkflowClient.startAsync(…)", options.isImmediate())) {
			return CompletableFuture.completedFuture(handle(startAfterCommit(execution, request), call.workflow()));
		}
		return this.asyncStarts.start(execution, request).thenApply((started) -> handle(started.id(), call.workflow()));
	}

	private <R extends @Nullable Object> WorkflowHandle<R> enqueueAndWait(String queue, EnqueueOptions options,
			StepCall call) {
		this.guard.check("WorkflowClient.enqueue(…)", "WorkflowClient.enqueueAsync(…)");
		Execution execution = this.execution.get();
		StartRequest request = execution.requests().ofItem(queue, call, options);
		boolean defers = this.transactions.defers("WorkflowClient.enqueue(…)", options.isImmediate());
		return item(defers ? startAfterCommit(execution, request) : execution.start(request).id(), call);
	}

	private <R extends @Nullable Object> CompletableFuture<WorkflowHandle<R>> enqueueAndGoOn(String queue,
			EnqueueOptions options, StepCall call) {
		Execution execution = this.execution.get();
		StartRequest request = execution.requests().ofItem(queue, call, options);
		if (this.transactions.defers("WorkflowClient.enqueueAsync(…)", options.isImmediate())) {
			return CompletableFuture.completedFuture(item(startAfterCommit(execution, request), call));
		}
		return this.asyncStarts.start(execution, request).thenApply((started) -> item(started.id(), call));
	}

	/**
	 * The id is known now, and what can be seen to be wrong now is refused now.
	 */
	private String startAfterCommit(Execution execution, StartRequest request) {
		StartRequest named = execution.requests().withId(request);
		String id = Objects.requireNonNull(named.id());
		execution.store().run(id).ifPresent(named::checkAgainst);
		this.transactions.afterCommit(named.describe(), () -> execution.start(named));
		return id;
	}

	private void check(String call, String twin, String instead) {
		this.guard.check(call, twin);
		ReplayGuard.check(call + " was called", instead);
	}

	private void send(String call, PreparedMessage message) {
		this.transactions.act(call, message::toString, message::send);
	}

	private CompletableFuture<@Nullable Void> signalAndGoOn(String id, String name, @Nullable Object payload,
			@Nullable String messageId) {
		ReplayGuard.check("WorkflowClient.signalAsync(…) was called", SIGNAL_INSTEAD);
		Execution execution = this.execution.get();
		if (this.transactions.defers("WorkflowClient.signalAsync(…)", false)) {
			PreparedMessage message = execution.messages().ofSignal(id, name, payload, messageId);
			this.transactions.afterCommit(message.toString(), message::send);
			return CompletableFuture.completedFuture(null);
		}
		return this.asyncStarts.run(execution, () -> execution.messages().signal(id, name, payload, messageId));
	}

	private <R extends @Nullable Object> WorkflowHandle<R> item(String id, StepCall call) {
		return handle(id, call.step().signature().resultType(), call.step().resultStyle());
	}

	private <R extends @Nullable Object> WorkflowHandle<R> handle(String id, WorkflowDefinition workflow) {
		return handle(id, workflow.signature().resultType(), workflow.resultStyle());
	}

	private <R extends @Nullable Object> WorkflowHandle<R> handle(String id, @Nullable Type type) {
		return handle(id, type, ResultStyle.PLAIN);
	}

	private <R extends @Nullable Object> WorkflowHandle<R> handle(String id, @Nullable Type type, ResultStyle style) {
		return new RunHandle<>(id, type, style, this.execution, this.guard, this.transactions);
	}

	private static Callable<@Nullable Void> callable(ThrowingRunnable call) {
		return () -> {
			call.run();
			return null;
		};
	}

}
