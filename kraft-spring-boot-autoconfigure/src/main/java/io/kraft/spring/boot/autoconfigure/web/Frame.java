package io.kraft.spring.boot.autoconfigure.web;

import org.jspecify.annotations.Nullable;

/**
 * One thing that a stream tells.
 *
 * @param event what kind of thing
 * @param id from where a reader that was cut off goes on; null if it does not move that
 * place
 * @param data JSON on one line
 */
public record Frame(String event, @Nullable String id, String data) {

	/** Shows that the stream is alive: a comment, a ping. */
	public static final Frame KEEP_ALIVE = new Frame("", null, "");

	/**
	 * Whether it tells nothing.
	 */
	public boolean isKeepAlive() {
		return this.event.isEmpty();
	}

	/**
	 * As the server-sent event that it is.
	 */
	public String toServerSentEvent() {
		if (isKeepAlive()) {
			return ":\n\n";
		}
		return ((this.id != null) ? "id:" + this.id + "\n" : "") + "event:" + this.event + "\ndata:" + this.data
				+ "\n\n";
	}

}
