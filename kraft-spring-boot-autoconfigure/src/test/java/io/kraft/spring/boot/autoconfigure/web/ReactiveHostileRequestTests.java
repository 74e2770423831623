package io.kraft.spring.boot.autoconfigure.web;

class ReactiveHostileRequestTests extends HostileRequestContract {

	@Override
	Stack stack() {
		return Stack.REACTIVE;
	}

}
