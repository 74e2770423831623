package io.kraft.spring.boot.web;

class ServletSlowTransferTests extends SlowTransferContract {

	@Override
	Stack stack() {
		return Stack.SERVLET;
	}

}
