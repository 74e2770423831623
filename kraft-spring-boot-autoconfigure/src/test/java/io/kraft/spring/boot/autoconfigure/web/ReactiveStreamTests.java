package io.kraft.spring.boot.autoconfigure.web;

class ReactiveStreamTests extends StreamContract {

	@Override
	Stack stack() {
		return Stack.REACTIVE;
	}

}
