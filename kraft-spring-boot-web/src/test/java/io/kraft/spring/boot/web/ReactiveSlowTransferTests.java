package io.kraft.spring.boot.web;

class ReactiveSlowTransferTests extends SlowTransferContract {

	@Override
	Stack stack() {
		return Stack.REACTIVE;
	}

}
