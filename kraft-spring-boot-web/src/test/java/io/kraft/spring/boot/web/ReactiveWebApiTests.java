package io.kraft.spring.boot.web;

class ReactiveWebApiTests extends WebApiContract {

	@Override
	Stack stack() {
		return Stack.REACTIVE;
	}

}
