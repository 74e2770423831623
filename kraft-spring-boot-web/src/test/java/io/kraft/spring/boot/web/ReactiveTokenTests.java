package io.kraft.spring.boot.web;

class ReactiveTokenTests extends TokenContract {

	@Override
	Stack stack() {
		return Stack.REACTIVE;
	}

}
