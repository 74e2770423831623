package io.kraft.spring.boot.autoconfigure;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import io.kraft.client.QueueDescription;
import io.kraft.client.WorkflowClient;
import io.kraft.client.WorkflowHandle;
import io.kraft.workflow.Retry;
import io.kraft.workflow.Step;
import io.kraft.workflow.WorkQueue;
import io.kraft.workflow.WorkQueue.Rate;
import io.kraft.workflow.WorkQueue.Retries;
import io.kraft.workflow.WorkflowFailedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.ByteArrayResource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Queues that properties change or declare, in an application context.
 */
@ExtendWith(OutputCaptureExtension.class)
class QueuePropertyTests {

	private static final Duration SECOND = Duration.ofSeconds(1);

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(KraftAutoConfiguration.class))
		.withPropertyValues("kraft.storage.type=memory", "kraft.defaults.step.retry.initial-delay=0s");

	@Test
	void eachPropertyChangesWhatTheBeanSaysAndNothingElse() {
		WorkQueue bean = Declared.EMAILS;

		assertQueue("concurrency=7", bean.concurrency(7));
		assertQueue("concurrency-per-node=7", bean.concurrencyPerNode(7));
		assertQueue("rate-limit.max=7", bean.rateLimit(7, SECOND));
		assertQueue("rate-limit.period=1m", bean.rateLimit(100, Duration.ofMinutes(1)));
		assertQueue("retry.max-attempts=7", bean.retry(7, SECOND, SECOND.multipliedBy(9)));
		assertQueue("retry.initial-delay=2s", bean.retry(5, SECOND.multipliedBy(2), SECOND.multipliedBy(9)));
		assertQueue("retry.max-delay=3s", bean.retry(5, SECOND, SECOND.multipliedBy(3)));
		assertQueue("retention=2d", bean.retention(Duration.ofDays(2)));
		assertQueue("retention=", bean);
	}

	private void assertQueue(String property, WorkQueue expected) {
		this.runner.withUserConfiguration(Declared.class)
			.withPropertyValues("kraft.queues.emails." + property)
			.run((context) -> assertThat(queues(context)).containsExactly(expected));
	}

	@Test
	void aQueueThatNoBeanDeclaresIsDeclaredByItsProperties(CapturedOutput output) {
		this.runner.withUserConfiguration(Declared.class)
			.withPropertyValues("kraft.queues.sms.concurrency=1", "kraft.queues.sms.rate-limit.max=2",
					"kraft.queues.sms.rate-limit.period=3s", "kraft.queues.letters.retry.max-attempts=4")
			.run((context) -> {
				assertThat(queues(context)).containsExactly(Declared.EMAILS,
						new WorkQueue("letters", null, null, null, new Retries(4, null, null), null),
						WorkQueue.named("sms").concurrency(1).rateLimit(2, SECOND.multipliedBy(3)));
				assertThat(output).doesNotContain("kraft.queues");
			});
	}

	@ParameterizedTest
	@CsvSource({ "kraft.queues.emails-out.concurrency, emails-out", "kraft.queues[emails-out].concurrency, emails-out",
			"kraft.queues.EmailsOut.concurrency, EmailsOut", "kraft.queues[EmailsOut].concurrency, EmailsOut",
			"kraft.queues[emails.out].concurrency, emails.out",
			"kraft.queues[Emails to the world].concurrency, Emails to the world",
			"kraft.queues.emails_out.concurrencyPerNode, emails_out" })
	void aDeclaredQueueIsCalledAsThePropertyIsWritten(String property, String name, CapturedOutput output) {
		this.runner.withPropertyValues(property + "=1").run((context) -> {
			assertThat(queues(context)).extracting(WorkQueue::name).containsExactly(name);
			assertThat(output).doesNotContain("kraft.queues");
		});
	}

	@Test
	void theNameOfABeansQueueIsExactButForBrackets(CapturedOutput output) {
		this.runner.withBean(WorkQueue.class, () -> WorkQueue.named("emailsOut"))
			.withPropertyValues("kraft.queues.emailsOut.concurrency=3", "kraft.queues.emailsOut.concurrency-per-node=2")
			.run((context) -> {
				assertThat(queues(context))
					.containsExactly(WorkQueue.named("emailsOut").concurrency(3).concurrencyPerNode(2));
				assertThat(output).doesNotContain("kraft.queues");
			});
	}

	@Test
	void yamlDeclaresQueues() throws Exception {
		List<PropertySource<?>> sources = new YamlPropertySourceLoader().load("application.yaml",
				new ByteArrayResource("""
						kraft:
						  queues:
						    emails:
						      concurrency: 4
						      rate-limit:
						        max: 100
						        period: 1m
						    "[Emails Out]":
						      retention: 1h
						""".getBytes(StandardCharsets.UTF_8)));

		this.runner
			.withInitializer((context) -> sources.forEach(context.getEnvironment().getPropertySources()::addLast))
			.run((context) -> assertThat(queues(context)).containsExactly(
					WorkQueue.named("Emails Out").retention(Duration.ofHours(1)),
					WorkQueue.named("emails").concurrency(4).rateLimit(100, Duration.ofMinutes(1))));
	}

	@Test
	void environmentVariablesSpeakOfKnownQueuesAndElseDeclareOne() {
		this.runner.withInitializer((context) -> {
			context.getEnvironment()
				.getPropertySources()
				.addLast(new MapPropertySource("file", Map.of("kraft.queues.emails-out.concurrency", "4")));
			context.getEnvironment()
				.getPropertySources()
				.replace(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
						new SystemEnvironmentPropertySource(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
								Map.of("KRAFT_QUEUES_EMAILSOUT_CONCURRENCY", "2", "KRAFT_QUEUES_EMAILSOUT_RETENTION",
										"1d", "KRAFT_QUEUES_SMS_CONCURRENCYPERNODE", "3", "KRAFT_QUEUES_SERVICE_PORT",
										"80")));
			ConfigurationPropertySources.attach(context.getEnvironment());
		})
			.run((context) -> assertThat(queues(context)).containsExactly(
					WorkQueue.named("emails-out").concurrency(2).retention(Duration.ofDays(1)),
					WorkQueue.named("sms").concurrencyPerNode(3)));
	}

	@Test
	void aVariableThatANameInBracketsHidesIsWarnedOf(CapturedOutput output) {
		this.runner.withInitializer((context) -> {
			context.getEnvironment()
				.getPropertySources()
				.addLast(new MapPropertySource("file", Map.of("kraft.queues[emails.out].concurrency", "4")));
			context.getEnvironment()
				.getPropertySources()
				.replace(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
						new SystemEnvironmentPropertySource(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
								Map.of("KRAFT_QUEUES_EMAILSOUT_CONCURRENCY", "2")));
			ConfigurationPropertySources.attach(context.getEnvironment());
		}).run((context) -> {
			assertThat(queues(context)).containsExactly(WorkQueue.named("emails.out").concurrency(4));
			assertThat(output).contains("The properties 'kraft.queues.emailsout.*' have no effect, because "
					+ "'kraft.queues[emails.out].*' are set, too.");
		});
	}

	@Test
	void anItemIsAttemptedAsOftenAsThePropertySaysAndTheRestIsAsTheStepSays() {
		this.runner.withBean(Failing.class)
			.withPropertyValues("kraft.queues.emails.retry.max-delay=0")
			.run((context) -> {
				Failing failing = context.getBean(Failing.class);
				assertAttempts(context, "emails", 3);
				assertAttempts(context, "others", 6);
				assertThat(failing.attempts()).isEqualTo(6);
			});
		this.runner.withBean(Failing.class)
			.withPropertyValues("kraft.queues.emails.retry.max-attempts=2")
			.run((context) -> {
				assertAttempts(context, "emails", 2);
				assertAttempts(context, "others", 5);
			});
	}

	private static void assertAttempts(AssertableApplicationContext context, String queue, int inAll) {
		Failing failing = context.getBean(Failing.class);
		WorkflowHandle<Void> item = context.getBean(WorkflowClient.class).enqueue(queue, () -> failing.fail());

		assertThatExceptionOfType(WorkflowFailedException.class).isThrownBy(() -> item.result(Duration.ofSeconds(20)));
		assertThat(failing.attempts()).isEqualTo(inAll);
	}

	@ParameterizedTest
	@CsvSource({ "concurrency, 0, at least 1", "concurrency-per-node, 0, at least 1", "rate-limit.max, 0, 1 to 100000",
			"rate-limit.max, 100001, 1 to 100000", "rate-limit.period, 0s, more than 0",
			"retry.max-attempts, 0, at least 1", "retry.initial-delay, -1s, at least 0",
			"retry.max-delay, -1s, at least 0", "retention, -1d, at least 0" })
	void aValueOutOfBoundsFailsTheStartWithPropertyValueBoundAndCure(String attribute, String value, String bound) {
		for (String property : List.of("kraft.queues.emails." + attribute, "kraft.queues[Other ones]." + attribute)) {
			FailureAnalysis analysis = FailedStart.of(Declared.class, property + "=" + value,
					"kraft.storage.type=memory");

			assertThat(analysis.getDescription()).contains("'" + property + "'")
				.contains("'" + value + "'")
				.contains("commandLineArgs")
				.contains("It must be " + bound);
			assertThat(analysis.getAction()).contains("'" + property + "'").contains("remove the property");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "concurrency=many", "rate-limit.period=tomorrow", "retention=for ever" })
	void aValueOfAnotherTypeFailsTheStartWithPropertyAndValue(String property) {
		FailureAnalysis analysis = FailedStart.of("kraft.queues.emails." + property, "kraft.storage.type=memory");

		assertThat(analysis.getDescription()).contains("kraft.queues.emails." + property.replaceAll("=.*", ""))
			.contains(property.replaceAll(".*=", ""));
	}

	@ParameterizedTest
	@CsvSource({ "max, 5, period", "period, 5s, max" })
	void halfARateLimitFailsTheStartWithWhatIsMissing(String given, String value, String missing) {
		FailureAnalysis analysis = FailedStart.of("kraft.queues.sms.rate-limit." + given + "=" + value,
				"kraft.storage.type=memory");

		assertThat(analysis.getDescription()).contains("'kraft.queues.sms.rate-limit." + given + "'")
			.contains("A rate limit is a number and a period. Set 'kraft.queues.sms.rate-limit." + missing + "', too.");
	}

	@Test
	void anAttributeThatDoesNotExistFailsTheStart() {
		FailureAnalysis analysis = FailedStart.of("kraft.queues.emails.max-concurrent=5", "kraft.storage.type=memory");

		assertThat(analysis.getDescription()).contains("'kraft.queues.emails.max-concurrent'", "does not exist");
	}

	private static List<WorkQueue> queues(AssertableApplicationContext context) {
		return context.getBean(WorkflowClient.class).queues().stream().map(QueueDescription::queue).toList();
	}

	@Configuration(proxyBeanMethods = false)
	static class Declared {

		static final WorkQueue EMAILS = new WorkQueue("emails", 2, 1, new Rate(100, SECOND), null, Duration.ofHours(1))
			.retry(5, SECOND, SECOND.multipliedBy(9));

		@Bean
		WorkQueue emails() {
			return EMAILS;
		}

	}

	static class Failing {

		private final AtomicInteger attempts = new AtomicInteger();

		int attempts() {
			return this.attempts.get();
		}

		@Step(retry = @Retry(maxAttempts = 3))
		void fail() {
			throw new IllegalStateException("attempt " + this.attempts.incrementAndGet());
		}

	}

}
