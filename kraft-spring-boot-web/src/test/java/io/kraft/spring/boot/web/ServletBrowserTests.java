package io.kraft.spring.boot.web;

class ServletBrowserTests extends BrowserContract {

	@Override
	Stack stack() {
		return Stack.SERVLET;
	}

}
