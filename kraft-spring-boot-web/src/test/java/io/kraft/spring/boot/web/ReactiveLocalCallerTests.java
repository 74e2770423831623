package io.kraft.spring.boot.web;

class ReactiveLocalCallerTests extends LocalCallerContract {

	@Override
	Stack stack() {
		return Stack.REACTIVE;
	}

}
