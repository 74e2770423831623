package io.kraft.spring.boot.web;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import io.kraft.client.WorkflowClient;
import io.kraft.spring.boot.web.Route.Access;
import io.kraft.spring.boot.web.Route.Handler;

import org.springframework.http.HttpMethod;

/**
 * Streams: one run's journal as server-sent events, all runs' events by WebSocket.
 */
final class EventEndpoints {

	private final WorkflowClient client;

	private final WebCalls calls;

	private final Duration keepAlive;

	private final ShownPayloads payloads;

	EventEndpoints(WorkflowClient client, WebCalls calls, Duration keepAlive, ShownPayloads payloads) {
		this.payloads = payloads;
		this.client = client;
		this.calls = calls;
		this.keepAlive = keepAlive;
	}

	List<Route> routes() {
		return List.of(Route.get("/runs/{id}/events", this::journal),
				new Route(HttpMethod.GET, "/events", Access.SOCKET, Handler.of(this::events)));
	}

	private Answer journal(ApiRequest request) {
		Optional<JournalPlace> place = request.header("Last-Event-ID").map(JournalPlace::after);
		JournalFeed feed = new JournalFeed(this.client, this.calls, request.variable("id"),
				place.orElse(JournalPlace.BEGIN), this.keepAlive, this.payloads);
		try {
			if (place.isPresent() && feed.hasNothingMore()) {
				feed.close();
				// A browser does not reconnect then.
				return Answer.Content.empty(204);
			}
			return new Answer.EventStream(ExpiringFeed.of(feed));
		}
		catch (RuntimeException ex) {
			feed.close();
			throw ex;
		}
	}

	private Answer events(ApiRequest request) {
		RunEventFilter filter = RunEventFilter.of(request);
		if (!request.header("Upgrade").filter("websocket"::equalsIgnoreCase).isPresent()) {
			throw RequestRefusedException.upgradeRequired();
		}
		return new Answer.Socket(ExpiringFeed.of(new RunEventFeed(this.client, this.calls, filter, this.keepAlive)));
	}

}
