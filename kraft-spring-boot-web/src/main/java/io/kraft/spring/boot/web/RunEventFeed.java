package io.kraft.spring.boot.web;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.kraft.client.Subscription;
import io.kraft.client.WorkflowClient;
import io.kraft.client.WorkflowDescription;
import io.kraft.client.WorkflowEvent;
import io.kraft.client.WorkflowStatus;
import org.jspecify.annotations.Nullable;

/**
 * Publishes events of all runs, as they come. What a slow reader has not taken waits
 * here, up to a bound and as far as there is room in the {@link StreamMemory}; beyond it
 * events are dropped, and the reader is notified of their number.
 */
final class RunEventFeed implements Feed {

	/** Events that wait for a slow reader. */
	static final int MAX_WAITING = 1000;

	private static final int BATCH = 50;

	private static final int EVENT_OVERHEAD = 1024;

	private final RunEventFilter filter;

	private final WebCalls calls;

	private final Duration keepAlive;

	private final Permit permit;

	private final Subscription subscription;

	private final FeedNotifier notifier = new FeedNotifier();

	private final Queue<WorkflowEvent> waiting = new ArrayDeque<>();

	private final StreamMemory.Share memory;

	/** Of the batch that the connection has not taken yet. */
	private volatile long sending;

	private long dropped;

	private volatile boolean isOver;

	RunEventFeed(WorkflowClient client, WebCalls calls, Caller caller, RunEventFilter filter, Duration keepAlive) {
		this.filter = filter;
		this.calls = calls;
		this.keepAlive = keepAlive;
		this.permit = calls.streams().take(caller);
		this.memory = calls.streamMemory().open();
		try {
			this.subscription = client.subscribe(this::add);
		}
		catch (RuntimeException ex) {
			this.memory.close();
			this.permit.close();
			throw ex;
		}
	}

	/** On the thread that notifies all listeners: does not wait. */
	private void add(WorkflowEvent event) {
		if (this.filter.matches(event.workflow())) {
			synchronized (this.waiting) {
				// Once some were dropped, so are further ones, until the reader was
				// notified.
				if (this.dropped > 0 || this.waiting.size() >= MAX_WAITING || !this.memory.tryHold(sizeOf(event))) {
					this.dropped++;
				}
				else {
					this.waiting.add(event);
				}
			}
			this.notifier.notifyFeed();
		}
	}

	/** About how many bytes it takes until it is sent; other streams may share it. */
	private static long sizeOf(WorkflowEvent event) {
		WorkflowDescription run = event.workflow();
		long characters = length(run.id()) + length(run.name()) + length(run.reason()) + length(run.failure())
				+ length(run.parentId()) + length(run.waitingFor());
		for (Map.Entry<String, String> tag : run.tags().entrySet()) {
			characters += length(tag.getKey()) + length(tag.getValue());
		}
		return EVENT_OVERHEAD + 3 * characters;
	}

	private static long length(@Nullable String text) {
		return (text != null) ? text.length() : 0;
	}

	@Override
	public CompletionStage<List<Frame>> next() {
		this.memory.sent();
		this.memory.giveBack(this.sending);
		this.sending = 0;
		if (!this.isOver && this.memory.isDropped()) {
			this.isOver = true;
			return CompletableFuture.completedFuture(List.of(Frame.dropped()));
		}
		return this.isOver ? CompletableFuture.completedFuture(List.of())
				: this.calls.call(this::take).thenCompose(this::orWait);
	}

	private CompletionStage<List<Frame>> orWait(List<Frame> frames) {
		if (!frames.isEmpty()) {
			return CompletableFuture.completedFuture(frames);
		}
		return this.notifier.await(this.keepAlive)
			.thenComposeAsync(
					(isNotified) -> isNotified ? next() : CompletableFuture.completedFuture(List.of(Frame.KEEP_ALIVE)),
					this.calls.executor());
	}

	private List<Frame> take() {
		this.notifier.arm();
		List<WorkflowEvent> events = new ArrayList<>();
		long dropped = 0;
		synchronized (this.waiting) {
			while (events.size() < BATCH && !this.waiting.isEmpty()) {
				events.add(this.waiting.remove());
			}
			if (this.waiting.isEmpty()) {
				dropped = this.dropped;
				this.dropped = 0;
			}
		}
		List<Frame> frames = new ArrayList<>(events.stream().map(RunEvent::of).map(RunEvent::frame).toList());
		if (!events.isEmpty()) {
			this.sending = events.stream().mapToLong(RunEventFeed::sizeOf).sum();
			this.memory.sending();
		}
		if (dropped > 0) {
			frames.add(new Frame("missed", null, WebJson.write(new Missed("missed", dropped))));
		}
		return frames;
	}

	@Override
	public void onDrop(Runnable abort) {
		this.memory.onDrop(abort);
	}

	@Override
	public void close() {
		this.isOver = true;
		this.memory.close();
		this.subscription.close();
		this.permit.close();
		this.notifier.notifyFeed();
	}

	/**
	 * An event of a run.
	 *
	 * @param before status that the run came from, where it moved on
	 * @param run as of the event
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	record RunEvent(String type, Instant at, @Nullable WorkflowStatus before, WorkflowDescription run) {

		static RunEvent of(WorkflowEvent event) {
			return switch (event) {
				case WorkflowEvent.Started(var run, var at) -> new RunEvent("started", at, null, run);
				case WorkflowEvent.Moved(var run, var before, var at) -> new RunEvent("moved", at, before, run);
				case WorkflowEvent.Paused(var run, var at) -> new RunEvent("paused", at, null, run);
				case WorkflowEvent.Completed(var run, var at) -> new RunEvent("completed", at, null, run);
				case WorkflowEvent.Failed(var run, var at) -> new RunEvent("failed", at, null, run);
			};
		}

		Frame frame() {
			return new Frame(this.type, null, WebJson.write(this));
		}

	}

	/**
	 * Events that were dropped.
	 */
	record Missed(String type, long count) {
	}

}
