package io.kraft.spring.boot.web;

import java.util.HashMap;
import java.util.Map;

/**
 * What is answered to a request, whatever the web stack.
 */
public sealed interface Answer {

	/** Headers of every answer: no cache stores it, no browser guesses its type. */
	Map<String, String> HEADERS = Map.of("Cache-Control", "no-store", "X-Content-Type-Options", "nosniff");

	/**
	 * The same with another header.
	 */
	default Answer withHeader(String name, String value) {
		return this;
	}

	/**
	 * A complete answer.
	 *
	 * @param status of HTTP
	 * @param headers without the content type
	 * @param contentType of the body
	 * @param text of the body; empty if there is none
	 */
	record Content(int status, Map<String, String> headers, String contentType, String text) implements Answer {

		private static final String JSON = "application/json";

		public Content {
			headers = Map.copyOf(headers);
		}

		static Content json(int status, String text) {
			return new Content(status, HEADERS, JSON, text);
		}

		static Content empty(int status) {
			return new Content(status, HEADERS, JSON, "");
		}

		@Override
		public Content withHeader(String name, String value) {
			Map<String, String> headers = new HashMap<>(this.headers);
			headers.put(name, value);
			return new Content(this.status, headers, this.contentType, this.text);
		}

	}

	/**
	 * Server-sent events. The receiver closes the feed.
	 */
	record EventStream(Feed feed) implements Answer {
	}

	/**
	 * The request is to become a WebSocket. The receiver closes the feed.
	 */
	record Socket(Feed feed) implements Answer {
	}

}
