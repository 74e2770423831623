package io.kraft.test.tutorial;

import io.kraft.workflow.Delivery;
import io.kraft.workflow.Retry;
import io.kraft.workflow.Step;
import io.kraft.workflow.StepContext;

import org.springframework.stereotype.Service;

@Service
class Tools {

	private final Services services;

	Tools(Services services) {
		this.services = services;
	}

	@Step(name = "temperature", timeout = "10s")
	String temperature(String city) {
		return city.equals("Rome") ? "31" : "18";
	}

	@Step(name = "send-mail", delivery = Delivery.AT_MOST_ONCE, retry = @Retry(maxAttempts = 1))
	String sendMail(String text) {
		this.services.call(StepContext.current().idempotencyKey(), "mail: " + text);
		return "sent";
	}

}
