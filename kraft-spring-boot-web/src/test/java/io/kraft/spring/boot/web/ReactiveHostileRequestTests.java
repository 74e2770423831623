package io.kraft.spring.boot.web;

class ReactiveHostileRequestTests extends HostileRequestContract {

	@Override
	Stack stack() {
		return Stack.REACTIVE;
	}

}
