package io.kraft.spring.boot.web.reactive;

import io.kraft.spring.boot.web.Access;
import io.kraft.spring.boot.web.ApiController;
import io.kraft.spring.boot.web.RunStreams;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.reactive.socket.WebSocketHandler;

/**
 * Events of all runs, by WebSocket.
 */
final class ReactiveSocketController extends ApiController {

	private final RunStreams streams;

	ReactiveSocketController(RunStreams streams) {
		this.streams = streams;
	}

	@Override
	protected Access access(HttpMethod method) {
		return Access.SOCKET;
	}

	@GetMapping("/events")
	WebSocketHandler events(@RequestParam MultiValueMap<String, String> parameters,
			@RequestHeader(name = HttpHeaders.UPGRADE, required = false) @Nullable String upgrade) {
		return new FeedSocket(this.streams.events(parameters, upgrade));
	}

}
