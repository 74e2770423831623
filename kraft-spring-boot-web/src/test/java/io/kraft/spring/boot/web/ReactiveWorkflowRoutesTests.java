package io.kraft.spring.boot.web;

class ReactiveWorkflowRoutesTests extends WorkflowRoutesContract {

	@Override
	Stack stack() {
		return Stack.REACTIVE;
	}

}
