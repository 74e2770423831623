package io.kraft.spring.boot.autoconfigure.guide;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

import io.kraft.client.QueueDescription;
import io.kraft.client.WorkflowClient;
import io.kraft.client.WorkflowDescription;
import io.kraft.client.WorkflowHandle;
import io.kraft.client.WorkflowStatus;
import io.kraft.spring.boot.autoconfigure.KraftAutoConfiguration;
import io.kraft.workflow.WorkQueue;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What the page on queues says of its example.
 */
class QueueGuideTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(KraftAutoConfiguration.class))
		.withPropertyValues("kraft.storage.type=memory")
		.withBean(MovableClock.class)
		.withBean(FakeSmtp.class)
		.withBean(PostOffice.class)
		.withBean(Emails.class)
		.withUserConfiguration(Emails.QueueConfiguration.class);

	@Test
	void anEmailIsSentByItsItem() {
		this.runner.run((context) -> {
			WorkflowHandle<String> item = context.getBean(Emails.class).welcome("ada");

			assertThat(item.result(Duration.ofSeconds(10))).isEqualTo("sent to ada");
			assertThat(context.getBean(Emails.class).welcomeWithoutBlocking("bob").block()).isNotEqualTo(item.id());
			await().until(() -> context.getBean(FakeSmtp.class).sent.contains("bob: Welcome"));
		});
	}

	@Test
	void aReminderIsOneItemThatWaitsForThreeDays() {
		this.runner.run((context) -> {
			Emails emails = context.getBean(Emails.class);
			WorkflowHandle<String> item = emails.remind("ada", "42");

			assertThat(emails.remind("ada", "42").id()).isEqualTo(item.id()).isEqualTo("queue:emails:reminder-42");
			assertThat(item.status()).isEqualTo(WorkflowStatus.SCHEDULED);
			context.getBean(MovableClock.class).advance(Duration.ofDays(3));
			assertThat(item.result(Duration.ofSeconds(10))).isEqualTo("sent to ada");
			assertThat(context.getBean(FakeSmtp.class).sent).containsExactly("ada: Is anything missing?");
		});
	}

	@Test
	void aWorkflowPutsCallsIntoAQueueByAStep() {
		this.runner.run((context) -> {
			context.getBean(Emails.class).newsletter("7", List.of("ada", "bob"));

			await().until(() -> context.getBean(FakeSmtp.class).sent.size() == 2);
			assertThat(context.getBean(FakeSmtp.class).sent).containsExactlyInAnyOrder("ada: News 7", "bob: News 7");
			assertThat(context.getBean(WorkflowClient.class).find("queue:emails:7/ada")).isPresent();
		});
	}

	@Test
	void aDeadEmailIsSentAgainWithTheSameKey() {
		this.runner.withPropertyValues("kraft.queues.emails.retry.max-attempts=1").run((context) -> {
			FakeSmtp smtp = context.getBean(FakeSmtp.class);
			Emails emails = context.getBean(Emails.class);
			smtp.down.set(true);
			WorkflowHandle<String> item = emails.welcome("ada");
			WorkflowHandle<String> other = emails.welcome("bob");
			await().until(() -> emails.dead().size() == 2);
			smtp.down.set(false);

			for (WorkflowDescription dead : emails.dead()) {
				if (dead.id().equals(other.id())) {
					emails.discard(dead);
				}
				else {
					emails.sendAgain(dead);
				}
			}

			assertThat(item.result(Duration.ofSeconds(10))).isEqualTo("sent to ada");
			assertThat(emails.dead()).isEmpty();
			assertThat(smtp.sent).containsExactly("ada: Welcome");
			assertThat(smtp.keys).hasSize(3);
			assertThat(Set.copyOf(smtp.keys)).as("one key for each item").hasSize(2);
		});
	}

	@Test
	void aPausedQueueIsListedAndResumed() {
		this.runner.run((context) -> {
			Emails emails = context.getBean(Emails.class);
			emails.serverIsDown();
			WorkflowHandle<String> item = emails.welcome("ada");
			assertThat(context.getBean(WorkflowClient.class).queues()).extracting(QueueDescription::paused)
				.containsExactly(true);
			assertThat(item.status()).isEqualTo(WorkflowStatus.PENDING);

			assertThat(emails.serverIsBack()).extracting(QueueDescription::queue)
				.extracting(WorkQueue::name)
				.containsExactly("emails");

			assertThat(item.result(Duration.ofSeconds(10))).isEqualTo("sent to ada");
		});
	}

	@Test
	void aRecipeNamesTheStepsOfARun() {
		this.runner.run((context) -> assertThat(
				context.getBean(Emails.class).byRecipe(List.of("send-email", "send-email"), "ada"))
			.isEqualTo("sent to ada"));
	}

	static class FakeSmtp implements PostOffice.Smtp {

		private final List<String> sent = new CopyOnWriteArrayList<>();

		private final List<String> keys = new CopyOnWriteArrayList<>();

		private final AtomicBoolean down = new AtomicBoolean();

		@Override
		public String send(String key, String to, String text) {
			this.keys.add(key);
			if (this.down.get()) {
				throw new IllegalStateException("the server is down");
			}
			this.sent.add(to + ": " + text);
			return "sent to " + to;
		}

	}

}
