package io.kraft.spring.boot.web;

class ServletPermittedActuatorTests extends PermittedActuatorContract {

	@Override
	Stack stack() {
		return Stack.SERVLET;
	}

}
