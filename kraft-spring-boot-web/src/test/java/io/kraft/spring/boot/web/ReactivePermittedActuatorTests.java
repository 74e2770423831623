package io.kraft.spring.boot.web;

class ReactivePermittedActuatorTests extends PermittedActuatorContract {

	@Override
	Stack stack() {
		return Stack.REACTIVE;
	}

}
