package io.kraft.sample.notification;

import java.time.Duration;

import io.kraft.workflow.WorkQueue;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The queue of mails that no caller waits for: two at a time, and dead after five
 * attempts.
 */
@Configuration(proxyBeanMethods = false)
class MailQueue {

	static final String NAME = "mails";

	@Bean
	WorkQueue mails() {
		return WorkQueue.named(NAME).concurrency(2).retry(5, Duration.ofMillis(200), Duration.ofSeconds(1));
	}

}
