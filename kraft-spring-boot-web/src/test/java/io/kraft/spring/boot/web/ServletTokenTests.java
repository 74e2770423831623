package io.kraft.spring.boot.web;

class ServletTokenTests extends TokenContract {

	@Override
	Stack stack() {
		return Stack.SERVLET;
	}

}
