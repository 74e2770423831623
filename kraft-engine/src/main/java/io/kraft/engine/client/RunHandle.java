package io.kraft.engine.client;

import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

import io.kraft.client.RequiredArgument;
import io.kraft.client.ResultTimeoutException;
import io.kraft.client.WorkflowDescription;
import io.kraft.client.WorkflowHandle;
import io.kraft.client.WorkflowStatus;
import io.kraft.engine.call.BlockingGuard;
import io.kraft.engine.definition.ResultStyle;
import io.kraft.engine.execution.Execution;
import io.kraft.engine.lifecycle.Completion;
import io.kraft.engine.lifecycle.Futures;
import io.kraft.engine.message.PreparedMessage;
import io.kraft.engine.run.ReplayGuard;
import io.kraft.engine.transaction.TransactionGuard;
import org.jspecify.annotations.Nullable;

/**
 * A run of an execution, by its id.
 */
final class RunHandle<R extends @Nullable Object> implements WorkflowHandle<R> {

	private final String id;

	private final @Nullable Type type;

	private final ResultStyle style;

	private final Supplier<Execution> execution;

	private final BlockingGuard guard;

	private final TransactionGuard transactions;

	/**
	 * A handle; nothing is looked up.
	 * @param type how to read the result; null leaves that to the workflow's definition
	 * @param style what the method returns, which is the type of this handle's result
	 */
	RunHandle(String id, @Nullable Type type, ResultStyle style, Supplier<Execution> execution, BlockingGuard guard,
			TransactionGuard transactions) {
		this.id = id;
		this.type = type;
		this.style = style;
		this.execution = execution;
		this.guard = guard;
		this.transactions = transactions;
	}

	@Override
	public String id() {
		return this.id;
	}

	@Override
	public R result() {
		this.guard.check("WorkflowHandle.result()", "resultAsync()");
		this.transactions.checkWait("WorkflowHandle.result()");
		Execution execution = this.execution.get();
		return value(execution, Futures.join(execution.completion(this.id)));
	}

	@Override
	public R result(Duration timeout) {
		RequiredArgument.check("WorkflowHandle.result", "timeout", timeout, "To wait without a bound use result()");
		this.guard.check("WorkflowHandle.result(Duration)", "resultAsync()");
		this.transactions.checkWait("WorkflowHandle.result(Duration)");
		Execution execution = this.execution.get();
		CompletableFuture<Completion> completion = execution.completion(this.id);
		try {
			return value(execution, completion.get(Math.max(0, Futures.nanos(timeout)), TimeUnit.NANOSECONDS));
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
		return run.reason()
			.map((reason) -> status + ", and it does not continue before its cause is fixed (" + reason + ")")
			.orElse(status + ", and it continues");
	}

	@Override
	public CompletableFuture<R> resultAsync() {
		Execution execution = this.execution.get();
		return Futures.map(execution.completion(this.id), (ended) -> value(execution, ended));
	}

	@Override
	@SuppressWarnings("unchecked") // The value was read as this type.
	public <T> Optional<T> published(String key, Class<T> type) {
		RequiredArgument.check("WorkflowHandle.published", "key", key);
		RequiredArgument.check("WorkflowHandle.published", "type", type);
		return (Optional<T>) Optional.ofNullable(this.execution.get().messages().published(this.id, key, type));
	}

	@Override
	public void signal(String name, @Nullable Object payload) {
		RequiredArgument.check("WorkflowHandle.signal", "name", name);
		this.guard.check("WorkflowHandle.signal(…)", "WorkflowClient.signalAsync(…)");
		ReplayGuard.check("WorkflowHandle.signal(…) was called", EngineClient.SIGNAL_INSTEAD);
		PreparedMessage message = this.execution.get().messages().ofSignal(this.id, name, payload, null);
		this.transactions.act("WorkflowHandle.signal(…)", message::toString, message::send);
	}

	@Override
	public void cancel() {
		this.guard.check("WorkflowHandle.cancel()", "another thread");
		ReplayGuard.check("WorkflowHandle.cancel() was called", EngineClient.STEP_INSTEAD);
		Execution execution = this.execution.get();
		this.transactions.act("WorkflowHandle.cancel()", () -> "cancel run '" + this.id + "'",
				() -> execution.control().cancel(this.id));
	}

	@Override
	public WorkflowStatus status() {
		return this.execution.get().row(this.id).status();
	}

	@Override
	public WorkflowDescription describe() {
		Execution execution = this.execution.get();
		return Descriptions.of(execution.row(this.id), execution);
	}

	// Read as the type that made this handle, which says whether it may be null.
	@SuppressWarnings({ "unchecked", "NullAway" })
	private R value(Execution execution, Completion completion) {
		return (R) this.style.completed(execution.results().value(completion, this.type));
	}

	@Override
	public String toString() {
		return "WorkflowHandle[" + this.id + "]";
	}

}
