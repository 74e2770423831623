package io.kraft.spring.boot.autoconfigure.web;

class ServletWorkflowRoutesTests extends WorkflowRoutesContract {

	@Override
	Stack stack() {
		return Stack.SERVLET;
	}

}
