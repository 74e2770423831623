package io.kraft.test.call;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;

import io.kraft.client.IfExists;
import io.kraft.client.StartOptions;
import org.jspecify.annotations.Nullable;

/**
 * A call that is made again if a crash has cut it off.
 */
final class Repetition {

	private final CrashRecovery recovery;

	private final UnaryOperator<Throwable> explanation;

	/**
	 * @param explanation adds to a failure what the test should know of it
	 */
	Repetition(CrashRecovery recovery, UnaryOperator<Throwable> explanation) {
		this.recovery = recovery;
		this.explanation = explanation;
	}

	/**
	 * Makes a call.
	 * @param before is called before each time
	 */
	@Nullable Object call(Object target, Method method, @Nullable Object @Nullable [] arguments, Runnable before)
			throws Throwable {
		@Nullable Object @Nullable [] given = arguments;
		while (true) {
			before.run();
			try {
				Object result = method.invoke(target, given);
				return (result instanceof CompletableFuture<?> future) ? repeated(future, target, method, given)
						: result;
			}
			catch (InvocationTargetException ex) {
				Throwable cause = Objects.requireNonNull(ex.getCause());
				if (!this.recovery.isToBeRepeated(cause)) {
					throw this.explanation.apply(cause);
				}
				given = attaching(given);
			}
		}
	}

	private CompletionStage<?> repeated(CompletableFuture<?> future, Object target, Method method,
			@Nullable Object @Nullable [] arguments) {
		if (!this.recovery.isExpected()) {
			return future;
		}
		return future.<@Nullable Object>thenApply((value) -> value).exceptionallyCompose((failure) -> {
			Throwable cause = (failure instanceof CompletionException && failure.getCause() != null)
					? failure.getCause() : failure;
			return CompletableFuture
				.supplyAsync(() -> again(cause, target, method, arguments), (task) -> Thread.ofVirtual().start(task))
				.thenCompose((stage) -> stage);
		});
	}

	@SuppressWarnings("unchecked") // The method returns one.
	private CompletionStage<@Nullable Object> again(Throwable failure, Object target, Method method,
			@Nullable Object @Nullable [] arguments) {
		if (!this.recovery.isToBeRepeated(failure)) {
			return CompletableFuture.failedFuture(failure);
		}
		try {
			return (CompletionStage<@Nullable Object>) method.invoke(target, attaching(arguments));
		}
		catch (ReflectiveOperationException ex) {
			return CompletableFuture.failedFuture((ex.getCause() != null) ? ex.getCause() : ex);
		}
	}

	/** What the first call may have started must not block the second. */
	private static @Nullable Object @Nullable [] attaching(@Nullable Object @Nullable [] arguments) {
		if (arguments == null) {
			return null;
		}
		@Nullable Object[] attaching = arguments.clone();
		for (int i = 0; i < attaching.length; i++) {
			if (attaching[i] instanceof StartOptions options) {
				attaching[i] = options.ifExists(IfExists.ATTACH);
			}
		}
		return attaching;
	}

}
