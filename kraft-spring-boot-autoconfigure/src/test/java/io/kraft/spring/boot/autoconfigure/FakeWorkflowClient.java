package io.kraft.spring.boot.autoconfigure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import io.kraft.client.EnqueueOptions;
import io.kraft.client.FailedOperation;
import io.kraft.client.FailureView;
import io.kraft.client.JournalEntryView;
import io.kraft.client.JournalQuery;
import io.kraft.client.MessageView;
import io.kraft.client.OperationView;
import io.kraft.client.Page;
import io.kraft.client.QueueDescription;
import io.kraft.client.ReplayCheckQuery;
import io.kraft.client.ReplayCheckReport;
import io.kraft.client.RunFailure;
import io.kraft.client.ScheduleDescription;
import io.kraft.client.StartOptions;
import io.kraft.client.Subscription;
import io.kraft.client.WorkflowClient;
import io.kraft.client.WorkflowDescription;
import io.kraft.client.WorkflowDetail;
import io.kraft.client.WorkflowEvent;
import io.kraft.client.WorkflowHandle;
import io.kraft.client.WorkflowNotFoundException;
import io.kraft.client.WorkflowQuery;
import io.kraft.workflow.ThrowingRunnable;
import io.kraft.workflow.TypeRef;

/**
 * A client that knows the runs it was told of, starts none, and remembers what it was
 * asked for.
 */
public final class FakeWorkflowClient implements WorkflowClient {

	private final Map<String, WorkflowDescription> runs = new LinkedHashMap<>();

	private final Map<String, List<OperationView>> journals = new LinkedHashMap<>();

	private final Map<String, CompletableFuture<?>> results = new LinkedHashMap<>();

	private final List<WorkflowQuery> queries = new ArrayList<>();

	/**
	 * Adds a run with its journal.
	 */
	public void add(WorkflowDescription run, OperationView... journal) {
		this.runs.put(run.id(), run);
		this.journals.put(run.id(), List.of(journal));
	}

	/**
	 * Adds a run that has not ended.
	 * @param result is what waits for its end, by each handle of the run
	 */
	public void add(String id, CompletableFuture<?> result) {
		this.results.put(id, result);
	}

	/**
	 * The query of the last listing.
	 */
	public WorkflowQuery lastQuery() {
		return this.queries.getLast();
	}

	@Override
	public Optional<WorkflowDescription> find(String id) {
		return Optional.ofNullable(this.runs.get(id));
	}

	/** Knows one cursor, {@code more}, which all but the second page have. */
	@Override
	public Page<WorkflowDescription> list(WorkflowQuery query) {
		this.queries.add(query);
		if (query.cursor() != null && !query.cursor().equals("more")) {
			throw new IllegalArgumentException("'" + query.cursor() + "' is no cursor of a page");
		}
		return (query.cursor() != null) ? new Page<>(List.of(), Optional.empty())
				: new Page<>(List.copyOf(this.runs.values()), Optional.of("more"));
	}

	@Override
	public List<OperationView> operations(String id) {
		return Optional.ofNullable(this.journals.get(id))
			.orElseThrow(() -> new WorkflowNotFoundException("no run '" + id + "'"));
	}

	@Override
	public <R> WorkflowHandle<R> enqueue(String queue, EnqueueOptions options, Callable<R> call) {
		throw notFaked();
	}

	@Override
	public WorkflowHandle<Void> enqueue(String queue, EnqueueOptions options, ThrowingRunnable call) {
		throw notFaked();
	}

	@Override
	public <R> CompletableFuture<WorkflowHandle<R>> enqueueAsync(String queue, EnqueueOptions options,
			Callable<R> call) {
		throw notFaked();
	}

	@Override
	public CompletableFuture<WorkflowHandle<Void>> enqueueAsync(String queue, EnqueueOptions options,
			ThrowingRunnable call) {
		throw notFaked();
	}

	@Override
	public WorkflowDetail inspect(String id) {
		WorkflowDescription run = find(id).orElseThrow(() -> new WorkflowNotFoundException("no run '" + id + "'"));
		return new WorkflowDetail(run, run.createdAt(), List.of(), run.failure(), null, this.journals.get(id).size(),
				"[42]", null);
	}

	@Override
	public ReplayCheckReport checkReplay(ReplayCheckQuery query) {
		throw notFaked();
	}

	@Override
	public Optional<RunFailure> failure(String id) {
		WorkflowDescription run = find(id).orElseThrow(() -> new WorkflowNotFoundException("no run '" + id + "'"));
		return Optional.ofNullable(run.failure())
			.map((failure) -> new RunFailure(id, run.status(), new FailedOperation("2", "step", "charge", 3),
					new FailureView("java.lang.Exception", failure, null, List.of()),
					failure + "\n\tat app.Payments.charge(Payments.java:42)\n"));
	}

	@Override
	public Page<JournalEntryView> journal(String id, JournalQuery query) {
		throw notFaked();
	}

	@Override
	public String export(String id) {
		throw notFaked();
	}

	@Override
	public Subscription subscribe(Consumer<? super WorkflowEvent> listener) {
		throw notFaked();
	}

	@Override
	public Subscription watch(String id, Runnable listener) {
		throw notFaked();
	}

	@Override
	public List<QueueDescription> queues() {
		throw notFaked();
	}

	@Override
	public void pauseQueue(String name) {
		throw notFaked();
	}

	@Override
	public void resumeQueue(String name) {
		throw notFaked();
	}

	@Override
	public <R> WorkflowHandle<R> start(StartOptions options, Callable<R> call) {
		throw notFaked();
	}

	@Override
	public WorkflowHandle<Void> start(StartOptions options, ThrowingRunnable call) {
		throw notFaked();
	}

	@Override
	public WorkflowHandle<Object> start(String name, StartOptions options, Object... arguments) {
		throw notFaked();
	}

	@Override
	public <R> CompletableFuture<WorkflowHandle<R>> startAsync(StartOptions options, Callable<R> call) {
		throw notFaked();
	}

	@Override
	public CompletableFuture<WorkflowHandle<Void>> startAsync(StartOptions options, ThrowingRunnable call) {
		throw notFaked();
	}

	@Override
	public CompletableFuture<WorkflowHandle<Object>> startAsync(String name, StartOptions options,
			Object... arguments) {
		throw notFaked();
	}

	@Override
	public WorkflowHandle<Object> handle(String id) {
		throw notFaked();
	}

	@Override
	@SuppressWarnings("unchecked") // As the test has it.
	public <R> WorkflowHandle<R> handle(String id, Class<R> type) {
		CompletableFuture<?> result = this.results.get(id);
		if (result == null) {
			throw notFaked();
		}
		return new FakeHandle<>(id, (CompletableFuture<R>) result);
	}

	@Override
	public <R> WorkflowHandle<R> handle(String id, TypeRef<R> type) {
		throw notFaked();
	}

	@Override
	public void pause(String id) {
		throw notFaked();
	}

	@Override
	public void resume(String id) {
		throw notFaked();
	}

	@Override
	public void delete(String id) {
		throw notFaked();
	}

	@Override
	public WorkflowHandle<Object> retry(String id) {
		throw notFaked();
	}

	@Override
	public WorkflowHandle<Object> restart(String id) {
		throw notFaked();
	}

	@Override
	public WorkflowHandle<Object> restartFrom(String id, String position) {
		throw notFaked();
	}

	@Override
	public void cancel(String id) {
		throw notFaked();
	}

	@Override
	public List<MessageView> messages(String id) {
		throw notFaked();
	}

	@Override
	public void discardMessage(String id, long number) {
		throw notFaked();
	}

	@Override
	public void replaceMessage(String id, long number, Object payload) {
		throw notFaked();
	}

	@Override
	public void failRun(String id, String reason) {
		throw notFaked();
	}

	@Override
	public void terminate(String id) {
		throw notFaked();
	}

	@Override
	public void signal(String id, String name, Object payload) {
		throw notFaked();
	}

	@Override
	public void signal(String id, String name, Object payload, String messageId) {
		throw notFaked();
	}

	@Override
	public CompletableFuture<Void> signalAsync(String id, String name, Object payload) {
		throw notFaked();
	}

	@Override
	public CompletableFuture<Void> signalAsync(String id, String name, Object payload, String messageId) {
		throw notFaked();
	}

	@Override
	public void complete(String token, Object value) {
		throw notFaked();
	}

	@Override
	public void fail(String token, String message) {
		throw notFaked();
	}

	@Override
	public List<ScheduleDescription> schedules() {
		throw notFaked();
	}

	@Override
	public void pauseSchedule(String name) {
		throw notFaked();
	}

	@Override
	public void resumeSchedule(String name) {
		throw notFaked();
	}

	@Override
	public WorkflowHandle<Object> triggerSchedule(String name) {
		throw notFaked();
	}

	private static IllegalStateException notFaked() {
		return new IllegalStateException("The endpoint does not start runs or send messages");
	}

}
