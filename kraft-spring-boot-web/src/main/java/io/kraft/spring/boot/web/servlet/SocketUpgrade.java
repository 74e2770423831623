package io.kraft.spring.boot.web.servlet;

import java.io.IOException;

import io.kraft.spring.boot.web.Feed;
import io.kraft.spring.boot.web.RequestRefusedException;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Makes a WebSocket of a request.
 */
@FunctionalInterface
interface SocketUpgrade {

	/** Where there are no WebSockets. */
	SocketUpgrade NONE = (feed, request, response) -> {
		feed.close();
		throw RequestRefusedException.noSocket();
	};

	/**
	 * Answers with a WebSocket that sends the feed, which is closed with it.
	 */
	void upgrade(Feed feed, HttpServletRequest request, HttpServletResponse response)
			throws ServletException, IOException;

}
