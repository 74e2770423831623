package io.kraft.partitions;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import io.kraft.client.StartOptions;
import io.kraft.client.WorkflowClient;
import io.kraft.client.WorkflowHandle;
import io.kraft.sample.SampleApplication;
import io.kraft.sample.outside.EffectsLog;
import io.kraft.workflow.Step;
import io.kraft.workflow.StepContext;
import io.kraft.workflow.Workflow;
import io.kraft.workflow.WorkflowContext;

import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Component;

/**
 * The sample with baskets, whose items are children in any partition. Each start of the
 * process starts the same baskets, and waits for their ends.
 */
@SpringBootApplication(scanBasePackageClasses = { KilledApplication.class, SampleApplication.class })
class KilledApplication {

	static final int BASKETS = 4;

	static final int ITEMS = 4;

	public static void main(String[] arguments) {
		SpringApplication.run(KilledApplication.class, arguments).close();
	}

	static String basket(int number) {
		return "basket-" + number;
	}

	static String item(String basket, int number) {
		return "item-" + number + "-of-" + basket;
	}

	@Bean
	ApplicationRunner baskets(WorkflowClient client) {
		return (arguments) -> {
			List<WorkflowHandle<?>> runs = new ArrayList<>();
			for (int number = 0; number < BASKETS; number++) {
				runs.add(client.start("basket", StartOptions.defaults(), basket(number)));
			}
			runs.forEach((run) -> System.out.println(run.id() + " has " + run.result()));
			System.out.println("all baskets are full");
		};
	}

	@Component
	static class Baskets {

		private final Items items;

		Baskets(Items items) {
			this.items = items;
		}

		@Workflow(name = "basket", id = "#basket")
		public String fill(String basket) {
			return String.join(", ",
					IntStream.range(0, ITEMS).mapToObj((number) -> this.items.pick(item(basket, number))).toList());
		}

	}

	@Component
	static class Items {

		private final WorkflowContext workflow;

		private final EffectsLog warehouse;

		Items(WorkflowContext workflow, EffectsLog warehouse) {
			this.workflow = workflow;
			this.warehouse = warehouse;
		}

		@Workflow(name = "item", id = "#item")
		public String pick(String item) {
			take(item);
			this.workflow.sleep(Duration.ofMillis(300));
			return item;
		}

		@Step
		void take(String item) {
			this.warehouse.once(StepContext.current().idempotencyKey(), "take", item);
		}

	}

}
