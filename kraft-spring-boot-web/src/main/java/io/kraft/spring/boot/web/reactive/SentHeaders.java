package io.kraft.spring.boot.web.reactive;

import java.util.function.Predicate;

import reactor.netty.http.server.HttpServerRequest;

import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.util.ClassUtils;

/**
 * Which headers a request had when it reached the server. What Spring takes out, because
 * it has put the address that it names in place of the peer's, is among them on Reactor
 * Netty.
 */
final class SentHeaders {

	private static final boolean HAS_NETTY = ClassUtils.isPresent("reactor.netty.http.server.HttpServerRequest",
			SentHeaders.class.getClassLoader());

	private SentHeaders() {
	}

	static Predicate<String> of(ServerHttpRequest request) {
		return (name) -> request.getHeaders().containsHeader(name)
				|| (HAS_NETTY && Netty.has(ServerHttpRequestDecorator.getNativeRequest(request), name));
	}

	private static final class Netty {

		static boolean has(Object request, String name) {
			return request instanceof HttpServerRequest sent && sent.requestHeaders().contains(name);
		}

	}

}
