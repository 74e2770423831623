package io.kraft.spring.boot.autoconfigure.web;

class ServletHostileRequestTests extends HostileRequestContract {

	@Override
	Stack stack() {
		return Stack.SERVLET;
	}

}
