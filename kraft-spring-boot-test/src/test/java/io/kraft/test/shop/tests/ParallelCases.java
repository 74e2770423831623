package io.kraft.test.shop.tests;

import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;

import io.kraft.client.WorkflowClient;
import io.kraft.test.KraftTest;
import io.kraft.test.Storage;
import io.kraft.test.WorkflowTestEnvironment;
import io.kraft.test.shop.Orders;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that {@link ParallelTests} executes at once.
 */
final class ParallelCases {

	private static final CyclicBarrier MEETING = new CyclicBarrier(2);

	private ParallelCases() {
	}

	abstract static class OneOfThree {

		@Autowired
		WorkflowTestEnvironment environment;

		@Autowired
		WorkflowClient client;

		@Autowired
		Orders orders;

		@RepeatedTest(5)
		void noTestMeetsTheRunsOrTheStubsOfAnother() {
			assertThat(this.client.find("lamp")).isEmpty();
			this.environment.stub("charge").returns(getClass().getSimpleName());

			assertThat(this.orders.process("lamp")).startsWith(getClass().getSimpleName());
		}

	}

	@KraftTest(properties = "shop.name=parallel")
	static class First extends OneOfThree {

	}

	@KraftTest(properties = "shop.name=parallel")
	static class SecondInTheSameContext extends OneOfThree {

		@Test
		void contextsOfTheirOwnAreUsedAtTheSameTime() throws Exception {
			MEETING.await(60, TimeUnit.SECONDS);
		}

	}

	@KraftTest(properties = "shop.name=parallel", storage = Storage.ROCKSDB)
	static class InAContextOfItsOwn extends OneOfThree {

		@Test
		void contextsOfTheirOwnAreUsedAtTheSameTime() throws Exception {
			MEETING.await(60, TimeUnit.SECONDS);
		}

	}

}
