package io.kraft.spring.boot.autoconfigure.guide;

import io.kraft.workflow.Retry;
import io.kraft.workflow.Step;
import io.kraft.workflow.StepContext;

import org.springframework.stereotype.Service;

@Service
class PostOffice {

	private final Smtp smtp;

	PostOffice(Smtp smtp) {
		this.smtp = smtp;
	}

	@Step(name = "send-email", retry = @Retry(maxAttempts = 5), timeout = "30s")
	String send(String to, String text) {
		return this.smtp.send(StepContext.current().idempotencyKey(), to, text);
	}

	interface Smtp {

		/** Answers the number of the message. */
		String send(String key, String to, String text);

	}

}
