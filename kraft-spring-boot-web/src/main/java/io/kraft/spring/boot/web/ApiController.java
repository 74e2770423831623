package io.kraft.spring.boot.web;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RequestAttribute;

/**
 * A controller of Kraft, for both web stacks. It is no bean and has no stereotype, so
 * that an application's component scan does not find it; the stacks map it below its path
 * and call it with adapters of their own. Its methods run on {@link WebCalls threads that
 * may block}; what they throw is answered here, and reaches no advice of the application.
 */
public abstract class ApiController {

	/**
	 * Whether Kraft decides who may call it. Otherwise the application does, as with its
	 * own controllers.
	 */
	protected boolean isGuarded() {
		return true;
	}

	/**
	 * Whether it answers from memory, without a call of the engine: then it needs neither
	 * a permit nor a thread that may block.
	 */
	public boolean answersImmediately() {
		return false;
	}

	@ExceptionHandler
	ResponseEntity<byte[]> problem(Throwable failure, @RequestAttribute ApiRequest kraftRequest) {
		return Problems.answer(failure, kraftRequest, isGuarded() && kraftRequest.mayRead());
	}

}
