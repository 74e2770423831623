package io.kraft.spring.boot.web;

class ReactivePermitTests extends PermitContract {

	@Override
	Stack stack() {
		return Stack.REACTIVE;
	}

}
