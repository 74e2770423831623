package io.kraft.spring.boot.web;

class ReactiveSlowReaderTests extends SlowReaderContract {

	@Override
	Stack stack() {
		return Stack.REACTIVE;
	}

}
