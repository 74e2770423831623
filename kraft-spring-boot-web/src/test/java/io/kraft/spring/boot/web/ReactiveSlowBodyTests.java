package io.kraft.spring.boot.web;

class ReactiveSlowBodyTests extends SlowBodyContract {

	@Override
	Stack stack() {
		return Stack.REACTIVE;
	}

}
