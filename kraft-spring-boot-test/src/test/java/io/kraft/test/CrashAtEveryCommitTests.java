package io.kraft.test;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.kraft.client.StartOptions;
import io.kraft.client.WorkflowHandle;
import io.kraft.engine.definition.MethodSignature;
import io.kraft.engine.definition.RetryPolicy;
import io.kraft.engine.definition.StepDefinition;
import io.kraft.test.scenario.CrashReport;
import io.kraft.workflow.Delivery;
import io.kraft.workflow.NonRetryableStepException;
import io.kraft.workflow.StepContext;
import io.kraft.workflow.StepOutcomeUnknownException;
import io.kraft.workflow.WorkflowContext;
import io.kraft.workflow.WorkflowFailedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What scenarios show that are crashed at every commit: sound workflows pass, broken ones
 * do not.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class CrashAtEveryCommitTests {

	private final WorkflowContext workflow = WorkflowContext.ofCallingRun();

	private final List<String> bank = new CopyOnWriteArrayList<>();

	private final AtomicInteger field = new AtomicInteger();

	@RegisterExtension
	final KraftEngineExtension kraft = new KraftEngineExtension()
		.step("charge", String.class, String.class, (order) -> charge(order))
		.step("ship", String.class, String.class, (order) -> "parcel of " + order)
		.step("flaky", String.class, String.class, (order) -> flaky())
		.step("decline", String.class, String.class, (order) -> {
			throw new NonRetryableStepException("no money");
		})
		.step(StepDefinition.of("once", MethodSignature.of(String.class, String.class), RetryPolicy.defaults())
			.withDelivery(Delivery.AT_MOST_ONCE), (arguments) -> charge((String) arguments[0]))
		.workflow("sound", String.class, String.class, this::sound)
		.workflow("patient", String.class, String.class, this::patient)
		.workflow("failing", String.class, String.class, (order) -> this.workflow.call("decline", String.class, order))
		.workflow("forgetful", String.class, String.class, this::forgetful)
		.workflow("clocked", String.class, String.class, this::clocked)
		.workflow("careful", String.class, String.class, this::careful);

	@Test
	void aSoundWorkflowComesToItsOutcomeWhereverItIsCrashed() throws Exception {
		CrashReport report = this.kraft.environment()
			.beforeEach(this.bank::clear)
			.crashAtEveryCommit(() -> start("sound").result());

		assertThat(report.commits()).hasSizeGreaterThan(5);
		assertThat(report.crashes()).isGreaterThan(report.commits().size());
		assertThat(report.commits().toString()).contains("run 'sound' run started",
				"run 'sound' step completed 'charge' at 1", "run 'sound' is COMPLETED");
		assertThat(report.repeatedBodies()).containsKey("step 'charge' of run 'sound'");
		assertThat(report.unknownOutcomes()).isZero();
	}

	@Test
	void aScenarioMaySignalAndMoveTheClock() throws Exception {
		CrashReport report = this.kraft.environment().crashAtEveryCommit(() -> {
			WorkflowHandle<?> run = start("patient");
			this.kraft.environment().advance(Duration.ofHours(2));
			run.signal("go", "ada");
			this.kraft.environment().advance(Duration.ofHours(2));
			return run.result();
		});

		assertThat(report.commits().toString()).contains("gets a message: signal 'go'");
	}

	@Test
	void aStartWithoutAnIdIsRepeatedWithTheSameOne() throws Exception {
		this.kraft.environment()
			.crashAtEveryCommit(() -> this.kraft.client().start("sound", StartOptions.defaults(), "order").result());
	}

	@Test
	void aFailureIsAnOutcomeToo() throws Exception {
		this.kraft.environment()
			.crashAtEveryCommit(() -> assertThatExceptionOfType(WorkflowFailedException.class)
				.isThrownBy(() -> start("failing").result()));
	}

	@Test
	void stateInAFieldIsFound() {
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> this.kraft.environment()
				.beforeEach(() -> this.field.set(0))
				.crashAtEveryCommit(() -> start("forgetful").result()))
			.withMessageContaining("the scenario has another outcome with a crash just")
			.withMessageContaining("which holds:\n  run 'forgetful'")
			.withMessageContaining("expected: forgetful is COMPLETED (\"called 1 times\")")
			.withMessageContaining("found:    forgetful is COMPLETED (\"called 2 times\")")
			.withMessageContaining("charge")
			.withMessageContaining("What it keeps in fields, reads from a clock or draws by itself differs then");
	}

	@Test
	void aClockThatDecidesIsFound() {
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> this.kraft.environment()
				.beforeEach(() -> this.field.set(0))
				.crashAtEveryCommit(() -> start("clocked").result()))
			.withMessageContaining("took another path on replay: position 2 holds step 'ship', but the code asked for");
	}

	@Test
	void aWorldThatIsNotResetIsToldApart() {
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> this.kraft.environment().crashAtEveryCommit(() -> start("forgetful").result()))
			.withMessageContaining("does not have the same outcome twice, even without a crash")
			.withMessageContaining("beforeEach");
	}

	@Test
	void aStepWithAtMostOnceDeliveryIsNeverEnteredTwice() throws Exception {
		CrashReport report = this.kraft.environment()
			.beforeEach(this.bank::clear)
			.crashAtEveryCommit(() -> start("careful").result());

		assertThat(report.unknownOutcomes()).isPositive();
		assertThat(report.repeatedBodies()).isEmpty();
	}

	@Test
	void whatAScenarioThrowsWithoutACrashIsThrown() {
		assertThatExceptionOfType(IOException.class)
			.isThrownBy(() -> this.kraft.environment().crashAtEveryCommit(() -> {
				throw new IOException("not the engine's");
			}))
			.withMessage("not the engine's");
	}

	@Test
	void stubsStayAndTheEngineIsEmptyAfterwards() throws Exception {
		this.kraft.environment().stub("charge").returns("free");

		this.kraft.environment().crashAtEveryCommit(() -> {
			assertThat(start("sound").result()).isEqualTo("free, parcel of x, third time");
		});

		assertThat(this.kraft.client().find("sound")).isEmpty();
		assertThat(start("sound").result()).isEqualTo("free, parcel of x, third time");
	}

	private WorkflowHandle<?> start(String workflow) {
		return this.kraft.client().start(workflow, StartOptions.defaults().id(workflow), "x");
	}

	private String sound(String order) {
		String payment = this.workflow.call("charge", String.class, order);
		this.workflow.sleep(Duration.ofDays(3));
		String parcel = this.workflow.call("ship", String.class, order);
		return payment + ", " + parcel + ", " + this.workflow.call("flaky", String.class, order);
	}

	private String patient(String order) {
		String who = this.workflow.awaitSignal("go", String.class, Duration.ofHours(3)).orElse("nobody");
		this.workflow.sleep(Duration.ofHours(1));
		return who + " at " + this.workflow.now() + " with " + this.workflow.randomUuid();
	}

	private String forgetful(String order) {
		int calls = this.field.incrementAndGet();
		this.workflow.call("charge", String.class, order);
		return "called " + calls + " times";
	}

	private String clocked(String order) {
		this.workflow.call("charge", String.class, order);
		String step = (this.field.getAndIncrement() % 2 == 0) ? "ship" : "charge";
		this.workflow.call(step, String.class, order);
		return this.workflow.call("ship", String.class, order);
	}

	private String careful(String order) {
		try {
			return this.workflow.call("once", String.class, order);
		}
		catch (StepOutcomeUnknownException ex) {
			return "unknown";
		}
	}

	private String charge(String order) {
		this.bank.add(order);
		return "paid";
	}

	private static String flaky() throws IOException {
		if (StepContext.current().attempt() < 3) {
			throw new IOException("down");
		}
		return "third time";
	}

}
