package io.kraft.test.shop.tests;

import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

import io.kraft.client.StartOptions;
import io.kraft.client.WorkflowClient;
import io.kraft.client.WorkflowHandle;
import io.kraft.engine.routing.PartitionMap;
import io.kraft.test.KraftTest;
import io.kraft.test.Storage;
import io.kraft.test.WorkflowTestEnvironment;
import io.kraft.test.scenario.CrashReport;
import io.kraft.test.shop.Orders;
import io.kraft.workflow.Workflow;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

import static io.kraft.test.WorkflowAssertions.assertThatRun;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A Spring application with several partitions on the test bench.
 */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class PartitionsTests {

	private static final int PARTITIONS = 4;

	@Nested
	@KraftTest(partitions = PARTITIONS)
	@Import(Baskets.class)
	class InMemory extends Cases {

		@Test
		void aChildInAnotherPartitionSurvivesACrashAtEveryCommit() throws Exception {
			CrashReport report = this.environment.crashAtEveryCommit(() -> this.baskets.process("basket-3"));

			assertThat(report.crashes()).isGreaterThan(10);
		}

	}

	@Nested
	@KraftTest(partitions = PARTITIONS, storage = Storage.ROCKSDB, properties = "kraft.engine.partitions=2")
	@Import(Baskets.class)
	class OnADisk extends Cases {

	}

	abstract static class Cases {

		@Autowired
		WorkflowTestEnvironment environment;

		@Autowired
		WorkflowClient client;

		@Autowired
		Baskets baskets;

		@Test
		void childrenAcrossPartitionsContinueAfterACrash() {
			Set<Boolean> across = new TreeSet<>();
			for (int number = 0; number < 8; number++) {
				String basket = "basket-" + number;
				across.add(partition(basket) != partition("item of " + basket));
				WorkflowHandle<String> run = this.client.start(StartOptions.defaults(),
						() -> this.baskets.process(basket));
				this.environment.settle();
				assertThatRun(this.client.handle("item of " + basket)).isWaiting();

				this.environment.crash();
				this.environment.restart();
				this.environment.advance(Duration.ofDays(30));

				assertThatRun(run).isCompletedWith("paid by the bank, parcel of item of " + basket);
			}
			assertThat(across).contains(true);
		}

		private static int partition(String id) {
			return new PartitionMap(PARTITIONS).of(id);
		}

	}

	static class Baskets {

		private final Orders orders;

		Baskets(Orders orders) {
			this.orders = orders;
		}

		@Workflow(name = "basket", id = "#basket")
		public String process(String basket) {
			return this.orders.process("item of " + basket);
		}

	}

}
