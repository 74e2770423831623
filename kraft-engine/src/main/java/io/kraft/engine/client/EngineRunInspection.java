package io.kraft.engine.client;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

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
import io.kraft.engine.export.ExportedJournal;
import io.kraft.engine.journal.PayloadConverter;
import io.kraft.engine.routing.Call;
import io.kraft.engine.routing.RunService;
import io.kraft.engine.routing.RunView;
import io.kraft.workflow.TypeRef;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the stores of an engine hold, and what its runs do at this moment.
 */
final class EngineRunInspection implements RunInspection {

	private final ClientCalls calls;

	private final EventHub events;

	private final Function<ReplayCheckQuery, ReplayCheckReport> replays;

	EngineRunInspection(ClientCalls calls, EventHub events, Function<ReplayCheckQuery, ReplayCheckReport> replays) {
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
		return this.calls.of(id).find(Call.OWN, id).map(Descriptions::of);
	}

	@Override
	public Page<WorkflowDescription> list(WorkflowQuery query) {
		RequiredArgument.check("WorkflowClient.list", "query", query);
		return RunLists.page(this.calls.all(), query);
	}

	@Override
	public List<OperationView> operations(String id) {
		RequiredArgument.check("WorkflowClient.operations", "id", id);
		RunService service = this.calls.of(id);
		RunView run = service.run(Call.OWN, id);
		OperationViews views = new OperationViews(this.calls.node().payloads());
		return shown(service).read(run.run(), (journal) -> views.of(run.row(), journal));
	}

	@Override
	public Page<JournalEntryView> journal(String id, JournalQuery query) {
		RequiredArgument.check("WorkflowClient.journal", "id", id);
		RequiredArgument.check("WorkflowClient.journal", "query", query);
		RunService service = this.calls.of(id);
		return new JournalEntryViews(this.calls.node().payloads()).page(service, service.run(Call.OWN, id).run(),
				query);
	}

	@Override
	public WorkflowDetail inspect(String id) {
		RequiredArgument.check("WorkflowClient.inspect", "id", id);
		return new Inspection(this.calls.of(id), this.calls.node()).of(id);
	}

	@Override
	public Optional<RunFailure> failure(String id) {
		RequiredArgument.check("WorkflowClient.failure", "id", id);
		RunService service = this.calls.of(id);
		return new Failing(service, this.calls.node()).of(service.run(Call.OWN, id));
	}

	@Override
	public List<MessageView> messages(String id) {
		RequiredArgument.check("WorkflowClient.messages", "id", id);
		RunService service = this.calls.of(id);
		MessageViews views = new MessageViews(id, this.calls.node().payloads(), service);
		service.messages(Call.OWN, id, views);
		return views.messages();
	}

	@Override
	public String export(String id) {
		RequiredArgument.check("WorkflowClient.export", "id", id);
		RunService service = this.calls.of(id);
		RunView run = service.run(Call.OWN, id);
		PayloadConverter payloads = this.calls.node().payloads();
		return shown(service).whole(run.run(),
				() -> ExportedJournal.of(run.row(), (reader) -> service.journal(Call.OWN, run.run(), reader))
					.toJson(payloads));
	}

	private ShownJournals shown(RunService service) {
		return ShownJournals.of(service, this.calls.node());
	}

	@Override
	public ReplayCheckReport checkReplay(ReplayCheckQuery query) {
		RequiredArgument.check("WorkflowClient.checkReplay", "query", query);
		this.calls.guard().check("checkReplay", "a thread that may block");
		return this.replays.apply(query);
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
		RunService service = this.calls.of(id);
		return this.events.watch(service.partition(), service.run(Call.OWN, id).row().number(), listener);
	}

}
