package io.kraft.sample.order;

import io.kraft.sample.outside.EffectsLog;
import io.kraft.workflow.Step;
import io.kraft.workflow.StepContext;

import org.springframework.stereotype.Service;

/**
 * Reserves items in the warehouse. Calls of another bean are journaled as those on
 * {@code this} are.
 */
@Service
class StockService {

	private final EffectsLog warehouse;

	StockService(EffectsLog warehouse) {
		this.warehouse = warehouse;
	}

	/**
	 * Puts items aside for an order.
	 */
	@Step
	void reserve(String orderId, String item, int quantity) {
		this.warehouse.once(StepContext.current().idempotencyKey(), "reserve", orderId);
	}

}
