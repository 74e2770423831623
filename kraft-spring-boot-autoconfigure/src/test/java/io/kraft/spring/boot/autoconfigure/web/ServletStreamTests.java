package io.kraft.spring.boot.autoconfigure.web;

class ServletStreamTests extends StreamContract {

	@Override
	Stack stack() {
		return Stack.SERVLET;
	}

}
