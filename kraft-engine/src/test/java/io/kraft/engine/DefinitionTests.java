package io.kraft.engine;

import java.time.Duration;
import java.util.List;

import io.kraft.client.StartOptions;
import io.kraft.engine.definition.Compensation;
import io.kraft.engine.definition.MethodSignature;
import io.kraft.engine.definition.RetryPolicy;
import io.kraft.engine.definition.StepDefinition;
import io.kraft.engine.definition.WorkflowCatalog;
import io.kraft.engine.definition.WorkflowDefinition;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

/**
 * What definitions and options keep, and what they refuse.
 */
class DefinitionTests {

	private final WorkflowDefinition workflow = WorkflowDefinition.of("order", MethodSignature.of(String.class),
			(arguments) -> "done");

	private final StepDefinition step = StepDefinition.of("ship", MethodSignature.of(String.class),
			RetryPolicy.defaults());

	private final Compensation compensation = new Compensation(
			StepDefinition.of("cancel", MethodSignature.of(void.class), RetryPolicy.defaults()),
			(arguments, result) -> new Object[] { result }, (arguments) -> null);

	@Test
	void aCatalogTellsItsWorkflowsInTheOrderOfNamesAndVersions() {
		WorkflowCatalog catalog = new WorkflowCatalog(
				List.of(this.workflow.withVersion(2), this.workflow.withVersion(1),
						WorkflowDefinition.of("invoice", MethodSignature.of(String.class), (arguments) -> "done")));

		assertThat(catalog.all()).extracting(WorkflowDefinition::name, WorkflowDefinition::version)
			.containsExactly(tuple("invoice", 1), tuple("order", 1), tuple("order", 2));
	}

	@Test
	void aWorkflowHasNoTimeoutUntilItIsGivenOne() {
		assertThat(this.workflow.timeout()).isNull();
		assertThat(this.workflow.withTimeout(Duration.ofMinutes(30)).withVersion(2).timeout())
			.isEqualTo(Duration.ofMinutes(30));
	}

	@Test
	void aTimeoutOfAWorkflowIsMoreThanZero() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.workflow.withTimeout(Duration.ZERO))
			.withMessage("The timeout of workflow 'order' is more than 0, but was PT0S");
	}

	@Test
	void aStartHasTheTimeoutThatItIsGivenWhateverElseIsSet() {
		StartOptions options = StartOptions.defaults().timeout(Duration.ofSeconds(5)).id("order-1");

		assertThat(StartOptions.defaults().timeout()).isNull();
		assertThat(options.timeout()).isEqualTo(Duration.ofSeconds(5));
	}

	@Test
	void aTimeoutOfAStartIsMoreThanZero() {
		StartOptions defaults = StartOptions.defaults();

		assertThatIllegalArgumentException().isThrownBy(() -> defaults.timeout(Duration.ZERO))
			.withMessage("A run's timeout is more than 0, but this one is PT0S");
		assertThatIllegalArgumentException().isThrownBy(() -> defaults.timeout(Duration.ofSeconds(-1)));
	}

	@Test
	void aStepKeepsItsCompensation() {
		StepDefinition undone = this.step.withCompensation(this.compensation)
			.withTimeout(Duration.ofSeconds(1))
			.withDelivery(this.step.delivery());

		assertThat(this.step.compensation()).isNull();
		assertThat(undone.compensation()).isEqualTo(this.compensation).hasToString("cancel");
	}

	@Test
	void aCompensationIsNotCompensated() {
		StepDefinition undone = this.step.withCompensation(this.compensation);

		assertThatIllegalArgumentException()
			.isThrownBy(() -> new Compensation(undone, (arguments, result) -> arguments, (arguments) -> null))
			.withMessage("The compensation 'ship' of a step is not compensated itself");
	}

}
