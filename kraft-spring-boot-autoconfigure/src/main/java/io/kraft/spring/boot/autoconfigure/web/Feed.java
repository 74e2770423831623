package io.kraft.spring.boot.autoconfigure.web;

import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Frames that are asked for one batch after another, so that a slow reader is never ahead
 * of what it has read. Of one reader at a time.
 */
public interface Feed extends AutoCloseable {

	/**
	 * Completes when there is something to tell, or that the feed is alive.
	 * @return an empty batch if nothing comes any more
	 */
	CompletionStage<List<Frame>> next();

	/**
	 * Lets go of what the feed holds. A second call has no effect.
	 */
	@Override
	void close();

}
