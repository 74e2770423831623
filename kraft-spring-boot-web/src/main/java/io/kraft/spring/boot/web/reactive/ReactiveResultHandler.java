package io.kraft.spring.boot.web.reactive;

import java.time.Duration;
import java.util.List;

import io.kraft.spring.boot.web.ApiController;
import reactor.core.publisher.Mono;

import org.springframework.core.Ordered;
import org.springframework.core.codec.ByteArrayEncoder;
import org.springframework.http.MediaType;
import org.springframework.http.codec.EncoderHttpMessageWriter;
import org.springframework.http.codec.ServerSentEventHttpMessageWriter;
import org.springframework.web.reactive.HandlerResult;
import org.springframework.web.reactive.HandlerResultHandler;
import org.springframework.web.reactive.accept.FixedContentTypeResolver;
import org.springframework.web.reactive.result.method.annotation.ResponseEntityResultHandler;
import org.springframework.web.reactive.socket.WebSocketHandler;
import org.springframework.web.reactive.socket.server.WebSocketService;
import org.springframework.web.reactive.socket.server.support.HandshakeWebSocketService;
import org.springframework.web.server.ServerWebExchange;

/**
 * Writes what Kraft's controllers answer, with writers of its own: bytes as they are,
 * events, and WebSockets.
 */
final class ReactiveResultHandler implements HandlerResultHandler, Ordered {

	private final ResponseEntityResultHandler entities = new ResponseEntityResultHandler(
			List.of(new EncoderHttpMessageWriter<>(new ByteArrayEncoder()), new ServerSentEventHttpMessageWriter()),
			new FixedContentTypeResolver(MediaType.ALL));

	private final Duration timeout;

	private final WebSocketService sockets = new HandshakeWebSocketService();

	/**
	 * A handler.
	 * @param timeout within which a large answer must have been taken
	 */
	ReactiveResultHandler(Duration timeout) {
		this.timeout = timeout;
	}

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

	@Override
	public boolean supports(HandlerResult result) {
		return ApiController.class.isAssignableFrom(result.getReturnTypeSource().getContainingClass());
	}

	@Override
	public Mono<Void> handleResult(ServerWebExchange exchange, HandlerResult result) {
		return (result.getReturnValue() instanceof WebSocketHandler socket)
				? this.sockets.handleRequest(exchange, socket)
				: this.entities.handleResult(CountedAnswer.in(exchange, this.timeout), result);
	}

}
