package io.kraft.spring.boot.web;

class ReactiveBrowserTests extends BrowserContract {

	@Override
	Stack stack() {
		return Stack.REACTIVE;
	}

}
