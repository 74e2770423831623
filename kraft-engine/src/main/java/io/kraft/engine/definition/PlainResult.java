package io.kraft.engine.definition;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * A method that returns its value.
 */
final class PlainResult implements ResultStyle {

	@Override
	public @Nullable Object await(@Nullable Object returned) {
		return returned;
	}

	@Override
	public @Nullable Object completed(@Nullable Object value) {
		return value;
	}

	@Override
	public @Nullable Object failed(Throwable failure) throws Throwable {
		throw failure;
	}

	@Override
	public @Nullable Object eventually(Supplier<CompletableFuture<@Nullable Object>> eventualValue, Wait wait)
			throws Throwable {
		return wait.value();
	}

}
