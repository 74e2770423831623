package io.kraft.spring.boot.web;

class ServletAccessTests extends AccessContract {

	@Override
	Stack stack() {
		return Stack.SERVLET;
	}

}
