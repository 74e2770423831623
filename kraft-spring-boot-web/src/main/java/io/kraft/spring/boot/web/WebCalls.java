package io.kraft.spring.boot.web;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

import io.kraft.spring.boot.autoconfigure.KraftProperties;

/**
 * Where the web's calls of the engine are made, and how many concurrently.
 * <p>
 * They block, and reads of the store would pin a virtual thread: so they have platform
 * threads of their own, and an event loop is never held up. What waits for these threads
 * is bounded by the permits, each of which stands for one task at a time at most.
 */
public final class WebCalls implements AutoCloseable {

	private final ThreadPoolExecutor threads;

	private final Semaphore requests;

	private final Semaphore streams;

	private final StreamMemory streamMemory;

	WebCalls(KraftProperties.Web properties) {
		this.threads = new ThreadPoolExecutor(properties.threads(), properties.threads(), 10, TimeUnit.SECONDS,
				new LinkedBlockingQueue<>(), Thread.ofPlatform().name("kraft-web-", 0).daemon().factory());
		this.threads.allowCoreThreadTimeOut(true);
		this.requests = new Semaphore(properties.maxConcurrentRequests());
		this.streams = new Semaphore(properties.maxStreams());
		this.streamMemory = new StreamMemory((properties.maxStreamMemory() != null)
				? properties.maxStreamMemory().toBytes() : StreamMemory.defaultLimit(), System::nanoTime);
	}

	Executor executor() {
		return this.threads;
	}

	<T> CompletableFuture<T> call(Supplier<T> call) {
		return CompletableFuture.supplyAsync(call, this.threads);
	}

	/**
	 * Lets one more request in.
	 * @throws RequestRefusedException if the limit is reached
	 */
	Permit request() {
		return permit(this.requests, "kraft.web.max-concurrent-requests");
	}

	/**
	 * Lets one more stream, or wait for a result, be open.
	 * @throws RequestRefusedException if the limit is reached
	 */
	Permit stream() {
		return permit(this.streams, "kraft.web.max-streams");
	}

	/**
	 * What all streams together hold.
	 */
	StreamMemory streamMemory() {
		return this.streamMemory;
	}

	private static Permit permit(Semaphore permits, String property) {
		if (!permits.tryAcquire()) {
			throw RequestRefusedException.busy(property);
		}
		AtomicBoolean held = new AtomicBoolean(true);
		return () -> {
			if (held.getAndSet(false)) {
				permits.release();
			}
		};
	}

	@Override
	public void close() {
		this.threads.shutdown();
	}

	/**
	 * To be given back once; a second time has no effect.
	 */
	@FunctionalInterface
	public interface Permit extends AutoCloseable {

		@Override
		void close();

	}

}
