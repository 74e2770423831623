package io.kraft.test.shop.tests;

import java.util.concurrent.TimeUnit;

import io.kraft.client.WorkflowClient;
import io.kraft.client.WorkflowHandle;
import io.kraft.client.WorkflowQuery;
import io.kraft.test.KraftTest;
import io.kraft.test.WorkflowTestEnvironment;
import io.kraft.test.shop.Bank;
import io.kraft.test.shop.Orders;
import io.kraft.test.shop.Payments;
import io.kraft.workflow.NonRetryableStepException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.context.bean.override.mockito.MockitoSpyBean;

import static io.kraft.test.WorkflowAssertions.assertThatRun;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;

/**
 * Beans that Mockito replaces, with steps and without.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class MockTests {

	@Nested
	@KraftTest
	class OfWhatStepsCall {

		@MockitoBean
		private Bank bank;

		@Autowired
		private Orders orders;

		@Test
		void theStepIsJournaledAroundTheMock() {
			given(this.bank.charge("lamp")).willReturn("mocked");

			assertThat(this.orders.process("lamp")).isEqualTo("mocked, parcel of lamp");
			verify(this.bank, times(1)).charge("lamp");
		}

	}

	@Nested
	@KraftTest
	class OfABeanWithSteps {

		@MockitoBean
		private Payments payments;

		@Autowired
		private Orders orders;

		@Autowired
		private WorkflowClient client;

		@Autowired
		private WorkflowTestEnvironment environment;

		@Test
		void theMockIsTheStepsBody() {
			given(this.payments.charge("lamp")).willReturn("mocked");
			WorkflowHandle<String> run = this.client.start(() -> this.orders.process("lamp"));
			this.environment.settle();

			this.environment.crash();
			this.environment.restart();

			assertThat(run.result()).isEqualTo("mocked, parcel of lamp");
			assertThatRun(run).hasJournal("step charge", "timer", "step ship");
			verify(this.payments, times(1)).charge("lamp");
		}

		@RepeatedTest(2)
		void theMockIsResetBetweenTests() {
			assertThat(this.orders.process("lamp")).isEqualTo("null, parcel of lamp");

			given(this.payments.charge("desk")).willReturn("mocked");
			assertThat(this.orders.process("desk")).isEqualTo("mocked, parcel of desk");
		}

		@RepeatedTest(2)
		void aMockThatThrowsIsAStepThatFails() {
			given(this.payments.charge("lamp")).willThrow(new NonRetryableStepException("no money"));

			assertThatExceptionOfType(NonRetryableStepException.class).isThrownBy(() -> this.orders.process("lamp"));
		}

	}

	@Nested
	@KraftTest
	class OfABeanWithAWorkflow {

		@MockitoBean
		private Orders orders;

		@Autowired
		private WorkflowClient client;

		@Test
		void theMockIsPlainAndStartsNoRun() {
			given(this.orders.process("lamp")).willReturn("mocked");

			assertThat(this.orders.process("lamp")).isEqualTo("mocked");
			assertThat(this.client.list(WorkflowQuery.all()).items()).isEmpty();
		}

	}

	@Nested
	@KraftTest
	class OfABeanThatIsSpiedOn {

		@MockitoSpyBean
		private Payments payments;

		@Autowired
		private Orders orders;

		@Autowired
		private WorkflowClient client;

		@Test
		void theSpyIsTheStepsBody() {
			WorkflowHandle<String> run = this.client.start(() -> this.orders.process("lamp"));

			assertThat(run.result()).isEqualTo("paid by the bank, parcel of lamp");
			assertThatRun(run).hasJournal("step charge", "timer", "step ship");
			verify(this.payments, times(1)).charge("lamp");
		}

	}

}
