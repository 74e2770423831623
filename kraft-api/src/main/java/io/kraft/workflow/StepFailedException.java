package io.kraft.workflow;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * A step failed for good with an exception that cannot be restored from the journal as
 * itself; the message holds its type name and message.
 *
 * @since 0.1.0
 */
public final class StepFailedException extends KraftException {

	/** The code of this error. */
	public static final String CODE = "KRAFT-2001";

	private static final long serialVersionUID = 1L;

	private static final Pattern TYPE = Pattern
		.compile("(?:KRAFT-2001: )?((?:[\\p{Alnum}_$]+\\.)+[\\p{Alnum}_$]+)(?::|$)");

	private static final String FIX = " (to catch it by its type, declare it with throws on the step's method, or use "
			+ "isCausedBy(type) of this exception. See docs/reference/errors.md#kraft-2001)";

	private final String failureType;

	public StepFailedException(String message, @Nullable Throwable cause) {
		super(CODE, message, cause);
		this.failureType = typeIn(message);
		keep("failureType", this.failureType.isEmpty() ? null : this.failureType);
	}

	/**
	 * For an exception of the given type.
	 * @param failureType fully qualified name of the exception that the step threw
	 */
	public StepFailedException(String failureType, @Nullable String message, @Nullable Throwable cause) {
		super(CODE, failureType + ": " + ((message != null) ? message : "no message") + FIX, cause);
		this.failureType = failureType;
		keep("failureType", failureType);
	}

	/**
	 * Name of the step; null if it was another operation that failed, or that is not
	 * known.
	 */
	public @Nullable String step() {
		return field("step");
	}

	/**
	 * How many attempts the step had; null if it was another operation that failed, or
	 * that is not known.
	 */
	public @Nullable Integer attempts() {
		return field("attempts", Integer::valueOf);
	}

	/**
	 * Fully qualified name of the exception that the step threw; empty if unknown.
	 */
	public String failureType() {
		return this.failureType;
	}

	/**
	 * Whether the exception that the step threw, or one of its causes, is of a type or a
	 * subtype of it: what {@code instanceof} would answer for the exception itself.
	 */
	public boolean isCausedBy(Class<? extends Throwable> type) {
		for (Throwable failure = this; failure != null; failure = failure.getCause()) {
			boolean isOf = (failure instanceof StepFailedException failed) ? failed.isOf(type)
					: type.isInstance(failure);
			if (isOf) {
				return true;
			}
		}
		return false;
	}

	private boolean isOf(Class<? extends Throwable> type) {
		if (this.failureType.equals(type.getName())) {
			return true;
		}
		for (ClassLoader loader : new @Nullable ClassLoader[] { type.getClassLoader(),
				Thread.currentThread().getContextClassLoader() }) {
			try {
				if (type.isAssignableFrom(Class.forName(this.failureType, false, loader))) {
					return true;
				}
			}
			catch (ClassNotFoundException | LinkageError ex) {
				// A class that no longer exists has no supertypes either.
			}
		}
		return false;
	}

	/** In the message of one that was restored itself. */
	private static String typeIn(String message) {
		Matcher type = TYPE.matcher(message);
		return type.lookingAt() ? type.group(1) : "";
	}

}
