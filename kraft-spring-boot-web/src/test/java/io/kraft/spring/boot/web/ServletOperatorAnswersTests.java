package io.kraft.spring.boot.web;

class ServletOperatorAnswersTests extends OperatorAnswersContract {

	@Override
	Stack stack() {
		return Stack.SERVLET;
	}

}
