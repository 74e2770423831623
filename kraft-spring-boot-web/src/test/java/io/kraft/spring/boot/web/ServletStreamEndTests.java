package io.kraft.spring.boot.web;

class ServletStreamEndTests extends StreamEndContract {

	@Override
	Stack stack() {
		return Stack.SERVLET;
	}

}
