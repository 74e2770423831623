package io.kraft.spring.boot.web;

import org.jspecify.annotations.Nullable;

/**
 * One event of a stream.
 *
 * @param event its kind
 * @param id from where a disconnected reader resumes; null if it does not change that
 * place
 * @param data JSON on one line
 */
public record Frame(String event, @Nullable String id, String data) {

	/** Shows that the stream is alive: a comment, a ping. */
	public static final Frame KEEP_ALIVE = new Frame("", null, "");

	/** What an object takes besides its texts, about. */
	private static final int OVERHEAD = 128;

	/**
	 * About how many bytes it takes until it is sent: its text, what the connection makes
	 * of that, and the same of the one before, which the connection may still have.
	 */
	long sizeBytes() {
		return OVERHEAD + 4L * this.data.length();
	}

	/**
	 * The last one of a reader that did not read for too long.
	 */
	static Frame dropped() {
		return new Frame("dropped", null,
				"{\"type\":\"dropped\",\"reason\":\"what was sent was not read, and others needed the memory\"}");
	}

	/**
	 * Whether it is only a keep-alive.
	 */
	public boolean isKeepAlive() {
		return this.event.isEmpty();
	}

}
