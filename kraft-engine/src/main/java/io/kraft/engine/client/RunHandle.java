package io.kraft.engine.client;

import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.kraft.client.RequiredArgument;
import io.kraft.client.ResultTimeoutException;
import io.kraft.client.RunOperations;
import io.kraft.client.WorkflowDescription;
import io.kraft.client.WorkflowHandle;
import io.kraft.client.WorkflowStatus;
import io.kraft.engine.call.RunResults;
import io.kraft.engine.definition.ResultStyle;
import io.kraft.engine.journal.Payload;
import io.kraft.engine.routing.Call;
import io.kraft.engine.routing.Completion;
import io.kraft.engine.routing.RunView;
import io.kraft.engine.supervision.Futures;
import io.kraft.workflow.TypeRef;
import org.jspecify.annotations.Nullable;

/**
 * A run, by its id.
 */
final class RunHandle<R extends @Nullable Object> implements WorkflowHandle<R> {

	private final String id;

	private final @Nullable Type type;

	private final ResultStyle style;

	private final ClientCalls calls;

	private final RunOperations operations;

	/**
	 * A handle; nothing is looked up.
	 * @param type how to read the result; null leaves that to the workflow's definition
	 * @param style what the method returns, which is the type of this handle's result
	 */
	RunHandle(String id, @Nullable Type type, ResultStyle style, ClientCalls calls) {
		this.id = id;
		this.type = type;
		this.style = style;
		this.calls = calls;
		this.operations = new EngineRunOperations(calls, "WorkflowHandle");
	}

	@Override
	public String id() {
		return this.id;
	}

	@Override
	public R result() {
		this.calls.guard().check("WorkflowHandle.result()", "resultAsync()");
		this.calls.transactions().checkWait("WorkflowHandle.result()");
		RunResults results = this.calls.node().results();
		return value(results, Futures.join(end()));
	}

	@Override
	public R result(Duration timeout) {
		RequiredArgument.check("WorkflowHandle.result", "timeout", timeout, "To wait without a bound use result()");
		this.calls.guard().check("WorkflowHandle.result(Duration)", "resultAsync()");
		this.calls.transactions().checkWait("WorkflowHandle.result(Duration)");
		RunResults results = this.calls.node().results();
		CompletableFuture<Completion> completion = end();
		try {
			return value(results, completion.get(Math.max(0, Futures.nanos(timeout)), TimeUnit.NANOSECONDS));
		}
		catch (TimeoutException ex) {
			WorkflowDescription description = describe();
			throw new ResultTimeoutException("run '" + this.id + "' has not ended within " + timeout + "; "
					+ standing(description) + ". See docs/reference/errors.md#kraft-3004", ex, this.id,
					description.status());
		}
		catch (InterruptedException ex) {
			throw Futures.interrupted(ex);
		}
		catch (ExecutionException ex) {
			throw Futures.unwrapped(ex);
		}
		finally {
			completion.cancel(false);
		}
	}

	private static String standing(WorkflowDescription run) {
		String status = "its status is " + run.status();
		return (run.reason() != null)
				? status + ", and it does not continue before its cause is fixed (" + run.reason() + ")"
				: status + ", and it continues";
	}

	@Override
	public CompletableFuture<R> resultAsync() {
		RunResults results = this.calls.node().results();
		return Futures.map(end(), (ended) -> value(results, ended));
	}

	private CompletableFuture<Completion> end() {
		return this.calls.of(this.id).end(Call.OWN, this.id);
	}

	@Override
	public <T> Optional<T> published(String key, Class<T> type) {
		RequiredArgument.check("WorkflowHandle.published", "key", key);
		RequiredArgument.check("WorkflowHandle.published", "type", type);
		return value(key, type);
	}

	@Override
	public <T> Optional<T> published(String key, TypeRef<T> type) {
		RequiredArgument.check("WorkflowHandle.published", "key", key);
		RequiredArgument.check("WorkflowHandle.published", "type", type);
		return value(key, type.type());
	}

	@SuppressWarnings("unchecked") // The value was read as this type.
	private <T> Optional<T> value(String key, Type type) {
		Payload value = this.calls.of(this.id).published(Call.OWN, this.id, key);
		return (value != null) ? (Optional<T>) Optional.ofNullable(this.calls.node()
			.payloads()
			.read(value, type, "the published value '" + key + "' of '" + this.id + "'")) : Optional.empty();
	}

	@Override
	public void signal(String name, @Nullable Object payload) {
		this.operations.signal(this.id, name, payload);
	}

	@Override
	public void signal(String name, @Nullable Object payload, String messageId) {
		this.operations.signal(this.id, name, payload, messageId);
	}

	@Override
	public CompletableFuture<@Nullable Void> signalAsync(String name, @Nullable Object payload) {
		return this.operations.signalAsync(this.id, name, payload);
	}

	@Override
	public CompletableFuture<@Nullable Void> signalAsync(String name, @Nullable Object payload, String messageId) {
		return this.operations.signalAsync(this.id, name, payload, messageId);
	}

	@Override
	public void cancel() {
		this.operations.cancel(this.id);
	}

	@Override
	public void failRun(String reason) {
		this.operations.failRun(this.id, reason);
	}

	@Override
	public void terminate() {
		this.operations.terminate(this.id);
	}

	@Override
	public void pause() {
		this.operations.pause(this.id);
	}

	@Override
	public void resume() {
		this.operations.resume(this.id);
	}

	@Override
	public void discardMessage(long number) {
		this.operations.discardMessage(this.id, number);
	}

	@Override
	public void replaceMessage(long number, @Nullable Object payload) {
		this.operations.replaceMessage(this.id, number, payload);
	}

	@Override
	public void delete() {
		this.operations.delete(this.id);
	}

	@Override
	public WorkflowHandle<R> retry() {
		this.operations.retry(this.id);
		return this;
	}

	@Override
	public WorkflowHandle<R> restart() {
		return this.calls.handle(this.operations.restart(this.id).id(), this.type, this.style);
	}

	@Override
	public WorkflowHandle<R> restartFrom(String position) {
		return this.calls.handle(this.operations.restartFrom(this.id, position).id(), this.type, this.style);
	}

	@Override
	public WorkflowStatus status() {
		return run().row().status();
	}

	@Override
	public WorkflowDescription describe() {
		return Descriptions.of(run());
	}

	private RunView run() {
		return this.calls.of(this.id).run(Call.OWN, this.id);
	}

	// Read as the type that made this handle, which says whether it may be null.
	@SuppressWarnings({ "unchecked", "NullAway" })
	private R value(RunResults results, Completion completion) {
		return (R) this.style.completed(results.value(completion, this.type));
	}

	@Override
	public String toString() {
		return "WorkflowHandle[" + this.id + "]";
	}

}
