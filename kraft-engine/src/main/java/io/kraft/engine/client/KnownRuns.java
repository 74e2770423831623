package io.kraft.engine.client;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import io.kraft.client.JournalEntryView;
import io.kraft.client.JournalQuery;
import io.kraft.client.MessageView;
import io.kraft.client.OperationView;
import io.kraft.client.Page;
import io.kraft.client.ReplayCheckQuery;
import io.kraft.client.ReplayCheckReport;
import io.kraft.client.RunFailure;
import io.kraft.client.RunInspection;
import io.kraft.client.RunOperations;
import io.kraft.client.Subscription;
import io.kraft.client.WorkflowDescription;
import io.kraft.client.WorkflowDetail;
import io.kraft.client.WorkflowEvent;
import io.kraft.client.WorkflowHandle;
import io.kraft.client.WorkflowQuery;
import io.kraft.workflow.TypeRef;
import org.jspecify.annotations.Nullable;

/**
 * What a client does with runs that exist: forwards to a class for operating and to one
 * for inspecting them.
 */
abstract class KnownRuns implements RunOperations, RunInspection {

	private final RunOperations operations;

	private final RunInspection inspection;

	KnownRuns(RunOperations operations, RunInspection inspection) {
		this.operations = operations;
		this.inspection = inspection;
	}

	@Override
	public void signal(String id, String name, @Nullable Object payload) {
		this.operations.signal(id, name, payload);
	}

	@Override
	public void signal(String id, String name, @Nullable Object payload, String messageId) {
		this.operations.signal(id, name, payload, messageId);
	}

	@Override
	public CompletableFuture<@Nullable Void> signalAsync(String id, String name, @Nullable Object payload) {
		return this.operations.signalAsync(id, name, payload);
	}

	@Override
	public CompletableFuture<@Nullable Void> signalAsync(String id, String name, @Nullable Object payload,
			String messageId) {
		return this.operations.signalAsync(id, name, payload, messageId);
	}

	@Override
	public void complete(String token, @Nullable Object value) {
		this.operations.complete(token, value);
	}

	@Override
	public void fail(String token, String message) {
		this.operations.fail(token, message);
	}

	@Override
	public void cancel(String id) {
		this.operations.cancel(id);
	}

	@Override
	public void failRun(String id, String reason) {
		this.operations.failRun(id, reason);
	}

	@Override
	public void terminate(String id) {
		this.operations.terminate(id);
	}

	@Override
	public void pause(String id) {
		this.operations.pause(id);
	}

	@Override
	public void resume(String id) {
		this.operations.resume(id);
	}

	@Override
	public void delete(String id) {
		this.operations.delete(id);
	}

	@Override
	public List<MessageView> messages(String id) {
		return this.inspection.messages(id);
	}

	@Override
	public void discardMessage(String id, long number) {
		this.operations.discardMessage(id, number);
	}

	@Override
	public void replaceMessage(String id, long number, @Nullable Object payload) {
		this.operations.replaceMessage(id, number, payload);
	}

	@Override
	public WorkflowHandle<@Nullable Object> retry(String id) {
		return this.operations.retry(id);
	}

	@Override
	public WorkflowHandle<@Nullable Object> restart(String id) {
		return this.operations.restart(id);
	}

	@Override
	public WorkflowHandle<@Nullable Object> restartFrom(String id, String position) {
		return this.operations.restartFrom(id, position);
	}

	@Override
	public WorkflowHandle<@Nullable Object> handle(String id) {
		return this.inspection.handle(id);
	}

	@Override
	public <R> WorkflowHandle<R> handle(String id, Class<R> type) {
		return this.inspection.handle(id, type);
	}

	@Override
	public <R> WorkflowHandle<R> handle(String id, TypeRef<R> type) {
		return this.inspection.handle(id, type);
	}

	@Override
	public Optional<WorkflowDescription> find(String id) {
		return this.inspection.find(id);
	}

	@Override
	public Page<WorkflowDescription> list(WorkflowQuery query) {
		return this.inspection.list(query);
	}

	@Override
	public List<OperationView> operations(String id) {
		return this.inspection.operations(id);
	}

	@Override
	public WorkflowDetail inspect(String id) {
		return this.inspection.inspect(id);
	}

	@Override
	public ReplayCheckReport checkReplay(ReplayCheckQuery query) {
		return this.inspection.checkReplay(query);
	}

	@Override
	public Optional<RunFailure> failure(String id) {
		return this.inspection.failure(id);
	}

	@Override
	public Page<JournalEntryView> journal(String id, JournalQuery query) {
		return this.inspection.journal(id, query);
	}

	@Override
	public String export(String id) {
		return this.inspection.export(id);
	}

	@Override
	public Subscription subscribe(Consumer<? super WorkflowEvent> listener) {
		return this.inspection.subscribe(listener);
	}

	@Override
	public Subscription watch(String id, Runnable listener) {
		return this.inspection.watch(id, listener);
	}

}
