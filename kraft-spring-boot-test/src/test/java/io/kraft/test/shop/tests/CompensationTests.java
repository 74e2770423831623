package io.kraft.test.shop.tests;

import java.time.Duration;

import io.kraft.client.StartOptions;
import io.kraft.client.WorkflowClient;
import io.kraft.client.WorkflowHandle;
import io.kraft.client.WorkflowNotFoundException;
import io.kraft.test.KraftTest;
import io.kraft.test.WorkflowTestEnvironment;
import io.kraft.workflow.Retry;
import io.kraft.workflow.Schedule;
import io.kraft.workflow.Step;
import io.kraft.workflow.Workflow;
import io.kraft.workflow.WorkflowContext;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static io.kraft.test.WorkflowAssertions.assertThatRun;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Compensations are replaced and counted as steps are, and schedules rest.
 */
@KraftTest(classes = CompensationTests.Trips.class)
class CompensationTests {

	@Autowired
	private WorkflowClient client;

	@Autowired
	private WorkflowTestEnvironment environment;

	@Autowired
	private Trips trips;

	@Test
	void compensationsAreCounted() {
		WorkflowHandle<Void> trip = this.client.start(StartOptions.defaults(), () -> this.trips.travel());
		this.environment.settle();

		assertThatRun(trip).isFailed().executed("cancelHotel").once();
		assertThatRun(trip).executed("cancelFlight").once();
		assertThat(this.trips.cancelled()).isEqualTo(2);
		this.trips.reset();
	}

	@Test
	void compensationsAreReplaced() {
		StringBuilder replaced = new StringBuilder();
		this.environment.stub("cancelHotel", (arguments) -> replaced.append("hotel "));
		this.environment.stub("cancelFlight", (arguments) -> replaced.append("flight "));
		WorkflowHandle<Void> trip = this.client.start(StartOptions.defaults(), () -> this.trips.travel());
		this.environment.settle();

		assertThatRun(trip).isFailed();
		assertThat(replaced).hasToString("flight hotel ");
		assertThat(this.trips.cancelled()).isZero();
	}

	@Test
	void schedulesRestUnlessTheyAreAskedFor() {
		this.environment.advance(Duration.ofDays(2));
		assertThat(this.trips.fireTimes()).isZero();

		this.client.triggerSchedule("nightly").result();
		assertThat(this.trips.fireTimes()).isOne();
		this.trips.reset();
	}

	@Test
	void whoLooksBehindTheRetentionIsToldWhyThereIsNothing() {
		WorkflowHandle<Void> trip = this.client.start(StartOptions.defaults(), () -> this.trips.travel());
		this.environment.advance(Duration.ofDays(8));
		this.trips.reset();

		assertThatExceptionOfType(WorkflowNotFoundException.class).isThrownBy(trip::status)
			.withMessageStartingWith("KRAFT-3001: no run has the id")
			.withMessageContaining("The clock of this test was moved by 192 hours")
			.withMessageContaining("kraft.retention");
	}

	static class Trips {

		private int cancelled;

		private int ticks;

		private final WorkflowContext workflow;

		Trips(WorkflowContext workflow) {
			this.workflow = workflow;
		}

		int cancelled() {
			return this.cancelled;
		}

		int fireTimes() {
			return this.ticks;
		}

		void reset() {
			this.cancelled = 0;
			this.ticks = 0;
		}

		@Workflow(name = "travel")
		void travel() {
			hotel();
			flight();
			pay();
		}

		@Step(compensation = "cancelHotel")
		void hotel() {
		}

		@Step(compensation = "cancelFlight")
		void flight() {
		}

		@Step(retry = @Retry(maxAttempts = 1))
		void pay() {
			throw new IllegalStateException("no money");
		}

		void cancelHotel() {
			this.cancelled++;
		}

		@Step
		void cancelFlight() {
			this.cancelled++;
		}

		@Workflow(name = "nightly")
		@Schedule(every = "1h")
		void nightly() {
			this.workflow.sideEffect("tick", () -> this.ticks++);
		}

	}

}
