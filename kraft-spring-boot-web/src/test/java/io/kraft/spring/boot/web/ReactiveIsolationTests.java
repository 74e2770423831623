package io.kraft.spring.boot.web;

class ReactiveIsolationTests extends IsolationContract {

	@Override
	Stack stack() {
		return Stack.REACTIVE;
	}

}
