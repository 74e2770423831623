package io.kraft.spring.boot.autoconfigure;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import io.kraft.client.WorkflowDescription;
import io.kraft.client.WorkflowHandle;
import io.kraft.client.WorkflowStatus;
import io.kraft.workflow.TypeRef;

/**
 * A run that ends when a test says so.
 */
record FakeHandle<R>(String id, CompletableFuture<R> resultAsync) implements WorkflowHandle<R> {

	@Override
	public R result() {
		return this.resultAsync.join();
	}

	@Override
	public R result(Duration timeout) {
		throw notFaked();
	}

	@Override
	public <T> Optional<T> published(String key, Class<T> type) {
		throw notFaked();
	}

	@Override
	public void signal(String name, Object payload) {
		throw notFaked();
	}

	@Override
	public <T> Optional<T> published(String key, TypeRef<T> type) {
		throw notFaked();
	}

	@Override
	public void signal(String name, Object payload, String messageId) {
		throw notFaked();
	}

	@Override
	public CompletableFuture<Void> signalAsync(String name, Object payload) {
		throw notFaked();
	}

	@Override
	public CompletableFuture<Void> signalAsync(String name, Object payload, String messageId) {
		throw notFaked();
	}

	@Override
	public void discardMessage(long number) {
		throw notFaked();
	}

	@Override
	public void replaceMessage(long number, Object payload) {
		throw notFaked();
	}

	@Override
	public void failRun(String reason) {
		throw notFaked();
	}

	@Override
	public void terminate() {
		throw notFaked();
	}

	@Override
	public void pause() {
		throw notFaked();
	}

	@Override
	public void resume() {
		throw notFaked();
	}

	@Override
	public void delete() {
		throw notFaked();
	}

	@Override
	public WorkflowHandle<R> retry() {
		throw notFaked();
	}

	@Override
	public WorkflowHandle<R> restart() {
		throw notFaked();
	}

	@Override
	public WorkflowHandle<R> restartFrom(String position) {
		throw notFaked();
	}

	@Override
	public void cancel() {
		throw notFaked();
	}

	@Override
	public WorkflowStatus status() {
		return WorkflowStatus.RUNNING;
	}

	@Override
	public WorkflowDescription describe() {
		throw notFaked();
	}

	private static UnsupportedOperationException notFaked() {
		return new UnsupportedOperationException("not faked");
	}

}
