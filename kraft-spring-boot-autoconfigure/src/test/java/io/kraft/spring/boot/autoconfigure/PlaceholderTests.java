package io.kraft.spring.boot.autoconfigure;

import java.time.Duration;

import io.kraft.client.StartOptions;
import io.kraft.client.WorkflowClient;
import io.kraft.client.WorkflowHandle;
import io.kraft.engine.KraftEngine;
import io.kraft.engine.definition.WorkflowDefinition;
import io.kraft.workflow.InvalidDefinitionException;
import io.kraft.workflow.Retry;
import io.kraft.workflow.Step;
import io.kraft.workflow.Workflow;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each text of an annotation may have placeholders.
 */
class PlaceholderTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(PropertyPlaceholderAutoConfiguration.class, KraftAutoConfiguration.class))
		.withPropertyValues("kraft.storage.type=memory");

	@Test
	void theTextsOfAWorkflowAndItsStepsAreResolved() {
		this.runner.withPropertyValues("shop.name=lamps", "shop.patience=5m", "shop.undo=giveBack")
			.withBean(Shop.class)
			.run((context) -> {
				Shop shop = context.getBean(Shop.class);
				WorkflowHandle<String> run = context.getBean(WorkflowClient.class)
					.start(StartOptions.defaults(), () -> shop.sell("1"));

				assertThat(run.result()).isEqualTo("sold");
				assertThat(run.id()).isEqualTo("lamps-1");
				assertThat(context.getBean(WorkflowClient.class).operations("lamps-1"))
					.anySatisfy((operation) -> assertThat(operation.name()).isEqualTo("lamps.take"));
				WorkflowDefinition workflow = context.getBean(KraftEngine.class)
					.definitions()
					.workflows()
					.latest("lamps.sell");
				assertThat(workflow.timeout()).isEqualTo(Duration.ofMinutes(5));
				assertThat(workflow.retention()).isEqualTo(Duration.ofDays(3));
			});
	}

	@Test
	void whatIsNotDefinedIsInTheReportWithItsCure() {
		this.runner.withBean(Shop.class)
			.run((context) -> assertThat(context).getFailure()
				.isInstanceOf(InvalidDefinitionException.class)
				.hasMessageContaining("KRAFT-1003: 6 problems keep")
				.hasMessageContaining("The name \"${shop.name}.sell\" cannot be resolved")
				.hasMessageContaining("The id \"'${shop.name}-' + #p0\" cannot be resolved")
				.hasMessageContaining("The compensation \"${shop.undo}\" cannot be resolved")
				.hasMessageContaining("The retry.initialDelay \"${shop.patience}\" cannot be resolved")
				.hasMessageContaining("Define the property, or give the placeholder a default"));
	}

	static class Shop {

		@Workflow(name = "${shop.name}.sell", id = "'${shop.name}-' + #p0", timeout = "${shop.patience}",
				retention = "${shop.retention:3d}")
		String sell(String item) {
			return take(item);
		}

		@Step(name = "${shop.name}.take", compensation = "${shop.undo}",
				retry = @Retry(initialDelay = "${shop.patience}"))
		String take(String item) {
			return "sold";
		}

		void giveBack(String item, String result) {
		}

	}

}
