package io.kraft.spring.boot.web;

class ServletSlowClientTests extends SlowClientContract {

	@Override
	Stack stack() {
		return Stack.SERVLET;
	}

}
