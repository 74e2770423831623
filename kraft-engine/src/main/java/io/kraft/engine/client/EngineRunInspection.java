package io.kraft.engine.client;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import io.kraft.client.JournalEntryView;
import io.kraft.client.JournalQuery;
import io.kraft.client.MessageView;
import io.kraft.client.OperationView;
import io.kraft.client.Page;
import io.kraft.client.ReplayCheckQuery;
import io.kraft.client.ReplayCheckReport;
import io.kraft.client.RequiredArgument;
import io.kraft.client.RunFailure;
import io.kraft.client.RunInspection;
import io.kraft.client.Subscription;
import io.kraft.client.WorkflowDescription;
import io.kraft.client.WorkflowDetail;
import io.kraft.client.WorkflowEvent;
import io.kraft.client.WorkflowHandle;
import io.kraft.client.WorkflowQuery;
import io.kraft.engine.definition.ResultStyle;
import io.kraft.engine.execution.Execution;
import io.kraft.engine.export.ExportedJournal;
import io.kraft.engine.replay.ReplayCheck;
import io.kraft.engine.store.RunRow;
import io.kraft.workflow.TypeRef;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the stores of an engine hold, and what its runs do at this moment.
 */
final class EngineRunInspection implements RunInspection {

	private final ClientCalls calls;

	private final EventHub events;

	private final ReplayCheck replays;

	EngineRunInspection(ClientCalls calls, EventHub events, ReplayCheck replays) {
		this.calls = calls;
		this.events = events;
		this.replays = replays;
	}

	@Override
	public WorkflowHandle<@Nullable Object> handle(String id) {
		RequiredArgument.check("WorkflowClient.handle", "id", id);
		return this.calls.handle(id);
	}

	@Override
	public <R> WorkflowHandle<R> handle(String id, Class<R> type) {
		RequiredArgument.check("WorkflowClient.handle", "id", id);
		RequiredArgument.check("WorkflowClient.handle", "type", type);
		return this.calls.handle(id, type, ResultStyle.PLAIN);
	}

	@Override
	public <R> WorkflowHandle<R> handle(String id, TypeRef<R> type) {
		RequiredArgument.check("WorkflowClient.handle", "id", id);
		RequiredArgument.check("WorkflowClient.handle", "type", type);
		return this.calls.handle(id, type.type(), ResultStyle.PLAIN);
	}

	@Override
	public Optional<WorkflowDescription> find(String id) {
		RequiredArgument.check("WorkflowClient.find", "id", id);
		Execution execution = this.calls.of(id);
		return execution.store().run(id).map((row) -> Descriptions.of(row, execution));
	}

	@Override
	public Page<WorkflowDescription> list(WorkflowQuery query) {
		RequiredArgument.check("WorkflowClient.list", "query", query);
		return RunLists.page(this.calls.all(), query);
	}

	@Override
	public List<OperationView> operations(String id) {
		RequiredArgument.check("WorkflowClient.operations", "id", id);
		Execution execution = this.calls.of(id);
		RunRow row = execution.reads().row(id);
		OperationViews views = new OperationViews(execution.node().payloads());
		return execution.journals().read(row, (journal) -> views.of(row, journal));
	}

	@Override
	public Page<JournalEntryView> journal(String id, JournalQuery query) {
		RequiredArgument.check("WorkflowClient.journal", "id", id);
		RequiredArgument.check("WorkflowClient.journal", "query", query);
		Execution execution = this.calls.of(id);
		return new JournalEntryViews(execution.node().payloads()).page(execution.store(), execution.reads().row(id),
				query);
	}

	@Override
	public WorkflowDetail inspect(String id) {
		RequiredArgument.check("WorkflowClient.inspect", "id", id);
		return new Inspection(this.calls.of(id)).of(id);
	}

	@Override
	public Optional<RunFailure> failure(String id) {
		RequiredArgument.check("WorkflowClient.failure", "id", id);
		Execution execution = this.calls.of(id);
		return new Failing(execution).of(execution.reads().row(id));
	}

	@Override
	public List<MessageView> messages(String id) {
		RequiredArgument.check("WorkflowClient.messages", "id", id);
		Execution execution = this.calls.of(id);
		MessageViews views = new MessageViews(execution.node().payloads(), execution.store());
		execution.inboxes().read(id, views);
		return views.messages();
	}

	@Override
	public String export(String id) {
		RequiredArgument.check("WorkflowClient.export", "id", id);
		Execution execution = this.calls.of(id);
		RunRow row = execution.reads().row(id);
		return execution.journals()
			.whole(row, () -> ExportedJournal.of(row, execution.store()).toJson(execution.node().payloads()));
	}

	@Override
	public ReplayCheckReport checkReplay(ReplayCheckQuery query) {
		RequiredArgument.check("WorkflowClient.checkReplay", "query", query);
		this.calls.guard().check("checkReplay", "a thread that may block");
		return this.replays.check(this.calls.all().stream().map(Execution::store).toList(), query);
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
		Execution execution = this.calls.of(id);
		return this.events.watch(execution.partition(), execution.reads().row(id).number(), listener);
	}

}
