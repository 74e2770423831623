package io.kraft.spring.boot.web;

class ServletSlowBodyTests extends SlowBodyContract {

	@Override
	Stack stack() {
		return Stack.SERVLET;
	}

}
