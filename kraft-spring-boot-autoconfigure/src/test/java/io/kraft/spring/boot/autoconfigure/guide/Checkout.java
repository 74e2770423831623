package io.kraft.spring.boot.autoconfigure.guide;

import java.util.Map;

import io.kraft.client.StartOptions;
import io.kraft.client.WorkflowClient;
import io.kraft.client.WorkflowHandle;
import io.kraft.spring.boot.autoconfigure.guide.OrderWorkflow.Order;
import io.kraft.spring.boot.autoconfigure.guide.OrderWorkflow.Receipt;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.annotation.Transactional;

/**
 * Starts workflows beside what it writes to its database.
 */
class Checkout {

	private final JdbcTemplate jdbc;

	private final WorkflowClient client;

	private final OrderWorkflow orders;

	Checkout(JdbcTemplate jdbc, WorkflowClient client, OrderWorkflow orders) {
		this.jdbc = jdbc;
		this.client = client;
		this.orders = orders;
	}

	@Transactional
	public String place(Order order) {
		this.jdbc.update("insert into orders (id) values (?)", order.id());
		WorkflowHandle<Receipt> run = this.client.start(() -> this.orders.process(order));
		return run.id();
	}

	@Transactional
	public void placeAndTrace(Order order) {
		this.jdbc.update("insert into orders (id) values (?)", order.id());
		this.client.start(StartOptions.defaults().tags(Map.of("audit", "yes")).immediately(),
				() -> this.orders.process(order));
	}

}
