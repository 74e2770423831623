package io.kraft.engine.journal.failure;

import io.kraft.engine.journal.Failure;

/**
 * A recorded exception as a text, as {@link Throwable#printStackTrace()} has it.
 */
public final class FailureText {

	private FailureText() {
	}

	/**
	 * The exception, what it suppresses, and its causes.
	 */
	public static String of(Failure failure) {
		StringBuilder text = new StringBuilder();
		append(failure, "", "", text);
		return text.toString();
	}

	private static void append(Failure failure, String indent, String caption, StringBuilder text) {
		text.append(indent).append(caption).append(failure.summary()).append('\n');
		failure.stackTrace()
			.lines()
			.forEach((frame) -> text.append(indent).append("\tat ").append(frame.strip()).append('\n'));
		failure.suppressed().forEach((suppressed) -> append(suppressed, indent + "\t", "Suppressed: ", text));
		if (failure.cause() != null) {
			append(failure.cause(), indent, "Caused by: ", text);
		}
	}

}
