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

	/**
	 * Whether it is only a keep-alive.
	 */
	public boolean isKeepAlive() {
		return this.event.isEmpty();
	}

}
