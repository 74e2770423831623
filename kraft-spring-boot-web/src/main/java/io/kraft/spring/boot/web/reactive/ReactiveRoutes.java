package io.kraft.spring.boot.web.reactive;

import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

import io.kraft.spring.boot.web.Answer;
import io.kraft.spring.boot.web.ApiRequest;
import io.kraft.spring.boot.web.ApiRoutes;
import io.kraft.spring.boot.web.BodySource.BodyTooLargeException;
import io.kraft.spring.boot.web.Feed;
import io.kraft.spring.boot.web.Frame;
import io.kraft.spring.boot.web.Route;
import io.kraft.spring.boot.web.WebApi;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RequestPredicate;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.reactive.socket.WebSocketHandler;
import org.springframework.web.reactive.socket.WebSocketMessage;
import org.springframework.web.reactive.socket.WebSocketSession;
import org.springframework.web.reactive.socket.server.WebSocketService;
import org.springframework.web.reactive.socket.server.support.HandshakeWebSocketService;
import org.springframework.web.server.ServerWebExchange;

/**
 * Routes as Spring WebFlux has them. Nothing here blocks; a stream requests more from its
 * feed when the reader has taken what it was given.
 */
final class ReactiveRoutes {

	/** How long a body may take: a slow sender holds a permit. */
	private static final Duration BODY_TIMEOUT = Duration.ofSeconds(30);

	private final WebApi api;

	private final WebSocketService sockets = new HandshakeWebSocketService();

	ReactiveRoutes(WebApi api) {
		this.api = api;
	}

	RouterFunction<ServerResponse> of(List<ApiRoutes> all) {
		RouterFunctions.Builder router = RouterFunctions.route();
		for (ApiRoutes routes : all) {
			routes.routes().forEach((route) -> router.route(predicate(route), (request) -> handle(route, request)));
			if (!routes.base().isEmpty()) {
				router.route(RequestPredicates.path(routes.base() + "/**"),
						(request) -> response(this.api.unrouted(routes.routes(), apiRequest(request, null))));
			}
		}
		return router.build();
	}

	private static RequestPredicate predicate(Route route) {
		return RequestPredicates.method(route.method()).and(RequestPredicates.path(route.pattern()));
	}

	private Mono<ServerResponse> handle(Route route, ServerRequest request) {
		return request.principal()
			.<Principal>cast(Principal.class)
			.map(Optional::of)
			.defaultIfEmpty(Optional.empty())
			.map((principal) -> apiRequest(request, principal.orElse(null)))
			.flatMap((apiRequest) -> Mono
				.fromCompletionStage(() -> this.api.handle(route, apiRequest, (limit) -> body(request, limit))))
			.flatMap(this::response);
	}

	private static ApiRequest apiRequest(ServerRequest request, @Nullable Principal principal) {
		return ApiRequest.of(request.uri(), request.requestPath().contextPath().value(), request.pathVariables(),
				request.headers().asHttpHeaders(), principal);
	}

	@SuppressWarnings("NullAway") // Never without a value: there is a default.
	private static CompletionStage<byte[]> body(ServerRequest request, long limit) {
		int most = (int) Math.min(limit, Integer.MAX_VALUE - 8);
		return DataBufferUtils.join(request.exchange().getRequest().getBody(), most)
			.map(ReactiveRoutes::bytes)
			.defaultIfEmpty(new byte[0])
			.timeout(BODY_TIMEOUT)
			.onErrorMap(DataBufferLimitException.class, (failure) -> new BodyTooLargeException())
			.toFuture();
	}

	private static byte[] bytes(DataBuffer buffer) {
		byte[] bytes = new byte[buffer.readableByteCount()];
		buffer.read(bytes);
		DataBufferUtils.release(buffer);
		return bytes;
	}

	private Mono<ServerResponse> response(Answer answer) {
		return switch (answer) {
			case Answer.Content content -> content(content);
			case Answer.EventStream(Feed feed) -> ServerResponse.ok()
				.contentType(MediaType.TEXT_EVENT_STREAM)
				.headers((headers) -> Answer.HEADERS.forEach(headers::set))
				.build((exchange, context) -> send(feed, exchange));
			case Answer.Socket(Feed feed) -> ServerResponse.ok().build((exchange, context) -> upgrade(feed, exchange));
		};
	}

	private static Mono<ServerResponse> content(Answer.Content content) {
		byte[] bytes = content.text().getBytes(StandardCharsets.UTF_8);
		ServerResponse.BodyBuilder response = ServerResponse.status(content.status())
			.headers((headers) -> content.headers().forEach(headers::set));
		if (bytes.length == 0) {
			return response.build();
		}
		return response.contentType(MediaType.parseMediaType(content.contentType()))
			.contentLength(bytes.length)
			.build((exchange, context) -> exchange.getResponse()
				.writeWith(Mono.fromSupplier(() -> exchange.getResponse().bufferFactory().wrap(bytes))));
	}

	private static Mono<Void> send(Feed feed, ServerWebExchange exchange) {
		DataBufferFactory buffers = exchange.getResponse().bufferFactory();
		return exchange.getResponse()
			.writeAndFlushWith(frames(feed).map((frame) -> Mono
				.fromSupplier(() -> buffers.wrap(frame.toServerSentEvent().getBytes(StandardCharsets.UTF_8)))))
			.doFinally((signal) -> feed.close());
	}

	/** One batch after another, each when the one before was taken. */
	private static Flux<Frame> frames(Feed feed) {
		return Mono.fromCompletionStage(feed::next)
			.repeat()
			.takeWhile((frames) -> !frames.isEmpty())
			.concatMapIterable((frames) -> frames, 1);
	}

	private Mono<Void> upgrade(Feed feed, ServerWebExchange exchange) {
		WebSocketHandler handler = (session) -> send(feed, session);
		return this.sockets.handleRequest(exchange, handler)
			.doOnError((failure) -> feed.close())
			.doOnCancel(feed::close);
	}

	private static Mono<Void> send(Feed feed, WebSocketSession session) {
		Mono<Void> sending = session.send(frames(feed).map((frame) -> message(session, frame)));
		// What comes in is taken and left alone; when nothing comes any more, the reader
		// is gone.
		Mono<Void> receiving = session.receive().doOnNext((message) -> {
		}).then();
		return Mono.firstWithSignal(sending, receiving).doFinally((signal) -> feed.close());
	}

	private static WebSocketMessage message(WebSocketSession session, Frame frame) {
		return frame.isKeepAlive() ? session.pingMessage((buffers) -> buffers.wrap(new byte[0]))
				: session.textMessage(frame.data());
	}

}
