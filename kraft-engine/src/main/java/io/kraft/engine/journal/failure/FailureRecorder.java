package io.kraft.engine.journal.failure;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

import io.kraft.client.ExactText;
import io.kraft.engine.journal.Failure;
import org.jspecify.annotations.Nullable;

/**
 * Turns exceptions into data of bounded size, whatever they are: their methods may be
 * overridden, and throw.
 */
final class FailureRecorder {

	private static final int MAX_MESSAGE_LENGTH = 8192;

	private static final int MAX_DEPTH = 8;

	private FailureRecorder() {
	}

	static Failure record(Throwable exception) {
		return record(exception, 0, Collections.newSetFromMap(new IdentityHashMap<>()));
	}

	private static Failure record(Throwable exception, int depth, Set<Throwable> seen) {
		seen.add(exception);
		Throwable cause = causeOf(exception);
		return new Failure(exception.getClass().getName(), messageOf(exception), StackTraceText.of(exception),
				(cause != null && depth < MAX_DEPTH && !seen.contains(cause)) ? record(cause, depth + 1, seen) : null);
	}

	private static @Nullable String messageOf(Throwable exception) {
		try {
			return bounded(exception.getMessage());
		}
		catch (Throwable ex) {
			return "(no message: getMessage() threw " + ex.getClass().getName() + ")";
		}
	}

	static @Nullable Throwable causeOf(Throwable exception) {
		try {
			return exception.getCause();
		}
		catch (Throwable ex) {
			return null;
		}
	}

	/** Type and message, as {@code toString()} gives them, which may throw. */
	static String describe(Throwable exception) {
		try {
			return String.valueOf(bounded(exception.toString()));
		}
		catch (Throwable ex) {
			return exception.getClass().getName() + " (toString() threw " + ex.getClass().getName() + ")";
		}
	}

	private static @Nullable String bounded(@Nullable String message) {
		if (message == null || message.length() <= MAX_MESSAGE_LENGTH) {
			// The journal has no form for half of a pair: live and replayed code see the
			// same.
			return (message != null) ? ExactText.repair(message) : null;
		}
		String note = "… (" + message.length() + " characters)";
		int end = MAX_MESSAGE_LENGTH - note.length();
		String kept = message.substring(0, Character.isHighSurrogate(message.charAt(end - 1)) ? end - 1 : end);
		return ExactText.repair(kept) + note;
	}

}
