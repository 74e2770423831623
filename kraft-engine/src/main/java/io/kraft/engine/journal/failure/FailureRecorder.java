package io.kraft.engine.journal.failure;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import io.kraft.client.ExactText;
import io.kraft.engine.journal.Failure;
import io.kraft.engine.journal.MaskedTokens;
import io.kraft.workflow.KraftException;
import io.kraft.workflow.VisibleText;
import org.jspecify.annotations.Nullable;

/**
 * Turns exceptions into data of bounded size, whatever they are: their methods may be
 * overridden, and throw.
 */
final class FailureRecorder {

	private static final int MAX_MESSAGE_LENGTH = 8192;

	private static final int MAX_DEPTH = 8;

	private static final int MAX_FIELDS = 16;

	private FailureRecorder() {
	}

	static Failure record(Throwable exception) {
		return record(exception, 0, Collections.newSetFromMap(new IdentityHashMap<>()));
	}

	private static Failure record(Throwable exception, int depth, Set<Throwable> seen) {
		seen.add(exception);
		Throwable cause = causeOf(exception);
		return new Failure(exception.getClass().getName(), messageOf(exception), StackTraceText.of(exception),
				(cause != null && depth < MAX_DEPTH && !seen.contains(cause)) ? record(cause, depth + 1, seen) : null,
				List.of(), (exception instanceof KraftException kraft) ? fieldsOf(kraft) : null);
	}

	/** Those of the engine's own exceptions are few; a subclass may be anything. */
	private static Map<String, String> fieldsOf(KraftException exception) {
		Map<String, String> fields = new TreeMap<>();
		exception.fields().forEach((name, value) -> {
			if (fields.size() < MAX_FIELDS) {
				fields.put(bounded(name), bounded(value));
			}
		});
		return fields;
	}

	private static @Nullable String messageOf(Throwable exception) {
		try {
			String message = exception.getMessage();
			return (message != null) ? bounded(message) : null;
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
			return VisibleText.escape(MaskedTokens.in(bounded(String.valueOf(exception.toString()))));
		}
		catch (Throwable ex) {
			return exception.getClass().getName() + " (toString() threw " + ex.getClass().getName() + ")";
		}
	}

	private static String bounded(String message) {
		if (message.length() <= MAX_MESSAGE_LENGTH) {
			// The journal has no form for half of a pair: live and replayed code see the
			// same.
			return ExactText.repair(message);
		}
		String note = "… (" + message.length() + " characters)";
		return ExactText.repair(MaskedTokens.beginning(message, MAX_MESSAGE_LENGTH - note.length())) + note;
	}

}
