package io.kraft.spring.boot.web;

import java.util.concurrent.Executor;

import io.kraft.spring.boot.web.WebCalls.Permit;

/**
 * Lets requests in: by what can be known before their body is read, and as long as there
 * are not too many of them. Thread-safe.
 *
 * @param maxRequestBytes most bytes of a body
 */
public record Admission(Guard guard, WebCalls calls, int maxRequestBytes) {

	/**
	 * Lets a request in.
	 * @return to be closed when the request was handled, even if its answer is still
	 * waited for
	 * @throws RequestRefusedException if it is refused
	 */
	public Permit admit(ApiController controller, ApiRequest request) {
		this.guard.check(controller.isGuarded(), request);
		return this.calls.request();
	}

	/**
	 * Calls controllers.
	 */
	public Executor executor() {
		return this.calls.executor();
	}

}
