package io.kraft.spring.boot.web;

import java.util.concurrent.CompletionStage;

/**
 * The body of a request that was not read yet.
 */
@FunctionalInterface
public interface BodySource {

	/**
	 * Reads it.
	 * @param limit most bytes
	 * @return one byte more than the limit, or fails with {@link BodyTooLargeException},
	 * if there are more
	 */
	CompletionStage<byte[]> read(long limit);

	/**
	 * There are more bytes than the limit.
	 */
	final class BodyTooLargeException extends RuntimeException {

		private static final long serialVersionUID = 1L;

	}

}
