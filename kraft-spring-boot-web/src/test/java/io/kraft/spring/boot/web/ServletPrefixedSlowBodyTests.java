package io.kraft.spring.boot.web;

class ServletPrefixedSlowBodyTests extends SlowBodyContract {

	@Override
	Stack stack() {
		return Stack.SERVLET;
	}

	@Override
	String prefix() {
		return "/shop";
	}

}
