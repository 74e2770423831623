package io.kraft.sample.notification;

import io.kraft.sample.outside.EffectsLog;
import io.kraft.workflow.Step;
import io.kraft.workflow.StepContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Service;

/**
 * Sends mails to customers.
 */
@Service
public class NotificationService {

	private static final Logger log = LoggerFactory.getLogger(NotificationService.class);

	private final EffectsLog mailServer;

	NotificationService(EffectsLog mailServer) {
		this.mailServer = mailServer;
	}

	/**
	 * Tells a customer how an order is.
	 */
	@Step
	public void send(String orderId, String customer, String news) {
		this.mailServer.once(StepContext.current().idempotencyKey(), "notify", orderId);
		log.info("Mail to {}: order {} is {}", customer, orderId, news);
	}

}
