package io.kraft.spring.boot.web;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.kraft.client.JournalEntryView;
import io.kraft.client.JournalQuery;
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
 * Nothing is buffered: the journal itself is read from the last published place. The
 * run's watch only notifies that there is news; what it should lose is found by the read
 * that comes with each keep-alive. The status is read before the entries, so that all of
 * them are published before the end of the run. That the journal is still the same is
 * checked after a page of it was read: one that began anew is published from its
 * beginning.
 */
final class JournalFeed implements Feed {

	private static final int PAGE = 16;

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
		try {
			this.watch = client.watch(id, this.notifier::notifyFeed);
		}
		catch (RuntimeException ex) {
			this.permit.close();
			throw ex;
		}
	}

	@Override
	public CompletionStage<List<Frame>> next() {
		return this.isOver ? CompletableFuture.completedFuture(List.of())
				: this.calls.call(this::read).thenCompose(this::orWait);
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

	private List<Frame> read() {
		this.notifier.arm();
		try {
			return frames();
		}
		catch (WorkflowNotFoundException ex) {
			this.isOver = true;
			return List.of(new Frame("gone", null, "{}"));
		}
	}

	private List<Frame> frames() {
		WorkflowDescription run = this.client.handle(this.id).describe();
		List<JournalEntryView> entries = page();
		List<Frame> frames = new ArrayList<>();
		for (JournalEntryView entry : entries) {
			frames.add(new Frame("entry", this.place.id(entry), WebJson.write(this.payloads.in(entry))));
			this.place = this.place.after(entry);
		}
		boolean isLast = entries.size() < PAGE;
		if (run.status() != this.publishedStatus && isLast) {
			this.publishedStatus = run.status();
			frames.add(new Frame("status", null, WebJson.write(run)));
		}
		if (run.status().isTerminal() && isLast) {
			this.isOver = true;
			frames.add(new Frame("end", null, "{}"));
		}
		return frames;
	}

	private List<JournalEntryView> page() {
		List<JournalEntryView> page = page(this.place.next(), PAGE);
		List<JournalEntryView> first = page(0, 1);
		JournalPlace now = first.isEmpty() ? this.place : this.place.in(first.getFirst());
		if (now.equals(this.place)) {
			return page;
		}
		this.place = now;
		return (page.isEmpty() || page.getFirst().sequence() > 0) ? page(0, PAGE) : page;
	}

	private List<JournalEntryView> page(int from, int limit) {
		return this.client.journal(this.id, JournalQuery.all().from(from).limit(limit)).items();
	}

	/**
	 * Whether a reader at this place has received everything, the end included.
	 */
	boolean hasNothingMore() {
		WorkflowStatus status = this.client.handle(this.id).status();
		return status.isTerminal() && page().isEmpty();
	}

	@Override
	public void close() {
		this.isOver = true;
		this.watch.close();
		this.permit.close();
		this.notifier.notifyFeed();
	}

}
