package io.kraft.spring.boot.autoconfigure.web;

class ReactiveAccessTests extends AccessContract {

	@Override
	Stack stack() {
		return Stack.REACTIVE;
	}

}
