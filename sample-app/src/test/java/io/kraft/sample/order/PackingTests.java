package io.kraft.sample.order;

import java.time.Duration;

import io.kraft.client.StartOptions;
import io.kraft.client.WorkflowHandle;
import io.kraft.test.KraftEngineExtension;
import io.kraft.workflow.WorkflowContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static io.kraft.test.WorkflowAssertions.assertThatRun;

/**
 * An idea is tried out without an application: packing with a second look.
 */
class PackingTests {

	private final WorkflowContext workflow = WorkflowContext.ofCallingRun();

	@RegisterExtension
	final KraftEngineExtension kraft = KraftEngineExtension.onRocksDb()
		.step("look", String.class, Boolean.class, (item) -> false)
		.workflow("pack", String.class, Integer.class, (item) -> {
			int looks = 1;
			for (; !this.workflow.call("look", Boolean.class, item); looks++) {
				this.workflow.sleep(Duration.ofHours(8));
			}
			return looks;
		});

	@Test
	void whatIsNotPackedIsLookedAtAgain() {
		WorkflowHandle<?> run = this.kraft.client().start("pack", StartOptions.defaults(), "lamp");

		this.kraft.environment().advance(Duration.ofDays(1));
		assertThatRun(run).isWaiting().executed("look").times(4);

		this.kraft.environment().stub("look").returns(true);
		this.kraft.environment().advance(Duration.ofHours(8));
		assertThatRun(run).isCompletedWith(5);
	}

}
