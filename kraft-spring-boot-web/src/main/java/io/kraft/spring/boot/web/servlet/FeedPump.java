package io.kraft.spring.boot.web.servlet;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletionException;

import io.kraft.spring.boot.web.Feed;
import io.kraft.spring.boot.web.Frame;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries a feed to a connection whose writes block. Each has a virtual thread, so that a
 * slow reader holds up no other; the server ends a write that takes too long.
 */
final class FeedPump {

	private static final Logger logger = LoggerFactory.getLogger(FeedPump.class);

	private final Feed feed;

	private final Sink sink;

	private final Sink.End atEnd;

	private volatile boolean isGone;

	/**
	 * A pump that does not run yet.
	 * @param atEnd what is to be done when the feed is over
	 */
	FeedPump(Feed feed, Sink sink, Sink.End atEnd) {
		this.feed = feed;
		this.sink = sink;
		this.atEnd = atEnd;
	}

	/**
	 * Carries the feed until it is over or the connection is gone; closes it then.
	 */
	void start() {
		Thread.ofVirtual().name("kraft-stream").start(() -> {
			try (this.feed) {
				carry();
			}
			catch (IOException | IllegalStateException ex) {
				logger.debug("The reader of a stream is gone", ex);
			}
		});
	}

	/**
	 * The connection is gone. It is not used any more: servers reuse its parts for other
	 * requests.
	 */
	void stop() {
		this.isGone = true;
		this.feed.close();
	}

	private void carry() throws IOException {
		List<Frame> frames = next();
		while (!frames.isEmpty() && !this.isGone) {
			for (Frame frame : frames) {
				this.sink.write(frame);
			}
			frames = next();
		}
		if (!this.isGone) {
			this.atEnd.run();
		}
	}

	private List<Frame> next() {
		try {
			return this.feed.next().toCompletableFuture().join();
		}
		catch (CompletionException ex) {
			logger.warn("A stream of the web API ended early", ex);
			return List.of();
		}
	}

	/**
	 * Where frames go.
	 */
	@FunctionalInterface
	interface Sink {

		/**
		 * Writes one, and waits until it is taken.
		 */
		void write(Frame frame) throws IOException;

		/**
		 * Ends the connection.
		 */
		@FunctionalInterface
		interface End {

			void run() throws IOException;

		}

	}

}
