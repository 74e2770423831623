package io.kraft.spring.boot.web;

class ReactiveStreamTests extends StreamContract {

	@Override
	Stack stack() {
		return Stack.REACTIVE;
	}

}
