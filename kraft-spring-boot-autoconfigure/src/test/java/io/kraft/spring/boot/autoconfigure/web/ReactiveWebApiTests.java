package io.kraft.spring.boot.autoconfigure.web;

class ReactiveWebApiTests extends WebApiContract {

	@Override
	Stack stack() {
		return Stack.REACTIVE;
	}

}
