package io.kraft.spring.boot.web;

class ServletPermitTests extends PermitContract {

	@Override
	Stack stack() {
		return Stack.SERVLET;
	}

}
