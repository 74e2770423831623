package io.kraft.spring.boot.web;

class ReactiveStreamEndTests extends StreamEndContract {

	@Override
	Stack stack() {
		return Stack.REACTIVE;
	}

}
