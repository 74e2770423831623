package io.kraft.workflow;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;

import org.jspecify.annotations.Nullable;

/**
 * Forwards each call to the context that is bound to the calling thread.
 */
final class CallingRunContext implements WorkflowContext {

	static final CallingRunContext INSTANCE = new CallingRunContext();

	private CallingRunContext() {
	}

	@Override
	public String workflowId() {
		return WorkflowContext.current().workflowId();
	}

	@Override
	public String workflowName() {
		return WorkflowContext.current().workflowName();
	}

	@Override
	public int workflowVersion() {
		return WorkflowContext.current().workflowVersion();
	}

	@Override
	public boolean isReplaying() {
		return WorkflowContext.current().isReplaying();
	}

	@Override
	public Instant now() {
		return WorkflowContext.current().now();
	}

	@Override
	public void sleep(Duration duration) {
		WorkflowContext.current().sleep(duration);
	}

	@Override
	public void sleepUntil(Instant instant) {
		WorkflowContext.current().sleepUntil(instant);
	}

	@Override
	public UUID randomUuid() {
		return WorkflowContext.current().randomUuid();
	}

	@Override
	public RandomGenerator random() {
		return WorkflowContext.current().random();
	}

	@Override
	public <T extends @Nullable Object> T sideEffect(String name, Class<T> type, Callable<T> code) {
		return WorkflowContext.current().sideEffect(name, type, code);
	}

	@Override
	public <T extends @Nullable Object> T sideEffect(String name, TypeRef<T> type, Callable<T> code) {
		return WorkflowContext.current().sideEffect(name, type, code);
	}

	@Override
	public void sideEffect(String name, ThrowingRunnable code) {
		WorkflowContext.current().sideEffect(name, code);
	}

	@Override
	public <T extends @Nullable Object> T call(String stepName, Class<T> type, @Nullable Object... arguments) {
		return WorkflowContext.current().call(stepName, type, arguments);
	}

	@Override
	public <T extends @Nullable Object> T call(String stepName, TypeRef<T> type, @Nullable Object... arguments) {
		return WorkflowContext.current().call(stepName, type, arguments);
	}

	@Override
	public <T extends @Nullable Object> T awaitSignal(String name, Class<T> type) {
		return WorkflowContext.current().awaitSignal(name, type);
	}

	@Override
	public <T extends @Nullable Object> T awaitSignal(String name, TypeRef<T> type) {
		return WorkflowContext.current().awaitSignal(name, type);
	}

	@Override
	public <T> Optional<T> awaitSignal(String name, Class<T> type, Duration timeout) {
		return WorkflowContext.current().awaitSignal(name, type, timeout);
	}

	@Override
	public <T> Optional<T> awaitSignal(String name, TypeRef<T> type, Duration timeout) {
		return WorkflowContext.current().awaitSignal(name, type, timeout);
	}

	@Override
	public void awaitSignal(String name) {
		WorkflowContext.current().awaitSignal(name);
	}

	@Override
	public boolean awaitSignal(String name, Duration timeout) {
		return WorkflowContext.current().awaitSignal(name, timeout);
	}

	@Override
	public void signal(String workflowId, String name, @Nullable Object payload) {
		WorkflowContext.current().signal(workflowId, name, payload);
	}

	@Override
	public void publish(String key, @Nullable Object value) {
		WorkflowContext.current().publish(key, value);
	}

	@Override
	public <T extends @Nullable Object> Callback<T> callback(Class<T> type) {
		return WorkflowContext.current().callback(type);
	}

	@Override
	public <T extends @Nullable Object> Callback<T> callback(TypeRef<T> type) {
		return WorkflowContext.current().callback(type);
	}

	@Override
	public WorkflowState state() {
		return WorkflowContext.current().state();
	}

	@Override
	public <T extends @Nullable Object> DurableFuture<T> async(Callable<T> code) {
		return WorkflowContext.current().async(code);
	}

	@Override
	public DurableFuture<@Nullable Void> async(ThrowingRunnable code) {
		return WorkflowContext.current().async(code);
	}

	@Override
	public <T extends @Nullable Object> List<T> parallel(List<? extends Callable<T>> codes) {
		return WorkflowContext.current().parallel(codes);
	}

	@Override
	public <R extends @Nullable Object> DurableFuture<R> startChild(Callable<R> call) {
		return WorkflowContext.current().startChild(call);
	}

	@Override
	public DurableFuture<@Nullable Void> startChild(ThrowingRunnable call) {
		return WorkflowContext.current().startChild(call);
	}

	@Override
	public void onFailure(String name, ThrowingRunnable code) {
		WorkflowContext.current().onFailure(name, code);
	}

	@Override
	public boolean patched(String changeId) {
		return WorkflowContext.current().patched(changeId);
	}

	@Override
	@SuppressWarnings("TypeParameterUnusedInFormals") // As its interface.
	public <R extends @Nullable Object> R continueAsNew(@Nullable Object... arguments) {
		return WorkflowContext.current().continueAsNew(arguments);
	}

	@Override
	public <T extends @Nullable Object> T nonCancellable(Callable<T> code) {
		return WorkflowContext.current().nonCancellable(code);
	}

	@Override
	public void nonCancellable(ThrowingRunnable code) {
		WorkflowContext.current().nonCancellable(code);
	}

}
