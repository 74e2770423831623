package io.kraft.spring.boot.web;

class ServletWebApiTests extends WebApiContract {

	@Override
	Stack stack() {
		return Stack.SERVLET;
	}

}
