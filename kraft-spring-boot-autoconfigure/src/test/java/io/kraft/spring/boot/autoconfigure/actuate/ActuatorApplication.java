package io.kraft.spring.boot.autoconfigure.actuate;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

import io.kraft.spring.boot.autoconfigure.OwnEventLoops;
import io.kraft.workflow.Retry;
import io.kraft.workflow.Schedule;
import io.kraft.workflow.Step;
import io.kraft.workflow.WorkQueue;
import io.kraft.workflow.Workflow;
import io.kraft.workflow.WorkflowContext;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * An application whose runs get stuck in all ways, for tests of those who mend them.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({ ActuatorApplication.Beans.class, OwnEventLoops.class })
class ActuatorApplication {

	/** A property for those tests that are not about who asks. */
	static final String WITHOUT_SECURITY = "spring.autoconfigure.exclude="
			+ "org.springframework.boot.security.autoconfigure.web.reactive.ReactiveWebSecurityAutoConfiguration,"
			+ "org.springframework.boot.security.autoconfigure.actuate.web.reactive.ReactiveManagementWebSecurityAutoConfiguration";

	/**
	 * Without what Boot would make.
	 */
	@Configuration(proxyBeanMethods = false)
	static class Beans {

		@Bean
		Bank bank() {
			return new Bank();
		}

		@Bean
		Orders orders(Bank bank, WorkflowContext workflow) {
			return new Orders(bank, workflow);
		}

		@Bean
		WorkQueue mails() {
			return WorkQueue.named("mails")
				.concurrency(2)
				.rateLimit(1000, Duration.ofSeconds(1))
				.retry(1, Duration.ZERO, Duration.ZERO)
				.retention(Duration.ofDays(1));
		}

	}

	record Approval(String by, int limit) {
	}

	/**
	 * A service outside that may be closed.
	 */
	static class Bank {

		private final AtomicBoolean closed = new AtomicBoolean();

		void close() {
			this.closed.set(true);
		}

		void open() {
			this.closed.set(false);
		}

		@Step(name = "charge", retry = @Retry(maxAttempts = 1))
		public String charge(String order) {
			return pay(order);
		}

		private String pay(String order) {
			if (this.closed.get()) {
				throw new IllegalStateException("the bank is closed");
			}
			return "payment of " + order;
		}

		@Step(name = "transfer", retry = @Retry(maxAttempts = 5, initialDelay = "1h", maxDelay = "1h", jitter = 0))
		public String transfer(String order) {
			return pay(order);
		}

	}

	static class Orders {

		private final Bank bank;

		private final WorkflowContext workflow;

		Orders(Bank bank, WorkflowContext workflow) {
			this.bank = bank;
			this.workflow = workflow;
		}

		@Workflow(name = "pay", id = "#order")
		public String pay(String order) {
			return this.bank.charge(order);
		}

		@Workflow(name = "approve", id = "#order")
		public String approve(String order) {
			String payment = this.bank.charge(order);
			Approval approval = this.workflow.awaitSignal("approved", Approval.class);
			return payment + ", approved by " + approval.by() + " up to " + approval.limit();
		}

		@Workflow(name = "insist", id = "#order")
		public String insist(String order) {
			return this.bank.transfer(order);
		}

		@Workflow(name = "ask", id = "#order")
		public String ask(String order) {
			return "they said " + this.workflow.awaitSignal("answer", String.class);
		}

		@Workflow(name = "count", id = "#order")
		public int count(String order, int numbers) {
			for (int i = 0; i < numbers; i++) {
				this.workflow.state().set("number", i);
			}
			return numbers;
		}

		@Workflow(name = "nightly")
		@Schedule(cron = "0 0 3 1 1 *", zone = "Europe/Berlin")
		public void nightly() {
			this.bank.charge("nightly");
		}

	}

}
