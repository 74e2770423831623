package io.kraft.spring.boot.web;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.kraft.spring.boot.autoconfigure.KraftProperties;
import io.kraft.spring.boot.web.Permits.Limit;

/**
 * Where the web's calls of the engine are made, and how many concurrently: one for the
 * web API, another for the application's own routes, so that neither takes the other's
 * place.
 * <p>
 * They block, and reads of the store would pin a virtual thread: so they have platform
 * threads of their own, and an event loop is never held up. What waits for these threads
 * is bounded by the permits, each of which stands for one task at a time at most.
 */
public final class WebCalls implements AutoCloseable {

	private final ThreadPoolExecutor threads;

	private final Permits requests;

	private final Permits streams;

	private final StreamMemory streamMemory;

	private final TransferMemory bodies = TransferMemory.ofBodies();

	private final TransferMemory answers = TransferMemory.ofAnswers();

	WebCalls(String name, KraftProperties.Web properties) {
		this.threads = new ThreadPoolExecutor(properties.threads(), properties.threads(), 10, TimeUnit.SECONDS,
				new LinkedBlockingQueue<>(), Thread.ofPlatform().name(name, 0).daemon().factory());
		this.threads.allowCoreThreadTimeOut(true);
		this.requests = new Permits(new Limit(properties.maxConcurrentRequests(), "kraft.web.max-concurrent-requests"),
				new Limit(properties.maxRequestsPerCaller(), "kraft.web.max-requests-per-caller"));
		this.streams = new Permits(new Limit(properties.maxStreams(), "kraft.web.max-streams"),
				new Limit(properties.maxStreamsPerCaller(), "kraft.web.max-streams-per-caller"));
		this.streamMemory = new StreamMemory((properties.maxStreamMemory() != null)
				? properties.maxStreamMemory().toBytes() : StreamMemory.defaultLimit(), System::nanoTime);
	}

	/**
	 * Threads that may block.
	 */
	public Executor executor() {
		return this.threads;
	}

	<T> CompletableFuture<T> call(Supplier<T> call) {
		return CompletableFuture.supplyAsync(call, this.threads);
	}

	/**
	 * Permits of requests, until they are handled.
	 */
	Permits requests() {
		return this.requests;
	}

	/**
	 * Permits of streams and of waits for a result, while they are open.
	 */
	Permits streams() {
		return this.streams;
	}

	/**
	 * What all streams together hold.
	 */
	StreamMemory streamMemory() {
		return this.streamMemory;
	}

	/**
	 * What bodies of requests hold that have not arrived, or are processed.
	 */
	TransferMemory bodies() {
		return this.bodies;
	}

	/**
	 * What answers hold that their readers have not taken.
	 */
	TransferMemory answers() {
		return this.answers;
	}

	@Override
	public void close() {
		this.threads.shutdown();
	}

}
