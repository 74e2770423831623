package io.kraft.attack;

import io.kraft.client.WorkflowClient;
import io.kraft.sample.SampleApplication;
import io.kraft.spring.boot.web.WorkflowRoutes;
import io.kraft.workflow.Callback;
import io.kraft.workflow.Workflow;
import io.kraft.workflow.WorkflowContext;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * The sample with what an attacker would like to find: a run that publishes a random
 * number and waits for a callback, a large one, and a route of its own.
 */
@SpringBootApplication(scanBasePackageClasses = { AttackedApplication.class, SampleApplication.class })
class AttackedApplication {

	public static void main(String[] arguments) {
		SpringApplication.run(AttackedApplication.class, arguments);
	}

	@Bean
	WorkflowRoutes lotteries(Lottery lottery) {
		return WorkflowRoutes.of("/lotteries", String.class, lottery::draw, (id) -> id);
	}

	@Component
	static class Lottery {

		private final WorkflowContext workflow;

		Lottery(WorkflowContext workflow) {
			this.workflow = workflow;
		}

		@Workflow(name = "lottery", id = "#id")
		public String draw(String id) {
			Callback<String> prize = this.workflow.callback(String.class);
			this.workflow.publish("drawn", this.workflow.random().nextLong());
			return prize.await();
		}

		@Workflow(name = "library", id = "#id")
		public String collect(String id) {
			for (int page = 0; page < 20; page++) {
				this.workflow.sideEffect("page", String.class, () -> "x".repeat(1_000_000));
			}
			return this.workflow.awaitSignal("close", String.class);
		}

	}

	@RestController
	static class Results {

		private final WorkflowClient client;

		Results(WorkflowClient client) {
			this.client = client;
		}

		@GetMapping("/drawn/{id}")
		String drawn(@PathVariable String id) {
			return String.valueOf(this.client.handle(id).published("drawn", Long.class).orElse(0L));
		}

	}

}
