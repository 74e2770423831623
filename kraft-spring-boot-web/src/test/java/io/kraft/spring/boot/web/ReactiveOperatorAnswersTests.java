package io.kraft.spring.boot.web;

class ReactiveOperatorAnswersTests extends OperatorAnswersContract {

	@Override
	Stack stack() {
		return Stack.REACTIVE;
	}

}
