package io.kraft.spring.boot.web.servlet;

import java.io.IOException;

import io.kraft.spring.boot.web.ApiRequest;
import io.kraft.spring.boot.web.Feed;
import io.kraft.spring.boot.web.Frame;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.web.servlet.function.ServerResponse;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.PingMessage;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.handler.AbstractWebSocketHandler;
import org.springframework.web.socket.server.support.DefaultHandshakeHandler;
import org.springframework.web.socket.server.support.WebSocketHttpRequestHandler;

/**
 * WebSockets as Spring makes them. Who may open one was decided before.
 */
final class SpringSocketUpgrade implements SocketUpgrade {

	private final DefaultHandshakeHandler handshake = new DefaultHandshakeHandler();

	SpringSocketUpgrade(ServletContext servletContext) {
		this.handshake.setServletContext(servletContext);
	}

	@Override
	public ServerResponse upgrade(Feed feed, ApiRequest request) {
		return ServerResponse.ok().build((servletRequest, response) -> {
			handshake(feed, servletRequest, response);
			return null;
		});
	}

	private void handshake(Feed feed, HttpServletRequest request, HttpServletResponse response)
			throws ServletException, IOException {
		try {
			new WebSocketHttpRequestHandler(new FeedHandler(feed), this.handshake).handleRequest(request, response);
		}
		finally {
			if (response.getStatus() != HttpServletResponse.SC_SWITCHING_PROTOCOLS) {
				feed.close();
			}
		}
	}

	/**
	 * Sends the feed; incoming messages are ignored.
	 */
	private static final class FeedHandler extends AbstractWebSocketHandler {

		private final Feed feed;

		FeedHandler(Feed feed) {
			this.feed = feed;
		}

		@Override
		public void afterConnectionEstablished(WebSocketSession session) {
			new FeedPump(this.feed, (frame) -> send(session, frame), () -> session.close(CloseStatus.GOING_AWAY))
				.start();
		}

		private static void send(WebSocketSession session, Frame frame) throws IOException {
			session.sendMessage(frame.isKeepAlive() ? new PingMessage() : new TextMessage(frame.data()));
		}

		@Override
		public void afterConnectionClosed(WebSocketSession session, CloseStatus status) {
			this.feed.close();
		}

	}

}
