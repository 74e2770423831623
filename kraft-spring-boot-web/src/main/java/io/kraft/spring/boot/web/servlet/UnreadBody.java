package io.kraft.spring.boot.web.servlet;

import java.io.IOException;

import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.http.HttpHeaders;

/**
 * Marks a request whose body has not arrived when it is answered. A server that would
 * wait for the rest, to keep the connection, closes it instead.
 */
final class UnreadBody {

	private static final int BUFFER_BYTES = 8192;

	private static final String ATTRIBUTE = UnreadBody.class.getName();

	private UnreadBody() {
	}

	static void mark(HttpServletRequest request) {
		request.setAttribute(ATTRIBUTE, true);
	}

	/**
	 * Marks a request that no one reads any more, unless its whole body has arrived. What
	 * came together with its headers is thrown away, so that most senders read the answer
	 * and keep their connection; nothing is waited for.
	 */
	static void markUnlessArrived(HttpServletRequest request) {
		try {
			if (!BodyReader.hasArrived(request) && !hasArrived(request)) {
				mark(request);
			}
		}
		catch (IOException | IllegalStateException ex) {
			mark(request);
		}
	}

	private static boolean hasArrived(HttpServletRequest request) throws IOException {
		// Parts of a chunk would be waited for.
		if (request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null) {
			return false;
		}
		ServletInputStream in = request.getInputStream();
		byte[] buffer = new byte[BUFFER_BYTES];
		while (!in.isFinished() && in.available() > 0) {
			if (in.read(buffer) < 0) {
				return true;
			}
		}
		return in.isFinished();
	}

	static boolean isMarked(HttpServletRequest request) {
		return request.getAttribute(ATTRIBUTE) != null;
	}

}
