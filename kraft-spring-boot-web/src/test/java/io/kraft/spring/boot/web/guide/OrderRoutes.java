package io.kraft.spring.boot.web.guide;

import io.kraft.spring.boot.web.WorkflowRoutes;
import io.kraft.spring.boot.web.guide.OrderWorkflow.Order;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The routes that the page on the web API shows.
 */
@Configuration(proxyBeanMethods = false)
class OrderRoutes {

	@Bean
	WorkflowRoutes orders(OrderWorkflow orders) {
		return WorkflowRoutes.of("/orders", Order.class, orders::process, Order::id);
	}

}
