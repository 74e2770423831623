package io.kraft.spring.boot.web;

import java.time.Duration;
import java.util.Optional;

import io.kraft.client.WorkflowClient;
import org.jspecify.annotations.Nullable;

import org.springframework.util.MultiValueMap;
import org.springframework.util.StringUtils;

/**
 * Opens streams: one run's journal, and events of all runs. The caller closes the feed
 * that it gets.
 */
public final class RunStreams {

	private final WorkflowClient client;

	private final WebCalls calls;

	private final Duration keepAlive;

	private final Duration life;

	private final ShownPayloads payloads;

	RunStreams(WorkflowClient client, WebCalls calls, Duration keepAlive, Duration life, ShownPayloads payloads) {
		this.payloads = payloads;
		this.life = life;
		this.client = client;
		this.calls = calls;
		this.keepAlive = keepAlive;
	}

	/**
	 * The journal of a run.
	 * @param lastEventId of the last event that the reader has received; it gets only
	 * what follows
	 * @return null if nothing follows any more
	 */
	public @Nullable Feed journal(String id, @Nullable String lastEventId, Caller caller) {
		Optional<JournalPlace> place = Optional.ofNullable(lastEventId)
			.filter(StringUtils::hasLength)
			.map(JournalPlace::after);
		if (place.isPresent() && hasNothingAfter(place.get(), id)) {
			return null;
		}
		Permit permit = this.calls.streams().take(caller);
		return opened(feed(id, place.orElse(JournalPlace.BEGIN), permit), caller);
	}

	/** This is answered immediately, and needs no permit. */
	private boolean hasNothingAfter(JournalPlace place, String id) {
		try (JournalFeed feed = feed(id, place, Permit.NONE)) {
			return feed.hasNothingMore();
		}
	}

	private JournalFeed feed(String id, JournalPlace place, Permit permit) {
		return new JournalFeed(this.client, this.calls, permit, id, place, this.keepAlive, this.payloads);
	}

	/**
	 * The events that are let through by the parameters of a request.
	 * @param upgrade the header {@code Upgrade}
	 */
	public Feed events(MultiValueMap<String, String> parameters, @Nullable String upgrade, Caller caller) {
		RunEventFilter filter = RunEventFilter.of(parameters);
		if (!"websocket".equalsIgnoreCase(upgrade)) {
			throw RequestRefusedException.upgradeRequired();
		}
		return opened(new RunEventFeed(this.client, this.calls, caller, filter, this.keepAlive), caller);
	}

	private Feed opened(Feed feed, Caller caller) {
		return ExpiringFeed.of(new LimitedFeed(feed, this.life, LimitedFeed.GRACE, caller.isSessionOver()));
	}

}
