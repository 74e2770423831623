package io.kraft.spring.boot.web.servlet;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

import io.kraft.engine.supervision.Futures;
import io.kraft.spring.boot.web.Permit;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.mvc.method.annotation.ServletInvocableHandlerMethod;

/**
 * A method of a controller for a request that was let in. The servlet's thread is free
 * while the body arrives and the method runs elsewhere, after which the permit is given
 * back.
 */
final class AdmittedMethod extends HandlerMethod {

	private final Permit permit;

	private final @Nullable CompletableFuture<byte[]> body;

	/**
	 * A method.
	 * @param body null if there is nothing to be waited for
	 */
	AdmittedMethod(HandlerMethod method, Permit permit, @Nullable CompletableFuture<byte[]> body) {
		super(method);
		this.permit = permit;
		this.body = body;
	}

	ServletInvocableHandlerMethod calledBy(Executor executor) {
		if (this.body != null) {
			return afterBody(this.body);
		}
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

	private ServletInvocableHandlerMethod afterBody(CompletableFuture<byte[]> body) {
		return new ServletInvocableHandlerMethod(this) {

			@Override
			public Object invokeForRequest(NativeWebRequest request, @Nullable ModelAndViewContainer container,
					@Nullable Object... provided) {
				CompletableFuture<@Nullable Object> called = body.<@Nullable Object>thenApply((bytes) -> {
					try {
						return super.invokeForRequest(withBody(request, bytes), container, provided);
					}
					catch (Exception ex) {
						throw new CompletionException(ex);
					}
				});
				Object answer = Futures.compose(
						called.whenComplete((result, failure) -> AdmittedMethod.this.permit.close()),
						AdmittedMethod::later);
				return answer;
			}

		};
	}

	private static NativeWebRequest withBody(NativeWebRequest request, byte[] bytes) {
		HttpServletRequest servletRequest = (HttpServletRequest) request.getNativeRequest();
		return new ServletWebRequest(new ReadRequest(servletRequest, bytes),
				(HttpServletResponse) request.getNativeResponse());
	}

	private static CompletableFuture<@Nullable Object> later(@Nullable Object result) {
		return (result instanceof CompletionStage<?> stage)
				? stage.<@Nullable Object>thenApply((value) -> value).toCompletableFuture()
				: CompletableFuture.completedFuture(result);
	}

}
