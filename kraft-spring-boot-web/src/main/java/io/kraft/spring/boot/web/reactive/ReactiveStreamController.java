package io.kraft.spring.boot.web.reactive;

import io.kraft.spring.boot.web.Answers;
import io.kraft.spring.boot.web.ApiController;
import io.kraft.spring.boot.web.ApiRequest;
import io.kraft.spring.boot.web.Feed;
import io.kraft.spring.boot.web.RunStreams;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.reactive.socket.WebSocketHandler;
import org.springframework.web.server.ServerWebExchange;

/**
 * One run's journal as server-sent events, and events of all runs by WebSocket.
 */
final class ReactiveStreamController extends ApiController {

	private final RunStreams streams;

	ReactiveStreamController(RunStreams streams) {
		this.streams = streams;
	}

	@GetMapping("/runs/{id}/events")
	ResponseEntity<Feed> journal(@PathVariable String id,
			@RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId,
			@RequestAttribute ApiRequest kraftRequest, ServerWebExchange exchange) {
		Feed feed = this.streams.journal(id, lastEventId, kraftRequest.caller());
		if (feed != null) {
			feed.onDrop(closing(exchange));
		}
		// A browser does not reconnect after a 204.
		return (feed == null) ? Answers.empty(204)
				: ResponseEntity.ok().headers(Answers.HEADERS).contentType(MediaType.TEXT_EVENT_STREAM).body(feed);
	}

	@GetMapping("/events")
	WebSocketHandler events(@RequestParam MultiValueMap<String, String> parameters,
			@RequestHeader(name = HttpHeaders.UPGRADE, required = false) @Nullable String upgrade,
			@RequestAttribute ApiRequest kraftRequest, ServerWebExchange exchange) {
		Feed feed = this.streams.events(parameters, upgrade, kraftRequest.caller());
		feed.onDrop(closing(exchange));
		return new FeedSocket(feed, connection(exchange) != null);
	}

	/**
	 * Closes the connection, also while it does not take what is sent: an end of the
	 * stream would wait behind that. Servers other than Netty end such a write
	 * themselves.
	 */
	private static Runnable closing(ServerWebExchange exchange) {
		Disposable connection = connection(exchange);
		return (connection != null) ? connection::dispose : () -> {
		};
	}

	/** Netty's; null with another server. */
	private static @Nullable Disposable connection(ServerWebExchange exchange) {
		return (ServerHttpResponseDecorator.getNativeResponse(exchange.getResponse()) instanceof Disposable connection)
				? connection : null;
	}

}
