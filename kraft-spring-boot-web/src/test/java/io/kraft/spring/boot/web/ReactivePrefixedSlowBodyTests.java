package io.kraft.spring.boot.web;

class ReactivePrefixedSlowBodyTests extends SlowBodyContract {

	@Override
	Stack stack() {
		return Stack.REACTIVE;
	}

	@Override
	String prefix() {
		return "/shop";
	}

}
