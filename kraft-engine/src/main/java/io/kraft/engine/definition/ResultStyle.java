package io.kraft.engine.definition;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * How the object that a method returns relates to the value that is journaled: the value
 * itself, or a promise of it. Implementations are stateless and thread-safe.
 */
public interface ResultStyle {

	/** The returned object is the value. */
	ResultStyle PLAIN = new PlainResult();

	/** The returned object is a {@link java.util.concurrent.CompletionStage}. */
	ResultStyle COMPLETION_STAGE = new CompletionStageResult();

	/**
	 * The value behind a returned object; waits for it if need be.
	 * @throws Throwable what the promise failed with
	 */
	@Nullable Object await(@Nullable Object returned) throws Throwable;

	/**
	 * What the caller gets for a journaled value.
	 */
	@Nullable Object completed(@Nullable Object value);

	/**
	 * What the caller gets for a journaled failure; a plain method throws it.
	 */
	@Nullable Object failed(Throwable failure) throws Throwable;

	/**
	 * What the caller of a workflow gets while the run continues; a plain method waits.
	 * @param eventualValue starts the run when called, and completes when it has ended
	 * @param wait starts the run and waits for its end
	 */
	@Nullable Object eventually(Supplier<CompletableFuture<@Nullable Object>> eventualValue, Wait wait) throws Throwable;

	/**
	 * Waits for a value.
	 */
	@FunctionalInterface
	interface Wait {

		@Nullable Object value() throws Throwable;

	}

}
