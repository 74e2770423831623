package io.kraft.spring.boot.web;

class ServletLocalCallerTests extends LocalCallerContract {

	@Override
	Stack stack() {
		return Stack.SERVLET;
	}

}
