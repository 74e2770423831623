package io.kraft.spring.boot.web.guide;

import io.kraft.workflow.Workflow;

import org.springframework.stereotype.Service;

/**
 * The workflow that the routes start.
 */
@Service
class OrderWorkflow {

	@Workflow(name = "process-order")
	Receipt process(Order order) {
		return new Receipt(order.id());
	}

	record Order(String id) {
	}

	record Receipt(String order) {
	}

}
