package io.kraft.engine.supervision;

import io.kraft.engine.journal.MaskedTokens;
import io.kraft.engine.journal.failure.MaskedException;
import org.slf4j.Logger;

/**
 * Logs what went wrong, where logging must not make it worse: there may be no memory for
 * it, the methods of an exception may throw themselves, and the token of a callback may
 * be in its text. All exceptions are logged here.
 */
public final class SafeLog {

	private SafeLog() {
	}

	/**
	 * Logs an error; throws nothing.
	 */
	public static void error(Logger logger, String message, Throwable cause) {
		try {
			logger.error(MaskedTokens.in(message), MaskedException.of(cause));
		}
		catch (Throwable ex) {
			errorWithoutTrace(logger, message, cause);
		}
	}

	/**
	 * Logs a warning; throws nothing.
	 */
	public static void warn(Logger logger, String message, Throwable cause) {
		try {
			logger.warn(MaskedTokens.in(message), MaskedException.of(cause));
		}
		catch (Throwable ex) {
			errorWithoutTrace(logger, message, cause);
		}
	}

	/** Of an exception that cannot be printed, only the type can be logged. */
	private static void errorWithoutTrace(Logger logger, String message, Throwable cause) {
		try {
			logger.error("{}: {}", MaskedTokens.in(message), cause.getClass().getName());
		}
		catch (Throwable ex) {
			// There is no other way left to log it.
		}
	}

}
