package io.kraft.spring.boot.autoconfigure.guide;

import io.kraft.client.WorkflowEvent;

import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

@Component
class OnCall {

	private final Pager pager;

	OnCall(Pager pager) {
		this.pager = pager;
	}

	@EventListener
	void on(WorkflowEvent.Failed event) {
		this.pager.call(event.workflow().id() + ": " + event.workflow().failure());
	}

	interface Pager {

		void call(String text);

	}

}
