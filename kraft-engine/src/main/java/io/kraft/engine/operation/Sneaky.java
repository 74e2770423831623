package io.kraft.engine.operation;

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
		throw Sneaky.<RuntimeException>unchecked(failure);
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

	/** Thrown here: a caller would check the cast. */
	@SuppressWarnings("unchecked") // Erased: the cast does nothing.
	private static <X extends Throwable> RuntimeException unchecked(Throwable failure) throws X {
		throw (X) failure;
	}

}
