package io.kraft.spring.boot.web;

class ServletIsolationTests extends IsolationContract {

	@Override
	Stack stack() {
		return Stack.SERVLET;
	}

}
