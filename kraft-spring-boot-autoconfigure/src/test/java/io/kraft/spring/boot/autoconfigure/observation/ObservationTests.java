package io.kraft.spring.boot.autoconfigure.observation;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.kraft.client.WorkflowClient;
import io.kraft.client.WorkflowHandle;
import io.kraft.client.WorkflowStatus;
import io.kraft.spring.boot.autoconfigure.KraftAutoConfiguration;
import io.kraft.workflow.Retry;
import io.kraft.workflow.Step;
import io.kraft.workflow.Workflow;
import io.kraft.workflow.WorkflowContext;
import io.micrometer.common.KeyValues;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What the meters of an application say of its runs.
 */
class ObservationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ObservationAutoConfiguration.class, MetricsAutoConfiguration.class,
				CompositeMeterRegistryAutoConfiguration.class, SimpleMetricsExportAutoConfiguration.class,
				KraftAutoConfiguration.class, KraftObservationAutoConfiguration.class,
				KraftMeterAutoConfiguration.class))
		.withPropertyValues("kraft.storage.type=memory", "kraft.engine.max-parked-workflows=0")
		.withBean(MovedClock.class)
		.withBean(Orders.class);

	@Test
	void aRunAndItsStepsAreTimedUnderTheirNames() {
		this.runner.run((context) -> {
			context.getBean(Orders.class).process("1");

			MeterRegistry registry = context.getBean(MeterRegistry.class);
			assertThat(registry.get("kraft.workflow")
				.tags("workflow", "order", "version", "1", "outcome", "completed")
				.timer()
				.count()).isOne();
			assertThat(registry.get("kraft.step")
				.tags("workflow", "order", "step", "charge", "outcome", "completed")
				.timer()
				.count()).isOne();
			assertThat(registry.get("kraft.commit").timer().count()).isPositive();
			assertThat(registry.get("kraft.commit.batch").summary().max()).isPositive();
			assertThat(registry.get("kraft.commit.size").summary().totalAmount()).isPositive();
			assertThat(registry.get("kraft.queue.wait").tag("workflow", "order").timer().count()).isOne();
		});
	}

	@Test
	void aRunsIdIsNeverATag() {
		this.runner.run((context) -> {
			context.getBean(Orders.class).process("1");

			assertThat(context.getBean(MeterRegistry.class).getMeters())
				.filteredOn((meter) -> meter.getId().getName().startsWith("kraft"))
				.isNotEmpty()
				.flatExtracting((meter) -> meter.getId().getTags())
				.extracting(Tag::getValue)
				.doesNotContain("order-1");
		});
	}

	@Test
	void aStepThatIsAnsweredFromTheJournalIsNotTimedAgain() {
		this.runner.run((context) -> {
			WorkflowHandle<String> run = startAndAwaitSuspended(context.getBean(WorkflowClient.class),
					context.getBean(Orders.class));
			run.signal("go", "on");
			run.result(Duration.ofSeconds(30));

			MeterRegistry registry = context.getBean(MeterRegistry.class);
			assertThat(timer(registry, "suspended").count()).isOne();
			assertThat(timer(registry, "completed").count()).isOne();
			assertThat(registry.get("kraft.step").tag("step", "charge").timers()).extracting(Timer::count)
				.containsExactly(1L);
		});
	}

	@Test
	void theTimeOfARunThatWasUnloadedCountsFromItsStart() {
		this.runner.run((context) -> {
			WorkflowHandle<String> run = startAndAwaitSuspended(context.getBean(WorkflowClient.class),
					context.getBean(Orders.class));
			context.getBean(MovedClock.class).move(Duration.ofHours(3));
			run.signal("go", "on");
			run.result(Duration.ofSeconds(30));

			Timer completed = timer(context.getBean(MeterRegistry.class), "completed");
			assertThat(completed.totalTime(TimeUnit.HOURS)).isBetween(3.0, 3.9);
		});
	}

	private static WorkflowHandle<String> startAndAwaitSuspended(WorkflowClient client, Orders orders) {
		WorkflowHandle<String> run = client.start(() -> orders.approve("1"));
		await().until(() -> run.status() == WorkflowStatus.SUSPENDED);
		return run;
	}

	private static Timer timer(MeterRegistry registry, String outcome) {
		return registry.get("kraft.workflow").tags("workflow", "approval", "outcome", outcome).timer();
	}

	@Test
	void attemptsThatAreFollowedByAnotherAreCounted() {
		this.runner.run((context) -> {
			context.getBean(Orders.class).flaky("1");

			MeterRegistry registry = context.getBean(MeterRegistry.class);
			assertThat(registry.get("kraft.step.retries").tags("workflow", "flaky", "step", "busy").counter().count())
				.isEqualTo(2);
			assertThat(registry.get("kraft.step").tags("step", "busy", "outcome", "retried").timer().count())
				.isEqualTo(2);
			assertThat(registry.get("kraft.step").tags("step", "busy", "outcome", "completed").timer().count()).isOne();
		});
	}

	@Test
	void openRunsAreCountedByTheirStatus() {
		this.runner.run((context) -> {
			startAndAwaitSuspended(context.getBean(WorkflowClient.class), context.getBean(Orders.class));
			MeterRegistry registry = context.getBean(MeterRegistry.class);

			assertThat(gauge(registry, "kraft.workflows", "status", "suspended")).isOne();
			assertThat(gauge(registry, "kraft.workflows", "status", "running")).isZero();
			assertThat(gauge(registry, "kraft.workflows", "status", "pending")).isZero();
			assertThat(gauge(registry, "kraft.workflows.stuck", "reason", "paused")).isZero();

			context.getBean(WorkflowClient.class).pause("approval-1");
			await().until(() -> gauge(registry, "kraft.workflows.stuck", "reason", "paused") == 1);
		});
	}

	@Test
	void aRunThatStaysInAStepCountsAsStuck() {
		this.runner.withPropertyValues("kraft.metrics.stuck-after=0s").run((context) -> {
			WorkflowClient client = context.getBean(WorkflowClient.class);
			Orders orders = context.getBean(Orders.class);
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			client.start(() -> orders.slow("1"));

			await().until(() -> {
				context.getBean(MovedClock.class).move(Duration.ofMillis(2));
				return gauge(registry, "kraft.workflows.stuck", "reason", "step") == 1;
			});
			client.terminate("slow-1");
		});
	}

	private static double gauge(MeterRegistry registry, String name, String tag, String value) {
		return registry.get(name).tag(tag, value).gauge().value();
	}

	@Test
	void theSizeOfTheJournalOnDiskIsMeasured(@TempDir Path directory) {
		this.runner.withPropertyValues("kraft.storage.type=rocksdb", "kraft.storage.path=" + directory)
			.run((context) -> {
				MeterRegistry registry = context.getBean(MeterRegistry.class);
				double before = registry.get("kraft.journal.bytes").gauge().value();

				context.getBean(Orders.class).process("1");

				assertThat(registry.get("kraft.journal.bytes").gauge().value()).isGreaterThan(before);
			});
	}

	@Test
	void aUsersConventionReplacesTheNames() {
		this.runner.withBean(StepObservationConvention.class, () -> new StepObservationConvention() {

			@Override
			public String getName() {
				return "shop.step";
			}

			@Override
			public KeyValues getLowCardinalityKeyValues(StepObservationContext context) {
				return KeyValues.of("what", context.step());
			}

		}).run((context) -> {
			context.getBean(Orders.class).process("1");

			assertThat(context.getBean(MeterRegistry.class).get("shop.step").tag("what", "charge").timer().count())
				.isOne();
		});
	}

	@Test
	void bootsPropertySwitchesObservationsOff() {
		this.runner.withPropertyValues("management.observations.enable.kraft=false").run((context) -> {
			context.getBean(Orders.class).process("1");

			assertThat(context.getBean(MeterRegistry.class).getMeters()).extracting(Meter::getId)
				.extracting(Meter.Id::getName)
				.doesNotContain("kraft.workflow", "kraft.step")
				.contains("kraft.commit");
		});
	}

	@Test
	void withoutMicrometerNothingIsObserved() {
		this.runner.withClassLoader(new FilteredClassLoader(ObservationRegistry.class)).run((context) -> {
			assertThat(context).doesNotHaveBean(KraftObservationAutoConfiguration.class);
			assertThat(context.getBean(Orders.class).process("1")).isEqualTo("charged 1");
		});
	}

	static class Orders {

		private final AtomicInteger attempts = new AtomicInteger();

		@Workflow(name = "order", id = "'order-' + #id")
		String process(String id) {
			return charge(id);
		}

		@Workflow(name = "approval", id = "'approval-' + #id")
		String approve(String id) {
			charge(id);
			return WorkflowContext.current().awaitSignal("go", String.class);
		}

		@Workflow(name = "flaky", id = "'flaky-' + #id")
		String flaky(String id) {
			return busy(id);
		}

		@Workflow(name = "slow", id = "'slow-' + #id")
		String slow(String id) {
			return sleepy(id);
		}

		@Step(name = "charge")
		String charge(String id) {
			return "charged " + id;
		}

		@Step(name = "busy", retry = @Retry(maxAttempts = 3, initialDelay = "1ms"))
		String busy(String id) {
			if (this.attempts.incrementAndGet() < 3) {
				throw new IllegalStateException("busy");
			}
			return id;
		}

		@Step(name = "sleepy")
		String sleepy(String id) {
			try {
				new java.util.concurrent.CountDownLatch(1).await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			return id;
		}

	}

	static class MovedClock implements InstantSource {

		private volatile Duration ahead = Duration.ZERO;

		void move(Duration time) {
			this.ahead = this.ahead.plus(time);
		}

		@Override
		public Instant instant() {
			return InstantSource.system().instant().plus(this.ahead);
		}

	}

}
