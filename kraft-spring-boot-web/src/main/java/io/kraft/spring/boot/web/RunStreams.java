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

	private final ShownPayloads payloads;

	RunStreams(WorkflowClient client, WebCalls calls, Duration keepAlive, ShownPayloads payloads) {
		this.payloads = payloads;
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
	public @Nullable Feed journal(String id, @Nullable String lastEventId) {
		Optional<JournalPlace> place = Optional.ofNullable(lastEventId)
			.filter(StringUtils::hasLength)
			.map(JournalPlace::after);
		JournalFeed feed = new JournalFeed(this.client, this.calls, id, place.orElse(JournalPlace.BEGIN),
				this.keepAlive, this.payloads);
		try {
			if (place.isPresent() && feed.hasNothingMore()) {
				feed.close();
				return null;
			}
			return ExpiringFeed.of(feed);
		}
		catch (RuntimeException ex) {
			feed.close();
			throw ex;
		}
	}

	/**
	 * The events that are let through by the parameters of a request.
	 * @param upgrade the header {@code Upgrade}
	 */
	public Feed events(MultiValueMap<String, String> parameters, @Nullable String upgrade) {
		RunEventFilter filter = RunEventFilter.of(parameters);
		if (!"websocket".equalsIgnoreCase(upgrade)) {
			throw RequestRefusedException.upgradeRequired();
		}
		return ExpiringFeed.of(new RunEventFeed(this.client, this.calls, filter, this.keepAlive));
	}

}
