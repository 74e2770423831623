package io.kraft.client;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.kraft.workflow.InvalidCallException;
import org.jspecify.annotations.Nullable;

/**
 * Arguments that must not be null: the caller of a method that gets one learns which, and
 * of which method, before anything is done.
 *
 * @since 0.1.0
 */
public final class RequiredArgument {

	private RequiredArgument() {
	}

	/**
	 * Checks that the argument is not null.
	 * @param method as in {@code "WorkflowClient.pause"}
	 * @param name of the parameter
	 * @return the argument
	 * @throws InvalidCallException if it is null
	 */
	public static <T> T check(String method, String name, @Nullable T argument) {
		return check(method, name, argument, "Pass a value");
	}

	/**
	 * As {@link #check(String, String, Object)}, with a fix of its own.
	 * @param fix a sentence, without its full stop
	 */
	public static <T> T check(String method, String name, @Nullable T argument, String fix) {
		if (argument == null) {
			throw missing(method, name, fix);
		}
		return argument;
	}

	/**
	 * As {@link #check(String, String, Object)}, of a list and each of its elements.
	 */
	public static <T> List<T> each(String method, String name, @Nullable List<T> argument) {
		List<T> given = check(method, name, argument);
		given.forEach((element) -> check(method, "an element of " + name, element));
		return given;
	}

	/**
	 * As {@link #check(String, String, Object)}, of an argument that can be left out.
	 */
	static <T> T given(String method, String name, @Nullable T argument) {
		return check(method, name, argument, "Without a value omit the call");
	}

	/**
	 * As {@link #check(String, String, Object)}, of a map and what is in it.
	 */
	static <K, V> Map<K, V> entries(String method, String name, @Nullable Map<K, V> argument) {
		check(method, name, argument).forEach((key, value) -> {
			check(method, "a key of " + name, key);
			check(method, name + "[" + key + "]", value);
		});
		return Map.copyOf(argument);
	}

	/**
	 * As {@link #check(String, String, Object)}, of several values and each of them.
	 * @return each of them once
	 */
	static <T> Set<T> elements(String method, String name, @Nullable Collection<T> argument) {
		check(method, name, argument).forEach((element) -> check(method, "an element of " + name, element));
		return Set.copyOf(argument);
	}

	private static InvalidCallException missing(String method, String name, String fix) {
		return new InvalidCallException("the argument '" + name + "' of " + method + "(…) is null, but must not be. "
				+ fix + "; nothing was done. See docs/reference/errors.md#kraft-1008");
	}

}
