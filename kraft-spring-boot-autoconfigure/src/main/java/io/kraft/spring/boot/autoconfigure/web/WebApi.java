package io.kraft.spring.boot.autoconfigure.web;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.kraft.engine.lifecycle.Futures;
import io.kraft.spring.boot.autoconfigure.web.WebCalls.Permit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Answers requests: guards them, reads their body within the limit, has them handled on
 * threads that may block, and turns every failure into a problem. Thread-safe.
 */
public final class WebApi {

	private static final Logger logger = LoggerFactory.getLogger(WebApi.class);

	private final Guard guard;

	private final WebCalls calls;

	private final long maxRequestBytes;

	WebApi(Guard guard, WebCalls calls, long maxRequestBytes) {
		this.guard = guard;
		this.calls = calls;
		this.maxRequestBytes = maxRequestBytes;
	}

	/**
	 * Answers a request; never fails. If the answer is cancelled because the caller is
	 * gone, nothing waits for it any more.
	 */
	public CompletionStage<Answer> handle(Route route, ApiRequest request, BodySource body) {
		try {
			this.guard.check(route, request);
			Permit permit = this.calls.request();
			CompletableFuture<Answer> handled = Futures.compose(read(body, permit),
					(bytes) -> handle(route, request.withBody(bytes), permit), this.calls.executor());
			CompletableFuture<Answer> answer = handled.exceptionally((failure) -> Problems.answer(failure, request));
			var unused = answer.whenComplete((done, failure) -> handled.cancel(false));
			return answer;
		}
		catch (RuntimeException ex) {
			return CompletableFuture.completedFuture(Problems.answer(ex, request));
		}
	}

	private CompletableFuture<byte[]> read(BodySource body, Permit permit) {
		CompletableFuture<byte[]> read;
		try {
			read = body.read(this.maxRequestBytes).toCompletableFuture();
		}
		catch (RuntimeException ex) {
			read = CompletableFuture.failedFuture(ex);
		}
		return read.handle((bytes, failure) -> {
			if (failure == null && bytes.length <= this.maxRequestBytes) {
				return bytes;
			}
			permit.close();
			throw refused(failure);
		});
	}

	private RequestRefusedException refused(Throwable failure) {
		if (failure == null || failure instanceof BodySource.BodyTooLargeException
				|| failure.getCause() instanceof BodySource.BodyTooLargeException) {
			return RequestRefusedException.tooLarge(this.maxRequestBytes);
		}
		logger.debug("The body of a request could not be read", failure);
		return RequestRefusedException.malformed("the body could not be read to its end");
	}

	private static CompletableFuture<Answer> handle(Route route, ApiRequest request, Permit permit) {
		try (permit) {
			Guard.checkBody(request);
			return route.handler().handle(request).toCompletableFuture();
		}
	}

	/**
	 * Answers a request that no route has.
	 * @param routes of which one may have the path, with another method
	 */
	public Answer unrouted(List<Route> routes, ApiRequest request) {
		PathContainer path = PathContainer
			.parsePath(request.uri().getRawPath().substring(request.contextPath().length()));
		List<String> allowed = routes.stream()
			.filter((route) -> PathPatternParser.defaultInstance.parse(route.pattern()).matches(path))
			.map((route) -> route.method().name())
			.distinct()
			.sorted()
			.toList();
		if (allowed.isEmpty()) {
			return Problems.answer(RequestRefusedException.noRoute("there is nothing at this path"), request);
		}
		String methods = String.join(", ", allowed);
		return Problems
			.answer(RequestRefusedException.otherMethod("this path allows no other method than " + methods), request)
			.withHeader("Allow", methods);
	}

	/**
	 * A request whose body is of another type than JSON.
	 */
	public static Answer.Content notJson(ApiRequest request) {
		return Problems.answer(RequestRefusedException.mediaType("a body is application/json"), request);
	}

	/**
	 * A request for a WebSocket that cannot become one.
	 */
	public static Answer noSocket(ApiRequest request) {
		return Problems.answer(RequestRefusedException.noSocket(), request);
	}

}
