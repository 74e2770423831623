package io.kraft.spring.boot.web;

class ServletSlowReaderTests extends SlowReaderContract {

	@Override
	Stack stack() {
		return Stack.SERVLET;
	}

}
