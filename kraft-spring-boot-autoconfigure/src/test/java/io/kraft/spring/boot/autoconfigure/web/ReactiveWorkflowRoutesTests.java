package io.kraft.spring.boot.autoconfigure.web;

class ReactiveWorkflowRoutesTests extends WorkflowRoutesContract {

	@Override
	Stack stack() {
		return Stack.REACTIVE;
	}

}
