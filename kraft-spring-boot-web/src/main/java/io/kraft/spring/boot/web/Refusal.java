package io.kraft.spring.boot.web;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.method.HandlerMethod;

/**
 * Takes the place of a controller whose request was refused, so that the refusal is
 * answered as one of the controller's own.
 */
public final class Refusal extends ApiController {

	private final RuntimeException reason;

	private Refusal(RuntimeException reason) {
		this.reason = reason;
	}

	/**
	 * The method to be called instead.
	 */
	public static HandlerMethod method(RuntimeException reason) {
		try {
			return new HandlerMethod(new Refusal(reason), "refuse", ApiRequest.class);
		}
		catch (NoSuchMethodException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public boolean answersImmediately() {
		return true;
	}

	/**
	 * The refusal.
	 */
	public ResponseEntity<byte[]> refuse(@RequestAttribute ApiRequest kraftRequest) {
		return problem(this.reason, kraftRequest);
	}

}
