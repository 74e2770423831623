package io.kraft.spring.boot.web;

class ServletHostileRequestTests extends HostileRequestContract {

	@Override
	Stack stack() {
		return Stack.SERVLET;
	}

}
