package io.kraft.spring.boot.web.servlet;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.kraft.spring.boot.web.Answers;
import io.kraft.spring.boot.web.ApiController;
import io.kraft.spring.boot.web.ApiRequest;
import io.kraft.spring.boot.web.Feed;
import io.kraft.spring.boot.web.Frame;
import io.kraft.spring.boot.web.RunStreams;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * One run's journal as server-sent events, and events of all runs by WebSocket.
 */
final class ServletStreamController extends ApiController {

	private final RunStreams streams;

	private final SocketUpgrade sockets;

	ServletStreamController(RunStreams streams, SocketUpgrade sockets) {
		this.streams = streams;
		this.sockets = sockets;
	}

	@GetMapping("/runs/{id}/events")
	CompletionStage<ResponseEntity<SseEmitter>> journal(@PathVariable String id,
			@RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId,
			@RequestAttribute ApiRequest kraftRequest) {
		Feed feed = this.streams.journal(id, lastEventId, kraftRequest.caller());
		// A browser does not reconnect after a 204.
		return CompletableFuture.completedFuture((feed == null) ? Answers.empty(204)
				: ResponseEntity.ok().headers(Answers.HEADERS).body(new FeedEmitter(feed)));
	}

	@GetMapping("/events")
	void events(@RequestParam MultiValueMap<String, String> parameters,
			@RequestHeader(name = HttpHeaders.UPGRADE, required = false) @Nullable String upgrade,
			@RequestAttribute ApiRequest kraftRequest, HttpServletRequest request, HttpServletResponse response)
			throws ServletException, IOException {
		this.sockets.upgrade(this.streams.events(parameters, upgrade, kraftRequest.caller()), request, response);
	}

	/**
	 * Sends a feed, from when the answer begins.
	 */
	private static final class FeedEmitter extends SseEmitter {

		private static final long NO_TIMEOUT = 0;

		private final FeedPump pump;

		FeedEmitter(Feed feed) {
			super(NO_TIMEOUT);
			this.pump = new FeedPump(feed, this::send, this::complete);
			onCompletion(this.pump::stop);
			onError((failure) -> this.pump.stop());
		}

		@Override
		protected void extendResponse(ServerHttpResponse response) {
			super.extendResponse(response);
			this.pump.start();
		}

		private void send(Frame frame) throws IOException {
			SseEventBuilder event = event();
			if (frame.isKeepAlive()) {
				send(event.comment(""));
				return;
			}
			if (frame.id() != null) {
				event.id(frame.id());
			}
			send(event.name(frame.event()).data(frame.data()));
		}

	}

}
