package io.kraft.spring.boot.web.servlet;

import java.io.IOException;

import io.kraft.spring.boot.web.Feed;
import io.kraft.spring.boot.web.Frame;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.PingMessage;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.handler.AbstractWebSocketHandler;
import org.springframework.web.socket.server.support.DefaultHandshakeHandler;
import org.springframework.web.socket.server.support.WebSocketHttpRequestHandler;

/**
 * Sends a feed; incoming messages are ignored.
 */
final class FeedSocket extends AbstractWebSocketHandler {

	private final Feed feed;

	private FeedSocket(Feed feed) {
		this.feed = feed;
	}

	/**
	 * WebSockets as Spring makes them. Who may open one was decided before.
	 */
	static SocketUpgrade upgrade(ServletContext servletContext) {
		DefaultHandshakeHandler handshake = new DefaultHandshakeHandler();
		handshake.setServletContext(servletContext);
		return (feed, request, response) -> {
			try {
				new WebSocketHttpRequestHandler(new FeedSocket(feed), handshake).handleRequest(request, response);
			}
			finally {
				if (response.getStatus() != HttpServletResponse.SC_SWITCHING_PROTOCOLS) {
					feed.close();
				}
			}
		};
	}

	@Override
	public void afterConnectionEstablished(WebSocketSession session) {
		new FeedPump(this.feed, (frame) -> send(session, frame), () -> session.close(CloseStatus.GOING_AWAY)).start();
	}

	private static void send(WebSocketSession session, Frame frame) throws IOException {
		session.sendMessage(frame.isKeepAlive() ? new PingMessage() : new TextMessage(frame.data()));
	}

	@Override
	public void afterConnectionClosed(WebSocketSession session, CloseStatus status) {
		this.feed.close();
	}

}
