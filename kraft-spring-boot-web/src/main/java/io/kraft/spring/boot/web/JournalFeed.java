package io.kraft.spring.boot.web;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import io.kraft.client.JournalEntryView;
import io.kraft.client.JournalQuery;
import io.kraft.client.Page;
import io.kraft.client.Subscription;
import io.kraft.client.WorkflowClient;
import io.kraft.client.WorkflowDescription;
import io.kraft.client.WorkflowNotFoundException;
import io.kraft.client.WorkflowStatus;
import org.jspecify.annotations.Nullable;

/**
 * Publishes the entries of a run's journal and the changes of its status, from a given
 * place on, until the run has ended.
 * <p>
 * Nothing is buffered but the batch that is sent, for which there must be room in the
 * {@link StreamMemory}: the journal itself is read from the last published place. The
 * run's watch only notifies that there is news; what it should lose is found by the read
 * that comes with each keep-alive. The status is read before the entries, so that all of
 * them are published before the end of the run. That the journal is still the same is
 * checked after a page of it was read: one that began anew is published from its
 * beginning.
 */
final class JournalFeed implements Feed {

	private static final int PAGE = 16;

	/** Characters of payloads of a page, unless its first entry alone has more. */
	private static final long PAGE_SIZE = 64 * 1024;

	/** Between two looks whether there is room. */
	private static final long RETRY_MILLIS = 200;

	private final WorkflowClient client;

	private final WebCalls calls;

	private final String id;

	private final Duration keepAlive;

	private final ShownPayloads payloads;

	private final Permit permit;

	private final FeedNotifier notifier = new FeedNotifier();

	private final Subscription watch;

	private volatile JournalPlace place;

	private volatile @Nullable WorkflowStatus publishedStatus;

	private volatile boolean isOver;

	private final StreamMemory.Share memory;

	/** Of the batch that the connection has not taken yet. */
	private volatile long sending;

	/** Whether what was read last has the end of the run. */
	private volatile boolean endsHere;

	/** Since the reader has got anything, because there is no room. */
	private volatile long waitedMillis;

	/** Of a batch for which there was no room; 0 if there was. */
	private volatile long needed;

	/**
	 * Begins to watch the run.
	 * @param permit is given back when the feed is closed, or cannot begin
	 * @throws WorkflowNotFoundException if the id is unknown
	 */
	JournalFeed(WorkflowClient client, WebCalls calls, Permit permit, String id, JournalPlace place, Duration keepAlive,
			ShownPayloads payloads) {
		this.client = client;
		this.calls = calls;
		this.id = id;
		this.place = place;
		this.keepAlive = keepAlive;
		this.payloads = payloads;
		this.permit = permit;
		this.memory = calls.streamMemory().open();
		try {
			this.watch = client.watch(id, this.notifier::notifyFeed);
		}
		catch (RuntimeException ex) {
			this.memory.close();
			this.permit.close();
			throw ex;
		}
	}

	@Override
	public CompletionStage<List<Frame>> next() {
		this.memory.sent();
		this.memory.giveBack(this.sending);
		this.sending = 0;
		if (this.isOver) {
			return CompletableFuture.completedFuture(List.of());
		}
		if (this.memory.isDropped()) {
			this.isOver = true;
			return CompletableFuture.completedFuture(List.of(Frame.dropped()));
		}
		return this.memory.hasRoom(this.needed) ? this.calls.call(this::read).thenCompose(this::orWait) : later();
	}

	/** Nothing is held meanwhile. */
	private CompletionStage<List<Frame>> later() {
		long waited = this.waitedMillis;
		if (waited >= this.keepAlive.toMillis()) {
			this.waitedMillis = 0;
			return CompletableFuture.completedFuture(List.of(Frame.KEEP_ALIVE));
		}
		this.waitedMillis = waited + RETRY_MILLIS;
		return CompletableFuture
			.supplyAsync(this::next,
					CompletableFuture.delayedExecutor(RETRY_MILLIS, TimeUnit.MILLISECONDS, this.calls.executor()))
			.thenCompose(Function.identity());
	}

	private CompletionStage<List<Frame>> orWait(Optional<List<Frame>> read) {
		if (read.isEmpty()) {
			return later();
		}
		List<Frame> frames = read.get();
		if (!frames.isEmpty()) {
			return CompletableFuture.completedFuture(frames);
		}
		return this.notifier.await(this.keepAlive)
			.thenComposeAsync(
					(isNotified) -> isNotified ? next() : CompletableFuture.completedFuture(List.of(Frame.KEEP_ALIVE)),
					this.calls.executor());
	}

	/** Empty if there is no room for what was read: it is read again, when there is. */
	private Optional<List<Frame>> read() {
		this.notifier.arm();
		JournalPlace place = this.place;
		WorkflowStatus status = this.publishedStatus;
		try {
			List<Frame> frames = frames();
			if (hold(frames)) {
				if (this.endsHere) {
					this.isOver = true;
				}
				return Optional.of(frames);
			}
			this.place = place;
			this.publishedStatus = status;
			return Optional.empty();
		}
		catch (WorkflowNotFoundException ex) {
			this.isOver = true;
			return Optional.of(List.of(new Frame("gone", null, "{}")));
		}
	}

	private boolean hold(List<Frame> frames) {
		long bytes = frames.stream().mapToLong(Frame::sizeBytes).sum();
		if (!this.memory.tryHold(bytes)) {
			this.needed = bytes;
			return false;
		}
		this.needed = 0;
		this.sending = bytes;
		if (bytes > 0) {
			this.memory.sending();
		}
		return true;
	}

	private List<Frame> frames() {
		WorkflowDescription run = this.client.handle(this.id).describe();
		Page<JournalEntryView> page = page();
		List<Frame> frames = new ArrayList<>();
		for (JournalEntryView entry : page.items()) {
			frames.add(new Frame("entry", this.place.id(entry), WebJson.write(this.payloads.in(entry))));
			this.place = this.place.after(entry);
		}
		boolean isLast = page.nextCursor().isEmpty();
		if (run.status() != this.publishedStatus && isLast) {
			this.publishedStatus = run.status();
			frames.add(new Frame("status", null, WebJson.write(run)));
		}
		this.endsHere = run.status().isTerminal() && isLast;
		if (this.endsHere) {
			frames.add(new Frame("end", null, "{}"));
		}
		return frames;
	}

	private Page<JournalEntryView> page() {
		Page<JournalEntryView> page = page(this.place.next(), PAGE);
		List<JournalEntryView> first = page(0, 1).items();
		JournalPlace now = first.isEmpty() ? this.place : this.place.in(first.getFirst());
		if (now.equals(this.place)) {
			return page;
		}
		this.place = now;
		return (page.items().isEmpty() || page.items().getFirst().sequence() > 0) ? page(0, PAGE) : page;
	}

	private Page<JournalEntryView> page(int from, int limit) {
		return this.client.journal(this.id, JournalQuery.all().from(from).limit(limit).maxSize(PAGE_SIZE));
	}

	/**
	 * Whether a reader at this place has received everything, the end included.
	 */
	boolean hasNothingMore() {
		WorkflowStatus status = this.client.handle(this.id).status();
		return status.isTerminal() && page().items().isEmpty();
	}

	@Override
	public void onDrop(Runnable abort) {
		this.memory.onDrop(abort);
	}

	@Override
	public void close() {
		this.isOver = true;
		this.memory.close();
		this.watch.close();
		this.permit.close();
		this.notifier.notifyFeed();
	}

}
