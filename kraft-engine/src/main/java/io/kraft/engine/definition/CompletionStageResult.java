package io.kraft.engine.definition;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * A method that returns a {@link CompletionStage} of its value.
 */
@SuppressWarnings("FutureReturnValueIgnored") // The future is the result, as an Object to
												// the proxy.
final class CompletionStageResult implements ResultStyle {

	@Override
	public @Nullable Object await(@Nullable Object returned) throws Throwable {
		if (!(returned instanceof CompletionStage<?> stage)) {
			return null;
		}
		try {
			return stage.toCompletableFuture().get();
		}
		catch (ExecutionException ex) {
			throw (ex.getCause() != null) ? ex.getCause() : ex;
		}
	}

	@Override
	public @Nullable Object completed(@Nullable Object value) {
		return CompletableFuture.completedFuture(value);
	}

	@Override
	public @Nullable Object failed(Throwable failure) {
		return CompletableFuture.failedFuture(failure);
	}

	@Override
	public @Nullable Object eventually(Supplier<CompletableFuture<@Nullable Object>> eventualValue, Wait wait) {
		return eventualValue.get();
	}

}
