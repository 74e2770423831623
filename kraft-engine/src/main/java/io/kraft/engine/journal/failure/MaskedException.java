package io.kraft.engine.journal.failure;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

import io.kraft.engine.journal.MaskedTokens;
import org.jspecify.annotations.Nullable;

/**
 * An exception in whose text, or in that of a cause, a token of a callback was, for logs
 * and traces: its message is type and text of the original, without the token, and its
 * stack trace is that of the original.
 */
public final class MaskedException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/** Causes below are left out. */
	private static final int MAX_DEPTH = 64;

	private MaskedException(String text, @Nullable Throwable cause) {
		super(text, cause);
	}

	/**
	 * What may be logged of an exception: itself, unless there is a token in it.
	 */
	public static Throwable of(Throwable exception) {
		return hasToken(exception, 0, identitySet()) ? masked(exception, 0, identitySet()) : exception;
	}

	private static boolean hasToken(Throwable exception, int depth, Set<Throwable> seen) {
		if (depth > MAX_DEPTH || !seen.add(exception)) {
			return false;
		}
		String text = textOf(exception);
		if (!MaskedTokens.in(text).equals(text)) {
			return true;
		}
		for (Throwable suppressed : exception.getSuppressed()) {
			if (hasToken(suppressed, depth + 1, seen)) {
				return true;
			}
		}
		Throwable cause = FailureRecorder.causeOf(exception);
		return cause != null && hasToken(cause, depth + 1, seen);
	}

	private static MaskedException masked(Throwable exception, int depth, Set<Throwable> seen) {
		seen.add(exception);
		Throwable cause = FailureRecorder.causeOf(exception);
		MaskedException masked = new MaskedException(MaskedTokens.in(textOf(exception)),
				(cause != null && depth < MAX_DEPTH && !seen.contains(cause)) ? masked(cause, depth + 1, seen) : null);
		masked.setStackTrace(exception.getStackTrace());
		for (Throwable suppressed : exception.getSuppressed()) {
			if (depth < MAX_DEPTH && !seen.contains(suppressed)) {
				masked.addSuppressed(masked(suppressed, depth + 1, seen));
			}
		}
		return masked;
	}

	private static Set<Throwable> identitySet() {
		return Collections.newSetFromMap(new IdentityHashMap<>());
	}

	/** Its methods may throw. */
	private static String textOf(Throwable exception) {
		try {
			return String.valueOf(exception.toString());
		}
		catch (Throwable ex) {
			return exception.getClass().getName();
		}
	}

}
