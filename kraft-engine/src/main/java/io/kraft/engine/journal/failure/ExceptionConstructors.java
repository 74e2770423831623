package io.kraft.engine.journal.failure;

import java.lang.reflect.Constructor;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Makes an exception of a type with a given message and cause, by whichever constructor
 * gives it these: with a message and a cause, with a message, or without arguments.
 * <p>
 * A constructor may put words around its argument, as
 * {@code OrderNotFoundException(String id)} does; then the argument is found in the
 * message, so that the restored message is the recorded one and not the words around
 * themselves. Where that fails the type wins over the exact message: workflows catch by
 * type.
 */
final class ExceptionConstructors {

	private ExceptionConstructors() {
	}

	/**
	 * The exception, or null if no constructor makes one that keeps the cause.
	 */
	static @Nullable Throwable construct(Class<? extends Throwable> type, @Nullable String message,
			@Nullable Throwable cause) {
		List<Constructor<?>> candidates = Arrays.stream(type.getDeclaredConstructors())
			.filter((constructor) -> takes(constructor, message, cause))
			.sorted(Comparator.comparingInt((Constructor<?> constructor) -> constructor.getParameterCount()).reversed())
			.toList();
		Throwable inexact = null;
		for (Constructor<?> candidate : candidates) {
			Throwable made = invoke(candidate, message, cause);
			if (made != null && hasMessage(made, message)) {
				return made;
			}
			if (made != null && message != null && candidate.getParameterCount() > 0) {
				Throwable exact = invoke(candidate, argumentIn(message, messageOf(made)), cause);
				if (exact != null && hasMessage(exact, message)) {
					return exact;
				}
				inexact = (inexact != null) ? inexact : made;
			}
		}
		return inexact;
	}

	/** Whether there is one for every message. */
	static boolean takeMessage(Class<? extends Throwable> type) {
		return Arrays.stream(type.getDeclaredConstructors()).anyMatch((constructor) -> takes(constructor, "", null));
	}

	private static boolean takes(Constructor<?> constructor, @Nullable String message, @Nullable Throwable cause) {
		Class<?>[] parameters = constructor.getParameterTypes();
		boolean takesMessage = parameters.length > 0 && parameters[0] == String.class;
		return switch (parameters.length) {
			case 0 -> message == null;
			case 1 -> takesMessage;
			case 2 -> takesMessage && Throwable.class.isAssignableFrom(parameters[1])
					&& (cause == null || parameters[1].isInstance(cause));
			default -> false;
		};
	}

	private static @Nullable Throwable invoke(Constructor<?> constructor, @Nullable String message,
			@Nullable Throwable cause) {
		try {
			if (!constructor.trySetAccessible()) {
				return null;
			}
			Object[] arguments = Arrays.copyOf(new @Nullable Object[] { message, cause },
					constructor.getParameterCount());
			Throwable made = (Throwable) constructor.newInstance(arguments);
			if (cause != null && made.getCause() == null) {
				made.initCause(cause);
			}
			return Objects.equals(cause, made.getCause()) ? made : null;
		}
		catch (Throwable ex) {
			return null;
		}
	}

	/** What the constructor put into the message that it was given once more. */
	private static @Nullable String argumentIn(String message, @Nullable String wrapped) {
		int start = (wrapped != null) ? wrapped.indexOf(message) : -1;
		if (wrapped == null || start < 0) {
			return message;
		}
		String prefix = wrapped.substring(0, start);
		String suffix = wrapped.substring(start + message.length());
		return (message.startsWith(prefix) && message.endsWith(suffix)
				&& prefix.length() + suffix.length() <= message.length())
						? message.substring(prefix.length(), message.length() - suffix.length()) : message;
	}

	private static boolean hasMessage(Throwable exception, @Nullable String message) {
		return Objects.equals(messageOf(exception), message);
	}

	private static @Nullable String messageOf(Throwable exception) {
		try {
			return exception.getMessage();
		}
		catch (Throwable ex) {
			return null;
		}
	}

}
