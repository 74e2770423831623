package io.kraft.spring.boot.autoconfigure.web;

class ServletWebApiTests extends WebApiContract {

	@Override
	Stack stack() {
		return Stack.SERVLET;
	}

}
