package io.kraft.spring.boot.autoconfigure;

import java.util.function.Supplier;

import io.kraft.client.StartOptions;
import io.kraft.client.WorkflowClient;
import io.kraft.engine.journal.UnreadableEntryException;
import io.kraft.engine.store.Store;
import io.kraft.workflow.ErrorDocs;
import io.kraft.workflow.WorkflowContext;
import io.kraft.workflow.WorkflowFailedException;
import org.junit.jupiter.api.Test;

import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.context.annotation.Bean;

import static org.assertj.core.api.Assertions.assertThat;

class StartFailureAnalyzerTests {

	@Test
	void aBeanThatStartsAWorkflowWhileItIsCreatedIsNamedWithTheCure() {
		FailureAnalysis analysis = FailedStart.of(TooEarly.class, "kraft.storage.type=memory");

		assertThat(analysis.getDescription()).contains("Bean 'impatient' could not be created", "KRAFT-3007",
				"has not started yet");
		assertThat(analysis.getAction()).contains("ApplicationRunner", "ApplicationReadyEvent");
	}

	@Test
	void aBeanThatUsesTheContextOfARunWhileItIsCreatedIsNamedWithTheCure() {
		FailureAnalysis analysis = FailedStart.of(OutsideOfRuns.class, "kraft.storage.type=memory");

		assertThat(analysis.getDescription()).contains("Bean 'confused' could not be created", "KRAFT-1002");
		assertThat(analysis.getAction()).contains("not while it is created");
	}

	@Test
	void anyOtherErrorOfTheStartPointsToItsSection() {
		FailureAnalysis analysis = FailedStart.of(Unreadable.class);

		assertThat(analysis.getDescription()).contains("Kraft could not start", "KRAFT-4008");
		assertThat(analysis.getAction()).isEqualTo("See " + ErrorDocs.section("KRAFT-4008") + ".");
	}

	@Test
	void whatFailsInAnApplicationThatHasStartedKeepsItsStackTrace() {
		assertThat(new StartFailureAnalyzer()
			.analyze(new IllegalStateException("a runner failed", new WorkflowFailedException("no", null)))).isNull();
	}

	static class TooEarly {

		@Bean
		String impatient(WorkflowClient client) {
			return client.start("order", StartOptions.defaults()).id();
		}

	}

	static class OutsideOfRuns {

		@Bean
		String confused(WorkflowContext workflow) {
			return workflow.workflowId();
		}

	}

	static class Unreadable {

		@Bean
		Supplier<Store> unreadableStore() {
			return () -> {
				throw UnreadableEntryException.corrupt("entry 3 is cut off");
			};
		}

	}

}
