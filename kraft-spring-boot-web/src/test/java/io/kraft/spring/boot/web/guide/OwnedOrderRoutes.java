package io.kraft.spring.boot.web.guide;

import java.util.Map;

import io.kraft.spring.boot.web.WorkflowRoutes;
import io.kraft.spring.boot.web.guide.OrderWorkflow.Order;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The routes that the page on security of the web shows.
 */
@Configuration(proxyBeanMethods = false)
class OwnedOrderRoutes {

	@Bean
	WorkflowRoutes ownedOrders(OrderWorkflow orders) {
		return WorkflowRoutes.of("/orders", Order.class, orders::process, Order::id)
			.taggedBy((caller) -> (caller != null) ? Map.of("owner", caller.getName()) : Map.of())
			.ownedBy((caller, run) -> caller != null && caller.getName().equals(run.tags().get("owner")));
	}

}
