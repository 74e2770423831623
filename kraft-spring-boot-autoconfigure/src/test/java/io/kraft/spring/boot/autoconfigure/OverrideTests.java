package io.kraft.spring.boot.autoconfigure;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

import io.kraft.client.StartOptions;
import io.kraft.client.WorkflowClient;
import io.kraft.client.WorkflowHandle;
import io.kraft.client.WorkflowStatus;
import io.kraft.workflow.Retry;
import io.kraft.workflow.Step;
import io.kraft.workflow.StepTimeoutException;
import io.kraft.workflow.Workflow;
import io.kraft.workflow.WorkflowContext;
import io.kraft.workflow.WorkflowFailedException;
import io.kraft.workflow.WorkflowTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.ByteArrayResource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Steps and workflows that properties change, run in an application context.
 */
@ExtendWith(OutputCaptureExtension.class)
class OverrideTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(KraftAutoConfiguration.class))
		.withPropertyValues("kraft.storage.type=memory", "kraft.defaults.step.retry.initial-delay=0s")
		.withBean(MovableClock.class)
		.withBean(Till.class)
		.withBean(Payments.class)
		.withBean("hidden", Hidden.class, HiddenSteps::new)
		.withBean(Orders.class);

	@ParameterizedTest
	@ValueSource(strings = { "kraft.steps[Payments.charge].retry.max-attempts",
			"kraft.steps.[Payments.charge].retry.max-attempts", "kraft.steps[Payments.charge].retry.maxAttempts",
			"kraft.steps[Payments.charge].retry.max_attempts" })
	void aStepIsAttemptedAsOftenAsThePropertySays(String property, CapturedOutput output) {
		this.runner.withPropertyValues(property + "=2").run((context) -> {
			assertThatExceptionOfType(IllegalStateException.class)
				.isThrownBy(() -> context.getBean(Orders.class).order(9));
			assertThat(context.getBean(Till.class).attempts).as("the annotation says 5").hasSize(2);
			assertThat(output).doesNotContain(property);
		});
	}

	@Test
	void whatIsNotSetStaysAsTheAnnotationOrTheDefaultSays() {
		this.runner.withPropertyValues("kraft.steps[Payments.charge].retry.jitter=0").run((context) -> {
			assertThatExceptionOfType(IllegalStateException.class)
				.isThrownBy(() -> context.getBean(Orders.class).order(9));
			assertThat(context.getBean(Till.class).attempts).hasSize(5);
		});
	}

	@Test
	void theWaitsBetweenAttemptsAreThoseOfTheProperties() {
		this.runner
			.withPropertyValues("kraft.steps[Payments.charge].retry.initial-delay=1h",
					"kraft.steps[Payments.charge].retry.multiplier=3",
					"kraft.steps[Payments.charge].retry.max-delay=2h", "kraft.steps[Payments.charge].retry.jitter=0")
			.run((context) -> {
				MovableClock clock = context.getBean(MovableClock.class);
				Till till = context.getBean(Till.class);
				WorkflowHandle<String> run = context.getBean(WorkflowClient.class)
					.start(() -> context.getBean(Orders.class).order(2));
				await().until(() -> till.attempts.size() == 1 && run.status() == WorkflowStatus.SUSPENDED);
				clock.advance(Duration.ofHours(1));
				await().until(() -> till.attempts.size() == 2 && run.status() == WorkflowStatus.SUSPENDED);
				clock.advance(Duration.ofHours(2));

				assertThat(run.result(Duration.ofSeconds(10))).isEqualTo("paid");
				assertThat(Duration.between(till.attempts.get(0), till.attempts.get(1))).isBetween(Duration.ofHours(1),
						Duration.ofMinutes(61));
				assertThat(Duration.between(till.attempts.get(1), till.attempts.get(2)))
					.as("three times as long, but not more than the longest")
					.isBetween(Duration.ofHours(2), Duration.ofMinutes(121));
			});
	}

	@Test
	void anAttemptIsCutOffAfterTheTimeOutOfTheProperty() {
		this.runner.withPropertyValues("kraft.steps[Payments.hang].timeout=5s").run((context) -> {
			WorkflowHandle<Void> run = context.getBean(WorkflowClient.class)
				.start(() -> context.getBean(Orders.class).hang());
			context.getBean(Till.class).hanging.await();

			context.getBean(MovableClock.class).advance(Duration.ofSeconds(5));

			assertThatExceptionOfType(WorkflowFailedException.class)
				.isThrownBy(() -> run.result(Duration.ofSeconds(10)))
				.withCauseInstanceOf(StepTimeoutException.class)
				.withMessageContaining("PT5S");
		});
	}

	@Test
	void aTimeOutOfZeroTakesAwayThatOfTheAnnotation() {
		this.runner
			.withPropertyValues("kraft.steps[Payments.hang].timeout=0s", "kraft.workflows[Orders.wait].timeout=0")
			.run((context) -> {
				WorkflowClient client = context.getBean(WorkflowClient.class);
				WorkflowHandle<Void> hanging = client.start(() -> context.getBean(Orders.class).hang());
				WorkflowHandle<String> waiting = client.start(() -> context.getBean(Orders.class).wait("it"));
				context.getBean(Till.class).hanging.await();
				await().until(() -> waiting.status() == WorkflowStatus.SUSPENDED);

				context.getBean(MovableClock.class).advance(Duration.ofDays(1));
				context.getBean(Till.class).released.countDown();
				waiting.signal("go", "gone");

				assertThat(hanging.result(Duration.ofSeconds(10))).isNull();
				assertThat(waiting.result(Duration.ofSeconds(10))).isEqualTo("gone");
			});
	}

	@Test
	void aCompensationIsAStepOfItsOwnName() {
		this.runner.withPropertyValues("kraft.steps[Payments.refund].retry.max-attempts=3").run((context) -> {
			assertThatExceptionOfType(IllegalArgumentException.class)
				.isThrownBy(() -> context.getBean(Orders.class).undone());
			assertThat(context.getBean(Till.class).refunds).hasSize(3);
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "kraft.workflows[Orders.wait].timeout", "kraft.workflows.[Orders.wait].timeout" })
	void aRunTimesOutWhenThePropertySays(String property) {
		this.runner.withPropertyValues(property + "=5m").run((context) -> {
			WorkflowHandle<String> run = context.getBean(WorkflowClient.class)
				.start(() -> context.getBean(Orders.class).wait("it"));
			await().until(() -> run.status() == WorkflowStatus.SUSPENDED);

			context.getBean(MovableClock.class).advance(Duration.ofMinutes(5));

			assertThatExceptionOfType(WorkflowTimeoutException.class)
				.isThrownBy(() -> run.result(Duration.ofSeconds(10)));
		});
	}

	@Test
	void theStartOfARunWinsOverTheProperty() {
		this.runner.withPropertyValues("kraft.workflows[Orders.wait].timeout=5m").run((context) -> {
			WorkflowHandle<String> run = context.getBean(WorkflowClient.class)
				.start(StartOptions.defaults().timeout(Duration.ofHours(1)),
						() -> context.getBean(Orders.class).wait("it"));
			await().until(() -> run.status() == WorkflowStatus.SUSPENDED);

			context.getBean(MovableClock.class).advance(Duration.ofMinutes(30));
			run.signal("go", "gone");

			assertThat(run.result(Duration.ofSeconds(10))).isEqualTo("gone");
		});
	}

	@Test
	void finishedRunsOfTheWorkflowAreKeptAsLongAsThePropertySays() {
		this.runner.withPropertyValues("kraft.workflows.kept.retention=1h", "kraft.retention=2h").run((context) -> {
			WorkflowClient client = context.getBean(WorkflowClient.class);
			Orders orders = context.getBean(Orders.class);
			WorkflowHandle<String> shortly = client.start(StartOptions.defaults().id("shortly"), () -> orders.kept());
			WorkflowHandle<String> other = client.start(StartOptions.defaults().id("other"), () -> orders.order(0));
			shortly.result(Duration.ofSeconds(10));
			other.result(Duration.ofSeconds(10));

			context.getBean(MovableClock.class).advance(Duration.ofMinutes(61));

			await().until(() -> client.find("shortly").isEmpty());
			assertThat(client.find("other")).isPresent();
		});
	}

	@Test
	void notMoreRunsBeginThanThePropertySaysWhateverTheirVersion() {
		this.runner.withPropertyValues("kraft.workflows.counted.max-concurrent=1").run((context) -> {
			WorkflowClient client = context.getBean(WorkflowClient.class);
			Orders orders = context.getBean(Orders.class);
			WorkflowHandle<String> first = client.start(() -> orders.countedOnce());
			await().until(() -> first.status() == WorkflowStatus.SUSPENDED);

			WorkflowHandle<String> second = client.start(() -> orders.countedTwice());

			assertThat(second.status()).isEqualTo(WorkflowStatus.PENDING);
			first.signal("go", "gone");
			await().until(() -> second.status() == WorkflowStatus.SUSPENDED);
			second.signal("go", "gone");
			assertThat(second.result(Duration.ofSeconds(10))).isEqualTo("gone");
		});
	}

	@Test
	void anOverrideHoldsForAllVersionsOfAWorkflow() {
		this.runner.withPropertyValues("kraft.workflows.counted.timeout=5m").run((context) -> {
			WorkflowClient client = context.getBean(WorkflowClient.class);
			Orders orders = context.getBean(Orders.class);
			List<WorkflowHandle<String>> runs = List.of(client.start(() -> orders.countedOnce()),
					client.start(() -> orders.countedTwice()));
			await().until(() -> runs.stream().allMatch((run) -> run.status() == WorkflowStatus.SUSPENDED));

			context.getBean(MovableClock.class).advance(Duration.ofMinutes(5));

			assertThat(runs).allSatisfy((run) -> assertThatExceptionOfType(WorkflowTimeoutException.class)
				.isThrownBy(() -> run.result(Duration.ofSeconds(10))));
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { """
			kraft:
			  steps:
			    "[Payments.charge]":
			      retry:
			        max-attempts: 2
			""", """
			kraft:
			  steps:
			    "[Payments.charge]":
			      retry.max-attempts: 2
			""" })
	void yamlHasQuotedBrackets(String yaml, CapturedOutput output) throws Exception {
		List<PropertySource<?>> sources = new YamlPropertySourceLoader().load("application.yaml",
				new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8)));

		this.runner
			.withInitializer((context) -> sources.forEach(context.getEnvironment().getPropertySources()::addLast))
			.run((context) -> {
				assertThatExceptionOfType(IllegalStateException.class)
					.isThrownBy(() -> context.getBean(Orders.class).order(9));
				assertThat(context.getBean(Till.class).attempts).hasSize(2);
				assertThat(output).doesNotContain("kraft.steps");
			});
	}

	@Test
	void withoutBracketsANameWithDotsFailsTheStartWithTheWayToWriteIt() {
		FailureAnalysis analysis = FailedStart.of(Application.class,
				"kraft.steps.Payments.charge.retry.max-attempts=2");

		assertThat(analysis.getDescription())
			.contains("'kraft.steps.payments.charge.retry.max-attempts'", "commandLineArgs", "does not exist",
					"in brackets")
			.contains("'kraft.steps[Payments.charge].retry.max-attempts'");
	}

	@Test
	void anEnvironmentVariableMeansTheNameWithoutCapitalsAndDots() {
		this.runner.withInitializer((context) -> {
			context.getEnvironment()
				.getPropertySources()
				.replace(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
						new SystemEnvironmentPropertySource(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
								Map.of("KRAFT_STEPS_PAYMENTSCHARGE_RETRY_MAXATTEMPTS", "2")));
			ConfigurationPropertySources.attach(context.getEnvironment());
		}).run((context) -> {
			assertThatExceptionOfType(IllegalStateException.class)
				.isThrownBy(() -> context.getBean(Orders.class).order(9));
			assertThat(context.getBean(Till.class).attempts).hasSize(2);
		});
	}

	@Test
	void aNameWithSpecialCharactersIsWrittenInBrackets() {
		this.runner.withPropertyValues("kraft.steps[take the money, please].retry.max-attempts=2").run((context) -> {
			assertThatExceptionOfType(IllegalStateException.class)
				.isThrownBy(() -> context.getBean(Orders.class).politely());
			assertThat(context.getBean(Till.class).attempts).hasSize(2);
		});
	}

	@Test
	void placeholdersAreResolved() {
		this.runner.withPropertyValues("attempts=2", "kraft.steps[Payments.charge].retry.max-attempts=${attempts}")
			.run((context) -> {
				assertThatExceptionOfType(IllegalStateException.class)
					.isThrownBy(() -> context.getBean(Orders.class).order(9));
				assertThat(context.getBean(Till.class).attempts).hasSize(2);
			});
	}

	@Test
	void aNameThatNoStepHasIsWarnedOfWithThoseThatExist(CapturedOutput output) {
		this.runner.withPropertyValues("kraft.steps[payments.charge].timeout=5s", "kraft.workflows.waite.retention=5s")
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(output)
					.containsPattern("WARN.*'kraft\\.steps\\[payments\\.charge]\\.\\*' have no effect.*"
							+ "Known are: .*Payments\\.charge, Payments\\.hang")
					.containsPattern("WARN.*'kraft\\.workflows\\.waite\\.\\*' have no effect.*"
							+ "Known are: Orders\\.hang.*Orders\\.wait.*counted");
			});
	}

	@Test
	void anAttributeThatDoesNotExistFailsTheStart() {
		FailureAnalysis analysis = FailedStart.of(Application.class, "kraft.steps[Payments.charge].max-attempts=5",
				"kraft.workflows[Orders.wait].timeuot=5s");

		assertThat(analysis.getDescription())
			.contains("The property 'kraft.steps[Payments.charge].max-attempts' ", "does not exist")
			.contains("The property 'kraft.workflows[Orders.wait].timeuot' ",
					"Is 'kraft.workflows[Orders.wait].timeout' meant?");
	}

	@Test
	void aNameThatMeansTwoStepsIsWarnedOf(CapturedOutput output) {
		this.runner.withBean(Twins.class)
			.withPropertyValues("kraft.steps.twinstep.timeout=5s")
			.run((context) -> assertThat(output)
				.containsPattern("WARN.*'kraft\\.steps\\.twinstep\\.\\*' apply to twin-step and twinStep"));
	}

	@Test
	void namesThatDifferInCapitalsAndDashesOnlyAreDistinguished(CapturedOutput output) {
		this.runner.withBean(Twins.class)
			.withPropertyValues("kraft.steps.twin-step.timeout=5s", "kraft.steps[twinStep].retry.max-attempts=5")
			.run((context) -> assertThat(output).doesNotContain("kraft.steps"));
	}

	@Test
	void stepsThatOnlyTheObjectTellsOfAreKnown(CapturedOutput output) {
		this.runner.withPropertyValues("kraft.steps[HiddenSteps.hide].retry.max-attempts=2").run((context) -> {
			assertThatExceptionOfType(IllegalStateException.class)
				.isThrownBy(() -> context.getBean(Orders.class).hide())
				.withMessage("hidden 2");
			assertThat(output).doesNotContain("kraft.steps");
		});
	}

	@ParameterizedTest
	@CsvSource({ "kraft.steps[Payments.charge].retry.max-attempts, 0, at least 1",
			"kraft.steps[Payments.charge].retry.initial-delay, -1s, at least 0",
			"kraft.steps[Payments.charge].retry.multiplier, 0.9, at least 1",
			"kraft.steps[Payments.charge].retry.multiplier, NaN, at least 1",
			"kraft.steps[Payments.charge].retry.max-delay, -1s, at least 0",
			"kraft.steps[Payments.charge].retry.jitter, 1.1, 0 to 1",
			"kraft.steps[Payments.charge].retry.jitter, -0.1, 0 to 1",
			"kraft.steps[Payments.charge].timeout, -1s, at least 0",
			"kraft.workflows[Orders.wait].timeout, -1s, at least 0", "kraft.workflows.kept.retention, -1d, at least 0",
			"kraft.workflows.counted.max-concurrent, 0, at least 1" })
	void aValueOutOfBoundsFailsTheStartWithPropertyValueBoundAndCure(String property, String value, String bound) {
		FailureAnalysis analysis = FailedStart.of(Application.class, property + "=" + value);

		assertThat(analysis.getDescription()).contains("'" + property + "'")
			.contains("'" + value + "'")
			.contains("commandLineArgs")
			.contains("It must be " + bound);
		assertThat(analysis.getAction()).contains("'" + property + "'").contains("remove the property");
	}

	@Test
	void aNameWithCapitalsIsShownAsItWasWritten() {
		FailureAnalysis analysis = FailedStart.of(Application.class, "kraft.steps.[Payments.charge].retry.jitter=2");

		assertThat(analysis.getDescription()).contains("\"kraft.steps.[Payments.charge].retry.jitter\"")
			.contains("'2'")
			.contains("0 to 1");
	}

	@ParameterizedTest
	@CsvSource({ "kraft.steps[Payments.charge].retry.max-attempts, many",
			"kraft.steps.[Payments.charge].timeout, tomorrow", "kraft.workflows[Orders.wait].retention, for ever" })
	void aValueOfAnotherTypeFailsTheStartWithPropertyAndValue(String property, String value) {
		FailureAnalysis analysis = FailedStart.of(Application.class, property + "=" + value);

		assertThat(analysis.getDescription()).contains(property).contains(value);
		assertThat(analysis.getAction()).contains("configuration");
	}

	@Configuration(proxyBeanMethods = false)
	@Import({ Till.class, Payments.class, HiddenSteps.class, Orders.class, MovableClock.class })
	static class Application {

	}

	static class Till {

		private final List<Instant> attempts = new CopyOnWriteArrayList<>();

		private final List<String> refunds = new CopyOnWriteArrayList<>();

		private final CountDownLatch hanging = new CountDownLatch(1);

		private final CountDownLatch released = new CountDownLatch(1);

	}

	static class Payments {

		private final Till till;

		private final MovableClock clock;

		Payments(Till till, MovableClock clock) {
			this.till = till;
			this.clock = clock;
		}

		@Step(retry = @Retry(maxAttempts = 5))
		String charge(int failures) {
			this.till.attempts.add(this.clock.instant());
			if (this.till.attempts.size() <= failures) {
				throw new IllegalStateException("refused");
			}
			return "paid";
		}

		@Step(name = "take the money, please", retry = @Retry(maxAttempts = 5))
		void politely() {
			charge(9);
		}

		@Step(timeout = "10s", retry = @Retry(maxAttempts = 1))
		void hang() throws InterruptedException {
			this.till.hanging.countDown();
			this.till.released.await();
		}

		@Step(compensation = "refund")
		void pay() {
		}

		void refund() {
			this.till.refunds.add("refund");
			throw new IllegalStateException("closed");
		}

	}

	static class Orders {

		private final Payments payments;

		private final WorkflowContext workflow;

		private final Hidden hidden;

		Orders(Payments payments, Hidden hidden, WorkflowContext workflow) {
			this.payments = payments;
			this.hidden = hidden;
			this.workflow = workflow;
		}

		@Workflow
		String order(int failures) {
			return this.payments.charge(failures);
		}

		@Workflow
		void politely() {
			this.payments.politely();
		}

		@Workflow
		void hang() throws InterruptedException {
			this.payments.hang();
		}

		@Workflow
		void hide() {
			this.hidden.hide();
		}

		@Workflow
		void undone() {
			this.payments.pay();
			throw new IllegalArgumentException("undo it");
		}

		@Workflow(timeout = "10m")
		String wait(String what) {
			return this.workflow.awaitSignal("go", String.class);
		}

		@Workflow(name = "kept", retention = "30d")
		String kept() {
			return "kept";
		}

		@Workflow(name = "counted")
		String countedOnce() {
			return this.workflow.awaitSignal("go", String.class);
		}

		@Workflow(name = "counted", version = 2, timeout = "30d")
		String countedTwice() {
			return this.workflow.awaitSignal("go", String.class);
		}

	}

	static class Twins {

		@Step(name = "twin-step")
		void one() {
		}

		@Step(name = "twinStep")
		void other() {
		}

	}

	interface Hidden {

		void hide();

	}

	static class HiddenSteps implements Hidden {

		private int attempts;

		@Override
		@Step
		public void hide() {
			throw new IllegalStateException("hidden " + ++this.attempts);
		}

	}

	static class MovableClock implements InstantSource {

		private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);

		@Override
		public Instant instant() {
			return InstantSource.system().instant().plus(this.ahead.get());
		}

		void advance(Duration duration) {
			this.ahead.updateAndGet((ahead) -> ahead.plus(duration));
		}

	}

}
