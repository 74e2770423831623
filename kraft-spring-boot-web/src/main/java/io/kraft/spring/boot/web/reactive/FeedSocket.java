package io.kraft.spring.boot.web.reactive;

import io.kraft.spring.boot.web.Feed;
import io.kraft.spring.boot.web.Frame;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.web.reactive.socket.WebSocketHandler;
import org.springframework.web.reactive.socket.WebSocketMessage;
import org.springframework.web.reactive.socket.WebSocketSession;

/**
 * Sends a feed; incoming messages are ignored.
 */
final class FeedSocket implements WebSocketHandler {

	private final Flux<Frame> frames;

	private final Feed feed;

	/**
	 * Of a feed.
	 * @param frames its frames
	 */
	FeedSocket(Flux<Frame> frames, Feed feed) {
		this.frames = frames;
		this.feed = feed;
	}

	@Override
	public Mono<Void> handle(WebSocketSession session) {
		Mono<Void> sending = session.send(this.frames.map((frame) -> message(session, frame)));
		// When nothing comes in any more, the reader is gone.
		Mono<Void> receiving = session.receive().doOnNext((message) -> {
		}).then();
		return Mono.firstWithSignal(sending, receiving).doFinally((signal) -> this.feed.close());
	}

	private static WebSocketMessage message(WebSocketSession session, Frame frame) {
		return frame.isKeepAlive() ? session.pingMessage((buffers) -> buffers.wrap(new byte[0]))
				: session.textMessage(frame.data());
	}

}
