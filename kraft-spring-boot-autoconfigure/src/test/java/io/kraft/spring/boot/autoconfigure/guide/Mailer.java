package io.kraft.spring.boot.autoconfigure.guide;

import io.kraft.workflow.Step;
import io.kraft.workflow.Workflow;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

class Mailer {

	private final String sender;

	private final Mailer self;

	Mailer(String sender, Mailer self) {
		this.sender = sender;
		this.self = self;
	}

	@Workflow(name = "mail-twice")
	String mailTwice(String recipient) {
		return this.self.mail(recipient) + ", " + this.self.mail(recipient);
	}

	@Step
	String mail(String recipient) {
		return this.sender + " to " + recipient;
	}

	@Configuration(proxyBeanMethods = false)
	static class MailConfiguration {

		@Bean
		Mailer mailer(@Lazy Mailer self) {
			return new Mailer("shop", self);
		}

	}

}
