package io.kraft.test;

import java.util.concurrent.TimeUnit;

import io.kraft.client.StartOptions;
import io.kraft.test.scenario.CrashReport;
import io.kraft.workflow.WorkflowContext;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The test bench over a RocksDB.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class RocksDbTests {

	private final WorkflowContext workflow = WorkflowContext.ofCallingRun();

	@RegisterExtension
	final KraftEngineExtension kraft = KraftEngineExtension.onRocksDb()
		.step("charge", String.class, String.class, (order) -> "paid")
		.workflow("order", String.class, String.class, (order) -> this.workflow.call("charge", String.class, order));

	@RepeatedTest(2)
	void anEngineOnADiskIsCrashedAtEveryCommitAndFoundEmptyByTheNextTest() throws Exception {
		assertThat(this.kraft.client().find("order")).isEmpty();

		CrashReport report = this.kraft.environment()
			.crashAtEveryCommit(
					() -> this.kraft.client().start("order", StartOptions.defaults().id("order"), "x").result());

		assertThat(report.crashes()).isPositive();
		this.kraft.client().start("order", StartOptions.defaults().id("order"), "x");
	}

}
