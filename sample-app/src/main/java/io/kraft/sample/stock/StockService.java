package io.kraft.sample.stock;

import io.kraft.sample.outside.EffectsLog;
import io.kraft.workflow.Step;
import io.kraft.workflow.StepContext;

import org.springframework.stereotype.Service;

/**
 * Reserves items in the warehouse.
 */
@Service
public class StockService {

	private final EffectsLog warehouse;

	StockService(EffectsLog warehouse) {
		this.warehouse = warehouse;
	}

	/**
	 * Puts items aside for an order.
	 */
	@Step
	public void reserve(String orderId, String item, int quantity) {
		this.warehouse.once(StepContext.current().idempotencyKey(), "reserve", orderId);
	}

}
