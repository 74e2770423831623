package io.kraft.spring.boot.web;

class ReactiveSlowClientTests extends SlowClientContract {

	@Override
	Stack stack() {
		return Stack.REACTIVE;
	}

}
