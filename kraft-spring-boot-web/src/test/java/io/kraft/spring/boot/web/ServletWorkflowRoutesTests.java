package io.kraft.spring.boot.web;

class ServletWorkflowRoutesTests extends WorkflowRoutesContract {

	@Override
	Stack stack() {
		return Stack.SERVLET;
	}

}
