package io.kraft.spring.boot.web.servlet;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

import io.kraft.engine.lifecycle.Futures;
import io.kraft.spring.boot.web.WebCalls.Permit;
import org.jspecify.annotations.Nullable;

import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.ServletInvocableHandlerMethod;

/**
 * A method of a controller for a request that was let in. The servlet's thread reads the
 * arguments and is free then; the method runs elsewhere, after which the permit is given
 * back.
 */
final class AdmittedMethod extends HandlerMethod {

	private final Permit permit;

	AdmittedMethod(HandlerMethod method, Permit permit) {
		super(method);
		this.permit = permit;
	}

	ServletInvocableHandlerMethod calledBy(Executor executor) {
		// A request is upgraded by the thread that it came with.
		return isVoid() ? new ServletInvocableHandlerMethod(this) : new ServletInvocableHandlerMethod(this) {

			@Override
			protected Object doInvoke(@Nullable Object... arguments) {
				CompletableFuture<@Nullable Object> called = CompletableFuture.supplyAsync(() -> call(arguments),
						executor);
				Object answer = Futures.compose(called, AdmittedMethod::later);
				return answer;
			}

			private @Nullable Object call(@Nullable Object... arguments) {
				try (AdmittedMethod.this.permit) {
					return super.doInvoke(arguments);
				}
				catch (Exception ex) {
					throw new CompletionException(ex);
				}
			}

		};
	}

	private static CompletableFuture<@Nullable Object> later(@Nullable Object result) {
		return (result instanceof CompletionStage<?> stage)
				? stage.<@Nullable Object>thenApply((value) -> value).toCompletableFuture()
				: CompletableFuture.completedFuture(result);
	}

}
