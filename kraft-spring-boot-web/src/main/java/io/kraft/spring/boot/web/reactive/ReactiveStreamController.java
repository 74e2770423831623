package io.kraft.spring.boot.web.reactive;

import java.util.List;

import io.kraft.spring.boot.web.Answers;
import io.kraft.spring.boot.web.ApiController;
import io.kraft.spring.boot.web.ApiRequest;
import io.kraft.spring.boot.web.Feed;
import io.kraft.spring.boot.web.Frame;
import io.kraft.spring.boot.web.RunStreams;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.ServerSentEvent;
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
	ResponseEntity<Flux<ServerSentEvent<String>>> journal(@PathVariable String id,
			@RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId,
			@RequestAttribute ApiRequest kraftRequest, ServerWebExchange exchange) {
		Feed feed = this.streams.journal(id, lastEventId, kraftRequest.caller());
		if (feed != null) {
			feed.onDrop(closing(exchange));
		}
		// A browser does not reconnect after a 204.
		return (feed == null) ? Answers.empty(204) : ResponseEntity.ok()
			.headers(Answers.HEADERS)
			// It may be closed whenever the feed has ended, as no other request
			// follows.
			.header(HttpHeaders.CONNECTION, "close")
			.contentType(MediaType.TEXT_EVENT_STREAM)
			.body(frames(feed, exchange).map(ReactiveStreamController::event));
	}

	@GetMapping("/events")
	WebSocketHandler events(@RequestParam MultiValueMap<String, String> parameters,
			@RequestHeader(name = HttpHeaders.UPGRADE, required = false) @Nullable String upgrade,
			@RequestAttribute ApiRequest kraftRequest, ServerWebExchange exchange) {
		Feed feed = this.streams.events(parameters, upgrade, kraftRequest.caller());
		feed.onDrop(closing(exchange));
		return new FeedSocket(frames(feed, exchange), feed);
	}

	/**
	 * Closes the connection, also while it does not take what is sent: an end of the
	 * stream would wait behind that. Netty's can; other servers end such a write
	 * themselves.
	 */
	private static Runnable closing(ServerWebExchange exchange) {
		return (ServerHttpResponseDecorator.getNativeResponse(exchange.getResponse()) instanceof Disposable connection)
				? connection::dispose : () -> {
				};
	}

	/**
	 * The frames of a feed, one batch after another, each requested when the one before
	 * was written. The feed is closed with the stream.
	 */
	private static Flux<Frame> frames(Feed feed, ServerWebExchange exchange) {
		return ConnectionRoom.of(exchange.getResponse())
			.then(Mono.fromCompletionStage(feed::next))
			.repeat()
			.takeWhile((frames) -> !frames.isEmpty())
			.concatMapIterable(List::copyOf, 1)
			.doFinally((signal) -> feed.close());
	}

	private static ServerSentEvent<String> event(Frame frame) {
		ServerSentEvent.Builder<String> event = ServerSentEvent.builder();
		if (frame.isKeepAlive()) {
			return event.comment("").build();
		}
		if (frame.id() != null) {
			event.id(frame.id());
		}
		return event.event(frame.event()).data(frame.data()).build();
	}

}
