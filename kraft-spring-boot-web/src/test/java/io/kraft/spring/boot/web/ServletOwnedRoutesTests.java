package io.kraft.spring.boot.web;

class ServletOwnedRoutesTests extends OwnedRoutesContract {

	@Override
	Stack stack() {
		return Stack.SERVLET;
	}

}
