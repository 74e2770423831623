package io.kraft.sample.order;

import io.kraft.sample.notification.NotificationService;
import io.kraft.sample.outside.EffectsLog;
import io.kraft.sample.outside.SampleProperties;
import io.kraft.sample.payment.Payment;
import io.kraft.sample.payment.PaymentService;
import io.kraft.workflow.NonRetryableStepException;
import io.kraft.workflow.Step;
import io.kraft.workflow.StepContext;
import io.kraft.workflow.Workflow;
import io.kraft.workflow.WorkflowContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Service;

/**
 * From order to receipt. Kill the process wherever you like: after the restart the order
 * continues after the last recorded step.
 */
@Service
class OrderWorkflow {

	static final String NAME = "process-order";

	private static final Logger log = LoggerFactory.getLogger(OrderWorkflow.class);

	private final PaymentService payments;

	private final StockService stock;

	private final NotificationService notifications;

	private final WorkflowContext workflow;

	private final EffectsLog parcelService;

	private final SampleProperties properties;

	OrderWorkflow(PaymentService payments, StockService stock, NotificationService notifications,
			WorkflowContext workflow, EffectsLog parcelService, SampleProperties properties) {
		this.payments = payments;
		this.stock = stock;
		this.notifications = notifications;
		this.workflow = workflow;
		this.parcelService = parcelService;
		this.properties = properties;
	}

	/**
	 * The order's id is the run's, so that an order that is sent twice is processed once.
	 * A large one waits until a person approves it.
	 */
	@Workflow(name = NAME, id = "#order.id")
	Receipt process(Order order) {
		validate(order);
		if (order.isLarge()) {
			Approval approval = this.workflow.awaitSignal("approved", Approval.class);
			log.info("Order {} was approved by {}", order.id(), approval.by());
		}
		Payment payment = this.payments.charge(order.id(), order.totalInCents());
		this.stock.reserve(order.id(), order.item(), order.quantity());
		this.workflow.sleep(this.properties.packingTime());
		Shipment shipment = ship(order);
		this.notifications.send(order.id(), order.customer(), "on its way as " + shipment.trackingNumber());
		return new Receipt(order.id(), payment.id(), shipment.trackingNumber());
	}

	/**
	 * Ends the order permanently: another attempt would find the same.
	 */
	@Step
	void validate(Order order) {
		if (order.item().isBlank() || order.quantity() < 1) {
			throw new NonRetryableStepException("an order needs an item and a quantity of at least 1");
		}
	}

	/**
	 * A step of the same class: the call on {@code this} is journaled just the same.
	 */
	@Step
	Shipment ship(Order order) {
		String key = StepContext.current().idempotencyKey();
		this.parcelService.once(key, "ship", order.id());
		return new Shipment("parcel-" + EffectsLog.reference(key));
	}

}
