package io.kraft.spring.boot.web;

import java.net.URI;
import java.security.Principal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.concurrent.Executor;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.method.HandlerMethod;

/**
 * Lets requests in: by what can be known before their body is read, and as long as there
 * are not too many of them. Thread-safe.
 *
 * @param api where calls of the web API are made
 * @param routes where calls of the application's own routes are made
 * @param maxRequestBytes most bytes of a body
 * @param bodyTimeout within which a body must have arrived
 * @param expiry says when an authentication expires
 */
public record Admission(Guard guard, WebCalls api, WebCalls routes, int maxRequestBytes, Duration bodyTimeout,
		CallerExpiry expiry, InstantSource clock) {

	/**
	 * What is known of a request.
	 */
	public ApiRequest request(HttpMethod method, URI uri, String contextPath, HttpHeaders headers, Caller caller) {
		Principal principal = caller.principal();
		Instant end = (principal != null) ? this.expiry.expiresAt(principal) : null;
		return new ApiRequest(method, uri, contextPath, headers, (end != null) ? caller.until(end, this.clock) : caller,
				this.guard.mayRead(caller));
	}

	/**
	 * Whether the principal stands for all callers that are not authenticated, each of
	 * whom has none.
	 */
	public boolean isAnonymous(Principal principal) {
		return this.guard.isAnonymous(principal);
	}

	/**
	 * Lets a request in.
	 * @return to be closed when the request was handled, even if its answer is still
	 * waited for
	 * @throws RequestRefusedException if it is refused
	 */
	public Permit admit(HandlerMethod handler, ApiRequest request) {
		ApiController controller = (ApiController) handler.getBean();
		this.guard.check(controller.isGuarded(), takesBody(handler) || controller.answersImmediately(), request);
		return controller.answersImmediately() ? Permit.NONE : calls(controller).requests().take(request.caller());
	}

	/**
	 * The body of a request that was let in; to be closed with its permit.
	 */
	public TransferMemory.Transfer body(HandlerMethod handler, ApiRequest request) {
		return calls((ApiController) handler.getBean()).bodies().begin(request.caller());
	}

	/**
	 * The answer of a request; to be closed when it was taken.
	 */
	public TransferMemory.Transfer answer(HandlerMethod handler, ApiRequest request) {
		return calls((ApiController) handler.getBean()).answers().begin(request.caller());
	}

	/**
	 * Whether the method reads the body of its request.
	 */
	public static boolean takesBody(HandlerMethod handler) {
		return Arrays.stream(handler.getMethodParameters())
			.anyMatch((parameter) -> parameter.hasParameterAnnotation(RequestBody.class));
	}

	/**
	 * Calls a controller, on the calling thread if it answers immediately.
	 */
	public Executor executor(ApiController controller) {
		return controller.answersImmediately() ? Runnable::run : calls(controller).executor();
	}

	/**
	 * Whether the controller is the web API's, or else one of the application's own
	 * routes.
	 */
	public boolean isApi(ApiController controller) {
		return controller.isGuarded();
	}

	private WebCalls calls(ApiController controller) {
		return isApi(controller) ? this.api : this.routes;
	}

}
