package io.kraft.engine.client;

import java.util.concurrent.CompletableFuture;

import io.kraft.client.RequiredArgument;
import io.kraft.client.RunOperations;
import io.kraft.client.WorkflowHandle;
import io.kraft.engine.message.PreparedMessage;
import io.kraft.engine.operation.CallbackTokens;
import io.kraft.engine.routing.Call;
import io.kraft.engine.routing.RunControlAction;
import io.kraft.engine.routing.RunService;
import io.kraft.engine.routing.StartCommand;
import io.kraft.engine.run.ReplayGuard;
import org.jspecify.annotations.Nullable;

/**
 * Sends messages to runs, and operates them.
 */
final class EngineRunOperations implements RunOperations {

	private static final String WITHOUT_ID = "For a signal without an id leave the argument out";

	private static final String SIGNAL_INSTEAD = "Use WorkflowContext.signal(…), or signal from a step";

	private final ClientCalls calls;

	private final String caller;

	/**
	 * Operations of runs.
	 * @param caller type that was called, for messages
	 */
	EngineRunOperations(ClientCalls calls, String caller) {
		this.calls = calls;
		this.caller = caller;
	}

	@Override
	public void signal(String id, String name, @Nullable Object payload) {
		required("signal", "id", id);
		required("signal", "name", name);
		this.calls.checkChange(call("signal"), call("signalAsync"), SIGNAL_INSTEAD);
		send("signal", messages(this.calls.of(id)).ofSignal(id, name, payload, null));
	}

	@Override
	public void signal(String id, String name, @Nullable Object payload, String messageId) {
		required("signal", "id", id);
		required("signal", "name", name);
		RequiredArgument.check(this.caller + ".signal", "messageId", messageId, WITHOUT_ID);
		this.calls.checkChange(call("signal"), call("signalAsync"), SIGNAL_INSTEAD);
		send("signal", messages(this.calls.of(id)).ofSignal(id, name, payload, messageId));
	}

	@Override
	public CompletableFuture<@Nullable Void> signalAsync(String id, String name, @Nullable Object payload) {
		required("signalAsync", "id", id);
		required("signalAsync", "name", name);
		return sendAsync(id, name, payload, null);
	}

	@Override
	public CompletableFuture<@Nullable Void> signalAsync(String id, String name, @Nullable Object payload,
			String messageId) {
		required("signalAsync", "id", id);
		required("signalAsync", "name", name);
		RequiredArgument.check(this.caller + ".signalAsync", "messageId", messageId, WITHOUT_ID);
		return sendAsync(id, name, payload, messageId);
	}

	@Override
	public void complete(String token, @Nullable Object value) {
		required("complete", "token", token);
		send("complete", messages(forChange("complete", CallbackTokens.run(token))).ofCompletion(token, value));
	}

	@Override
	public void fail(String token, String message) {
		required("fail", "token", token);
		required("fail", "message", message);
		send("fail", messages(forChange("fail", CallbackTokens.run(token))).ofFailure(token, message));
	}

	@Override
	public void cancel(String id) {
		required("cancel", "id", id);
		RunService service = forChange("cancel", id);
		this.calls.transactions()
			.act(call("cancel"), () -> "cancel run '" + id + "'",
					() -> service.control(Call.OWN, id, RunControlAction.CANCEL));
	}

	@Override
	public void failRun(String id, String reason) {
		required("failRun", "id", id);
		required("failRun", "reason", reason);
		forChange("failRun", id).failRun(Call.OWN, id, reason);
	}

	@Override
	public void terminate(String id) {
		required("terminate", "id", id);
		forChange("terminate", id).control(Call.OWN, id, RunControlAction.TERMINATE);
	}

	@Override
	public void pause(String id) {
		required("pause", "id", id);
		forChange("pause", id).control(Call.OWN, id, RunControlAction.PAUSE);
	}

	@Override
	public void resume(String id) {
		required("resume", "id", id);
		forChange("resume", id).control(Call.OWN, id, RunControlAction.RESUME);
	}

	@Override
	public void delete(String id) {
		required("delete", "id", id);
		forChange("delete", id).control(Call.OWN, id, RunControlAction.DELETE);
	}

	@Override
	public void discardMessage(String id, long number) {
		required("discardMessage", "id", id);
		forChange("discardMessage", id).discardMessage(Call.OWN, id, number);
	}

	@Override
	public void replaceMessage(String id, long number, @Nullable Object payload) {
		required("replaceMessage", "id", id);
		RunService service = forChange("replaceMessage", id);
		service.replaceMessage(Call.OWN, id, number, messages(service).replacement(payload));
	}

	@Override
	public WorkflowHandle<@Nullable Object> retry(String id) {
		required("retry", "id", id);
		forChange("retry", id).control(Call.OWN, id, RunControlAction.RETRY);
		return this.calls.handle(id);
	}

	@Override
	public WorkflowHandle<@Nullable Object> restart(String id) {
		required("restart", "id", id);
		return again(id, forChange("restart", id).again(Call.OWN, id, null));
	}

	@Override
	public WorkflowHandle<@Nullable Object> restartFrom(String id, String position) {
		required("restartFrom", "id", id);
		required("restartFrom", "position", position);
		return again(id, forChange("restartFrom", id).again(Call.OWN, id, position));
	}

	private WorkflowHandle<@Nullable Object> again(String id, StartCommand command) {
		return this.calls.handle(Restarts.start(this.calls, id, command));
	}

	private void required(String method, String name, @Nullable Object argument) {
		RequiredArgument.check(this.caller + "." + method, name, argument);
	}

	private String call(String method) {
		return this.caller + "." + method + "(…)";
	}

	private RunService forChange(String method, String id) {
		this.calls.checkChange(call(method));
		return this.calls.of(id);
	}

	private OutgoingMessages messages(RunService service) {
		return new OutgoingMessages(service, this.calls.node().payloads());
	}

	private void send(String method, PreparedMessage message) {
		this.calls.transactions().act(call(method), message::toString, message::send);
	}

	private CompletableFuture<@Nullable Void> sendAsync(String id, String name, @Nullable Object payload,
			@Nullable String messageId) {
		ReplayGuard.check(call("signalAsync") + " was called", SIGNAL_INSTEAD);
		OutgoingMessages messages = messages(this.calls.of(id));
		if (this.calls.transactions().defers(call("signalAsync"), false)) {
			PreparedMessage message = messages.ofSignal(id, name, payload, messageId);
			this.calls.transactions().afterCommit(message.toString(), message::send);
			return CompletableFuture.completedFuture(null);
		}
		return this.calls.asyncStarts()
			.run(this.calls.node().work(), () -> messages.ofSignal(id, name, payload, messageId).send());
	}

}
