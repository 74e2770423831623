package io.kraft.test.tutorial;

import java.time.Duration;

import io.kraft.client.WorkflowClient;
import io.kraft.client.WorkflowHandle;
import io.kraft.test.KraftTest;
import io.kraft.test.WorkflowTestEnvironment;
import io.kraft.test.tutorial.Expenses.Decision;
import io.kraft.test.tutorial.Expenses.Expense;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static io.kraft.test.WorkflowAssertions.assertThatRun;
import static org.assertj.core.api.Assertions.assertThat;

@KraftTest
class ExpensesTests {

	@Autowired
	private Expenses expenses;

	@Autowired
	private Services services;

	@Autowired
	private WorkflowClient client;

	@Autowired
	private WorkflowTestEnvironment environment;

	@BeforeEach
	void reset() {
		this.services.reset();
	}

	@Test
	void aDecisionEndsTheWait() {
		WorkflowHandle<?> run = submit("1");
		this.environment.advance(Duration.ofDays(1));
		assertThatRun(run).isWaitingFor("signal 'decision'");

		this.expenses.decide("1", new Decision("ada", true));

		assertThatRun(run).isCompletedWith("approved by ada").executed("mail").times(2);
	}

	@Test
	void theManagerIsRemindedAndTheExpenseExpires() {
		WorkflowHandle<?> run = submit("2");

		this.environment.advance(Duration.ofDays(7));

		assertThatRun(run).isCompletedWith("expired");
		assertThat(this.services.effects()).containsExactly("manager: please decide on a chair",
				"manager: still waiting: a chair", "grace: a chair: expired");
	}

	@Test
	void aDecisionThatIsSentTwiceCountsOnceAndSurvivesACrash() {
		WorkflowHandle<?> run = submit("3");
		this.environment.settle();

		this.environment.crash();
		this.environment.restart();
		this.expenses.decide("3", new Decision("ada", false));
		assertThatRun(run).isCompletedWith("rejected by ada");
	}

	private WorkflowHandle<?> submit(String id) {
		return this.client.handle(this.expenses.submit(new Expense(id, "grace", "a chair")), String.class);
	}

}
