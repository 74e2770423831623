package io.kraft.spring.boot.web.servlet;

import io.kraft.spring.boot.web.ApiRequest;
import io.kraft.spring.boot.web.Feed;
import io.kraft.spring.boot.web.WebApi;

import org.springframework.web.servlet.function.ServerResponse;

/**
 * Makes a WebSocket of a request.
 */
@FunctionalInterface
interface SocketUpgrade {

	/** Where there are no WebSockets. */
	SocketUpgrade NONE = (feed, request) -> {
		feed.close();
		return ServletRoutes.content(WebApi.noSocket(request));
	};

	/**
	 * Answers with a WebSocket that sends the feed, which is closed with it.
	 */
	ServerResponse upgrade(Feed feed, ApiRequest request);

}
