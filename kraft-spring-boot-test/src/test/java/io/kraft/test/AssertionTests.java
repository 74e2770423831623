package io.kraft.test;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.kraft.client.StartOptions;
import io.kraft.client.WorkflowHandle;
import io.kraft.engine.KraftEngine;
import io.kraft.engine.store.memory.MemoryMedium;
import io.kraft.workflow.NonRetryableStepException;
import io.kraft.workflow.WorkflowContext;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import static io.kraft.test.WorkflowAssertions.assertThatRun;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * What assertions on runs accept, and what they say when they fail.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class AssertionTests {

	private final WorkflowContext workflow = WorkflowContext.ofCallingRun();

	@RegisterExtension
	final KraftEngineExtension kraft = new KraftEngineExtension()
		.step("Payments.charge", String.class, String.class, (order) -> "paid")
		.step("decline", String.class, String.class, (order) -> {
			throw new NonRetryableStepException("no money");
		})
		.workflow("order", String.class, String.class, (order) -> {
			String paid = this.workflow.call("Payments.charge", String.class, order);
			this.workflow.sleep(Duration.ofDays(1));
			return paid;
		})
		.workflow("declined", String.class, String.class,
				(order) -> this.workflow.call("decline", String.class, order));

	@Test
	void aRunIsLookedAtWhenNothingHappensAnyMore() {
		WorkflowHandle<?> run = start("order");

		assertThatRun(run).isWaiting()
			.isWaitingFor("timer")
			.executed("charge")
			.once()
			.hasJournal("step charge", "timer");

		this.kraft.client().pause(run.id());
		assertThatRun(run).isPaused();

		this.kraft.client().resume(run.id());
		this.kraft.environment().advance(Duration.ofDays(1));
		assertThatRun(run).isCompleted()
			.isCompletedWith("paid")
			.executed("Payments.charge")
			.times(1)
			.executed("ship")
			.never();
	}

	@Test
	void failuresAndCancellationsAreTold() {
		WorkflowHandle<?> cancelled = start("order");
		this.kraft.environment().settle();
		cancelled.cancel();

		assertThatRun(start("declined")).isFailed()
			.isFailedWith(NonRetryableStepException.class)
			.hasFailureContaining("no money");
		assertThatRun(cancelled).isCancelled();
	}

	@Test
	void whatFailsShowsTheJournalAsATable() {
		WorkflowHandle<?> run = start("order");

		assertThat(messageOf(() -> assertThatRun(run).isCompleted())).isEqualTo("""
				Expecting run 'order' to be COMPLETED
				Now run 'order' (order) is SUSPENDED, waiting for timer, due 2026-01-02T00:00:00Z. Its journal:
				  position  kind   name             attempts  arguments  outcome
				            start  order                      ["x"]
				  1         step   Payments.charge  1         ["x"]      "paid"
				  2         timer                                        open, due 2026-01-02T00:00:00Z
				""");
	}

	@Test
	void eachFailureSaysWhatWasExpectedAndFound() {
		WorkflowHandle<?> run = start("order");
		WorkflowHandle<?> declined = start("declined");

		assertThat(messageOf(() -> assertThatRun(run).executed("charge").times(2)))
			.contains("to have executed step 'charge' 2 times, but it did 1 times");
		assertThat(messageOf(() -> assertThatRun(run).hasJournal("step ship")))
			.contains("to have the journal\n  step ship\n");
		assertThat(messageOf(() -> assertThatRun(run).isWaitingFor("signal")))
			.contains("to wait for something with 'signal', but it waits for timer");
		assertThat(messageOf(() -> assertThatRun(declined).isFailedWith(IllegalStateException.class)))
			.contains("to be failed with a java.lang.IllegalStateException, but it failed with");
		assertThat(messageOf(() -> assertThatRun(declined).hasFailureContaining("no stock"))).contains("no stock",
				"no money");

		this.kraft.environment().advance(Duration.ofDays(1));
		assertThat(messageOf(() -> assertThatRun(run).isCompletedWith("free"))).contains("to be completed with\n  free",
				"its result is\n  paid");
	}

	@Test
	void aHandleOfAnotherClientIsRefused() {
		try (KraftEngine other = KraftEngine.builder().store(() -> new MemoryMedium().open()).build()) {
			other.start();

			assertThatIllegalArgumentException().isThrownBy(() -> assertThatRun(other.client().handle("x")))
				.withMessageContaining("not from a test environment");
		}
	}

	private static String messageOf(ThrowingCallable assertion) {
		return assertThatExceptionOfType(AssertionError.class).isThrownBy(assertion).actual().getMessage();
	}

	private WorkflowHandle<?> start(String workflow) {
		return this.kraft.client().start(workflow, StartOptions.defaults().id(workflow), "x");
	}

}
