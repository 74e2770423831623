package io.kraft.spring.boot.web;

class ServletStreamTests extends StreamContract {

	@Override
	Stack stack() {
		return Stack.SERVLET;
	}

}
