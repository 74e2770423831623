package io.kraft.engine;

import java.time.Duration;

import io.kraft.client.IfExists;
import io.kraft.client.StartOptions;
import io.kraft.client.WorkflowAlreadyExistsException;
import io.kraft.engine.testing.TestEngine;
import io.kraft.workflow.WorkflowContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What the refusal of a start proposes: never what was just refused.
 */
@Timeout(60)
class RefusedStartTests {

	private final TestEngine engine = new TestEngine();

	@BeforeEach
	void startOne() {
		this.engine.workflow("order", String.class, (id) -> {
			WorkflowContext.current().sleep(Duration.ofDays(1));
			return id;
		}).workflow("invoice", String.class, (id) -> id).start();
		this.engine.run("order", "order-1", "x");
	}

	@AfterEach
	void stop() {
		this.engine.close();
	}

	private String refusal(String workflow, IfExists ifExists) {
		StartOptions options = StartOptions.defaults().id("order-1").ifExists(ifExists);
		return String.valueOf(assertThatExceptionOfType(WorkflowAlreadyExistsException.class)
			.isThrownBy(() -> this.engine.client().start(workflow, options, "x"))
			.actual()
			.getMessage());
	}

	@Test
	void theIdOfAnotherWorkflowIsNotToBeAttached() {
		assertThat(refusal("invoice", IfExists.ATTACH)).contains("belongs to one workflow", "'invoice-order-1'")
			.doesNotContain("or IfExists.ATTACH", "ask for IfExists.ATTACH");
	}

	@Test
	void whereExistingRunsAreRefusedAttachingIsProposed() {
		assertThat(refusal("order", IfExists.FAIL)).contains("ask for IfExists.ATTACH").doesNotContain("to replace it");
		assertThat(refusal("order", IfExists.REPLACE_IF_ENDED)).contains("when the run has ended");
	}

}
