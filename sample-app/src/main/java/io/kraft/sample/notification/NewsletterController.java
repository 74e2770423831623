package io.kraft.sample.notification;

import io.kraft.client.WorkflowClient;
import reactor.core.publisher.Mono;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * Takes newsletters to be sent. Once one is accepted, it is on the disk.
 */
@RestController
class NewsletterController {

	private final WorkflowClient client;

	private final NotificationService notifications;

	NewsletterController(WorkflowClient client, NotificationService notifications) {
		this.client = client;
		this.notifications = notifications;
	}

	@PostMapping("/newsletters")
	Mono<ResponseEntity<Accepted>> send(@RequestBody Newsletter newsletter) {
		return Mono
			.fromFuture(() -> this.client.enqueueAsync(MailQueue.NAME,
					() -> this.notifications.sendNewsletter(newsletter.to(), newsletter.subject())))
			.map((item) -> ResponseEntity.accepted().body(new Accepted(item.id())));
	}

	record Newsletter(String to, String subject) {
	}

	/**
	 * The answer.
	 *
	 * @param id of the item in the queue
	 */
	record Accepted(String id) {
	}

}
