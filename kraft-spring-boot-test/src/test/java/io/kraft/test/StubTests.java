package io.kraft.test;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.kraft.client.StartOptions;
import io.kraft.client.WorkflowHandle;
import io.kraft.workflow.WorkflowContext;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import static io.kraft.test.WorkflowAssertions.assertThatRun;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Steps that a test replaces.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class StubTests {

	private final WorkflowContext workflow = WorkflowContext.ofCallingRun();

	@RegisterExtension
	final KraftEngineExtension kraft = new KraftEngineExtension()
		.step("Payments.charge", String.class, String.class, (order) -> "real")
		.step("Payments.refund", String.class, String.class, (order) -> "real")
		.step("Parcels.refund", String.class, String.class, (order) -> "real")
		.workflow("order", String.class, String.class,
				(order) -> this.workflow.call("Payments.charge", String.class, order));

	@Test
	@Order(1)
	void aStubTakesThePlaceOfAStepWithItsArguments() {
		this.kraft.environment().stub("Payments.charge", (arguments) -> "paid " + arguments[0]);

		assertThatRun(start()).isCompletedWith("paid lamp").executed("Payments.charge").once();
	}

	@Test
	@Order(2)
	void aStubLastsAsLongAsItsTest() {
		assertThatRun(start()).isCompletedWith("real");
	}

	@Test
	void aMethodNameIsEnoughWhereOnlyOneStepHasIt() {
		this.kraft.environment().stub("charge").returns("short");

		assertThatRun(start()).isCompletedWith("short").executed("charge").once();
	}

	@Test
	void aStubThatFailsIsRetriedAsTheStepIs() {
		this.kraft.environment().stub("charge").fails(new IOException("down"));
		WorkflowHandle<?> run = start();

		this.kraft.environment().advance(Duration.ofHours(1));

		assertThatRun(run).isFailedWith(IOException.class).hasFailureContaining("down").executed("charge").once();
	}

	@Test
	void anUnknownStepIsRefusedWithTheKnownOnes() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.kraft.environment().stub("chrage").returns("x"))
			.withMessage("no step of this application has the name 'chrage'. Known are: [Parcels.refund, "
					+ "Payments.charge, Payments.refund]");
	}

	@Test
	void anAmbiguousMethodNameIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.kraft.environment().stub("refund").returns("x"))
			.withMessageContaining("[Parcels.refund, Payments.refund]");
	}

	private WorkflowHandle<?> start() {
		return this.kraft.client().start("order", StartOptions.defaults().id("order"), "lamp");
	}

}
