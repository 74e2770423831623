package io.kraft.spring.boot.web;

class ReactiveAccessTests extends AccessContract {

	@Override
	Stack stack() {
		return Stack.REACTIVE;
	}

}
