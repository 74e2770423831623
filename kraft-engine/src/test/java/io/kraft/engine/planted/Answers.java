package io.kraft.engine.planted;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * What a class of the engine calls in place of something else, where a fault is planted.
 */
public final class Answers {

	private Answers() {
	}

	/** In place of {@code equals}. */
	public static boolean same(Object one, Object other) {
		return true;
	}

	/** In place of {@code isBefore}. */
	public static boolean never(Object one, Object other) {
		return false;
	}

	/** In place of {@code flatMap}. */
	public static <T, U> Optional<T> itself(Optional<T> value, Function<T, Optional<U>> mapper) {
		return value;
	}

	/** In place of {@code Long.valueOf}. */
	public static Long oneForAll(long value) {
		return 1L;
	}

	/** In place of {@code inheritInheritableThreadLocals}. */
	public static Thread.Builder.OfVirtual inheriting(Thread.Builder.OfVirtual builder, boolean inherit) {
		return builder.inheritInheritableThreadLocals(true);
	}

	/** In place of {@code whileClaimed}. */
	public static <T> @Nullable T unclaimed(Object claims, String id, Supplier<T> action) {
		return action.get();
	}

}
