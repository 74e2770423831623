package io.kraft.spring.boot.web;

class ReactiveOwnedRoutesTests extends OwnedRoutesContract {

	@Override
	Stack stack() {
		return Stack.REACTIVE;
	}

}
