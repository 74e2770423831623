package io.kraft.spring.boot.web.reactive;

import java.util.List;

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

	private final Feed feed;

	private final boolean isOfNetty;

	/**
	 * A socket that is not open yet.
	 * @param isOfNetty whether the server requests more than a hundred messages ahead of
	 * what it has written, but can be sent one batch after another; others request one
	 * message after another, and take one sequence only
	 */
	FeedSocket(Feed feed, boolean isOfNetty) {
		this.feed = feed;
		this.isOfNetty = isOfNetty;
	}

	@Override
	public Mono<Void> handle(WebSocketSession session) {
		Mono<Void> sending = this.isOfNetty ? inTurn(session) : inOne(session);
		// When nothing comes in any more, the reader is gone.
		Mono<Void> receiving = session.receive().doOnNext((message) -> {
		}).then();
		return Mono.firstWithSignal(sending, receiving).doFinally((signal) -> this.feed.close());
	}

	private Mono<Void> inTurn(WebSocketSession session) {
		return Mono.defer(() -> Mono.fromCompletionStage(this.feed.next()))
			.flatMap((frames) -> session.send(Flux.fromIterable(frames).map((frame) -> message(session, frame)))
				.thenReturn(!frames.isEmpty()))
			.repeat()
			.takeWhile(Boolean::booleanValue)
			.then();
	}

	private Mono<Void> inOne(WebSocketSession session) {
		return session.send(Mono.defer(() -> Mono.fromCompletionStage(this.feed.next()))
			.repeat()
			.takeWhile((frames) -> !frames.isEmpty())
			.concatMapIterable(List::copyOf, 1)
			.map((frame) -> message(session, frame)));
	}

	private static WebSocketMessage message(WebSocketSession session, Frame frame) {
		return frame.isKeepAlive() ? session.pingMessage((buffers) -> buffers.wrap(new byte[0]))
				: session.textMessage(frame.data());
	}

}
