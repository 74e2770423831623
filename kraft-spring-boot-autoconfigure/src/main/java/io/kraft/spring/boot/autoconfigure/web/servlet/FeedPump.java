package io.kraft.spring.boot.autoconfigure.web.servlet;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletionException;

import io.kraft.spring.boot.autoconfigure.web.Feed;
import io.kraft.spring.boot.autoconfigure.web.Frame;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries a feed to a connection whose writes block. Each has a virtual thread, so that a
 * slow reader holds up nobody else; the server ends a write that takes too long.
 */
final class FeedPump {

	private static final Logger logger = LoggerFactory.getLogger(FeedPump.class);

	private FeedPump() {
	}

	/**
	 * Carries the feed until it is over or the connection is gone; closes it then.
	 * @param atEnd what is to be done when the feed is over
	 */
	static void start(Feed feed, Sink sink, Sink.End atEnd) {
		Thread.ofVirtual().name("kraft-stream").start(() -> {
			try (feed) {
				carry(feed, sink);
				atEnd.run();
			}
			catch (IOException | IllegalStateException ex) {
				logger.debug("The reader of a stream is gone", ex);
			}
			catch (CompletionException ex) {
				logger.warn("A stream of the web API ended early", ex);
				end(atEnd);
			}
		});
	}

	private static void carry(Feed feed, Sink sink) throws IOException {
		List<Frame> frames = feed.next().toCompletableFuture().join();
		while (!frames.isEmpty()) {
			for (Frame frame : frames) {
				sink.write(frame);
			}
			frames = feed.next().toCompletableFuture().join();
		}
	}

	private static void end(Sink.End atEnd) {
		try {
			atEnd.run();
		}
		catch (IOException ex) {
			logger.debug("The reader of a stream is gone", ex);
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
