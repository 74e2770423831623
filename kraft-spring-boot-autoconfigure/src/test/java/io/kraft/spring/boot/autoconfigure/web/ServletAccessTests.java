package io.kraft.spring.boot.autoconfigure.web;

class ServletAccessTests extends AccessContract {

	@Override
	Stack stack() {
		return Stack.SERVLET;
	}

}
