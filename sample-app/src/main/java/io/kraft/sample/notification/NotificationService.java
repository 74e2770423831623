package io.kraft.sample.notification;

import io.kraft.sample.outside.EffectsLog;
import io.kraft.sample.outside.Outages;
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

	private final Outages outages;

	NotificationService(EffectsLog mailServer, Outages outages) {
		this.mailServer = mailServer;
		this.outages = outages;
	}

	/**
	 * Notifies a customer of the state of an order.
	 */
	@Step
	public void send(String orderId, String customer, String news) {
		this.outages.check("mail-server");
		this.mailServer.once(StepContext.current().idempotencyKey(), "notify", orderId);
		log.info("Mail to {}: order {} is {}", customer, orderId, news);
	}

	/**
	 * Sends a newsletter to a reader; no caller waits for it.
	 */
	@Step
	public void sendNewsletter(String reader, String subject) {
		this.outages.check("mail-server");
		this.mailServer.once(StepContext.current().idempotencyKey(), "newsletter", reader);
		log.info("Mail to {}: {}", reader, subject);
	}

}
