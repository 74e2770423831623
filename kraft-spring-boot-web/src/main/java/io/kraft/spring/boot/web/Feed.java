package io.kraft.spring.boot.web;

import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Frames that are requested one batch after another, so that nothing is buffered for a
 * slow reader. For one reader at a time.
 */
public interface Feed extends AutoCloseable {

	/**
	 * Completes when there is something to send, or a keep-alive is due.
	 * @return an empty batch at the end
	 */
	CompletionStage<List<Frame>> next();

	/**
	 * Sets what is to be done if the reader is dropped, because it does not read what it
	 * was sent, and others need the memory, or its time is over: it closes the
	 * connection, whatever is written to it at that moment. Must not block, and may be
	 * called more than once, also when the feed has ended. Without it the server ends the
	 * write, in its own time.
	 */
	void onDrop(Runnable abort);

	/**
	 * Releases what the feed holds. A second call has no effect.
	 */
	@Override
	void close();

}
