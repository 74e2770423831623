package io.kraft.spring.boot.web.servlet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.kraft.spring.boot.web.Answer;
import io.kraft.spring.boot.web.ApiRequest;
import io.kraft.spring.boot.web.ApiRoutes;
import io.kraft.spring.boot.web.BodySource.BodyTooLargeException;
import io.kraft.spring.boot.web.Feed;
import io.kraft.spring.boot.web.Frame;
import io.kraft.spring.boot.web.Route;
import io.kraft.spring.boot.web.Route.Access;
import io.kraft.spring.boot.web.WebApi;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.web.servlet.function.RequestPredicate;
import org.springframework.web.servlet.function.RequestPredicates;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;
import org.springframework.web.servlet.function.ServerResponse.SseBuilder;

/**
 * Routes as Spring MVC has them. The servlet's thread reads the body and is free then,
 * whatever the answer waits for.
 */
final class ServletRoutes {

	/** The answer has its own bounds. */
	private static final Duration NO_TIMEOUT = Duration.ZERO;

	private final WebApi api;

	private final SocketUpgrade sockets;

	ServletRoutes(WebApi api, SocketUpgrade sockets) {
		this.api = api;
		this.sockets = sockets;
	}

	RouterFunction<ServerResponse> of(List<ApiRoutes> all) {
		RouterFunctions.Builder router = RouterFunctions.route();
		for (ApiRoutes routes : all) {
			routes.routes().forEach((route) -> router.route(predicate(route), (request) -> handle(route, request)));
			if (!routes.base().isEmpty()) {
				router.route(RequestPredicates.path(routes.base() + "/**"),
						(request) -> content(this.api.unrouted(routes.routes(), apiRequest(request))));
			}
		}
		return router.build();
	}

	private static RequestPredicate predicate(Route route) {
		return RequestPredicates.method(route.method()).and(RequestPredicates.path(route.pattern()));
	}

	private ServerResponse handle(Route route, ServerRequest request) {
		ApiRequest apiRequest = apiRequest(request);
		CompletableFuture<ServerResponse> response = this.api.handle(route, apiRequest, (limit) -> body(request, limit))
			.thenApply((answer) -> response(answer, apiRequest))
			.toCompletableFuture();
		// A request is upgraded by the thread that it came with.
		return (route.access() == Access.SOCKET) ? response.join() : ServerResponse.async(response, NO_TIMEOUT);
	}

	private static ApiRequest apiRequest(ServerRequest request) {
		return ApiRequest.of(request.uri(), request.requestPath().contextPath().value(), request.pathVariables(),
				request.headers().asHttpHeaders(), request.principal().orElse(null));
	}

	private static CompletionStage<byte[]> body(ServerRequest request, long limit) {
		try {
			if (request.servletRequest().getContentLengthLong() > limit) {
				return CompletableFuture.failedFuture(new BodyTooLargeException());
			}
			int most = (int) Math.min(limit + 1, Integer.MAX_VALUE - 8);
			return CompletableFuture.completedFuture(request.servletRequest().getInputStream().readNBytes(most));
		}
		catch (IOException ex) {
			return CompletableFuture.failedFuture(ex);
		}
	}

	private ServerResponse response(Answer answer, ApiRequest request) {
		return switch (answer) {
			case Answer.Content content -> content(content);
			case Answer.EventStream(Feed feed) -> ServerResponse.sse((sse) -> send(feed, sse), NO_TIMEOUT);
			case Answer.Socket(Feed feed) -> this.sockets.upgrade(feed, request);
		};
	}

	static ServerResponse content(Answer answer) {
		if (!(answer instanceof Answer.Content content)) {
			throw new IllegalArgumentException("No content: " + answer);
		}
		return ServerResponse.status(content.status())
			.headers((headers) -> content.headers().forEach(headers::set))
			.build((request, response) -> {
				write(content, response);
				return null;
			});
	}

	static void write(Answer.Content content, HttpServletResponse response) throws IOException {
		byte[] bytes = content.text().getBytes(StandardCharsets.UTF_8);
		if (bytes.length > 0) {
			response.setContentType(content.contentType());
			response.setContentLength(bytes.length);
			response.getOutputStream().write(bytes);
		}
	}

	private static void send(Feed feed, SseBuilder sse) {
		FeedPump pump = new FeedPump(feed, (frame) -> send(sse, frame), sse::complete);
		sse.onComplete(pump::stop).onError((failure) -> pump.stop());
		pump.start();
	}

	private static void send(SseBuilder sse, Frame frame) throws IOException {
		try {
			if (frame.isKeepAlive()) {
				sse.comment("").send();
				return;
			}
			if (frame.id() != null) {
				sse.id(frame.id());
			}
			sse.event(frame.event()).data(frame.data());
		}
		catch (UncheckedIOException ex) {
			throw ex.getCause();
		}
	}

}
