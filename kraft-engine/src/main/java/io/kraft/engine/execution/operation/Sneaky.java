package io.kraft.engine.execution.operation;

import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;

/**
 * Throws exceptions as they are: those of the code of a workflow pass through the engine
 * unchanged, checked ones too.
 */
final class Sneaky {

	private Sneaky() {
	}

	/**
	 * Throws.
	 * @return nothing; for the compiler's flow analysis
	 */
	static RuntimeException rethrow(Throwable failure) {
		return Sneaky.<RuntimeException>throwAs(failure);
	}

	/**
	 * Calls the code.
	 */
	static <T extends @Nullable Object> T call(Callable<T> code) {
		try {
			return code.call();
		}
		catch (Throwable ex) {
			throw rethrow(ex);
		}
	}

	/** It throws in here: what it returned would be cast by its caller. */
	@SuppressWarnings("unchecked") // Erased: the cast does nothing.
	private static <X extends Throwable> RuntimeException throwAs(Throwable failure) throws X {
		throw (X) failure;
	}

}
