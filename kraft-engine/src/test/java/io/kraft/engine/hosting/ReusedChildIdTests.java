package io.kraft.engine.hosting;

import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import io.kraft.client.WorkflowHandle;
import io.kraft.client.WorkflowNotFoundException;
import io.kraft.client.WorkflowStatus;
import io.kraft.engine.HostAccess;
import io.kraft.engine.control.RunRevival;
import io.kraft.engine.definition.MethodSignature;
import io.kraft.engine.definition.ResultStyle;
import io.kraft.engine.partition.WrittenAnswer;
import io.kraft.engine.routing.StartedRun;
import io.kraft.engine.testing.ProxiedWorkflow;
import io.kraft.engine.testing.TestEngine;
import io.kraft.workflow.DurableFuture;
import io.kraft.workflow.WorkflowContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * The id of a child passes to another run while its parent does not look.
 */
@Timeout(60)
class ReusedChildIdTests {

	private final TestEngine engine = new TestEngine().partitions(2);

	private final WorkflowContext workflow = WorkflowContext.ofCallingRun();

	@AfterEach
	void close() {
		this.engine.close();
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1 })
	void aParentCancelsNoOtherRunThatHasTheIdOfItsChild(int partition) throws Exception {
		String child = idIn(partition, "child");
		CountDownLatch replaced = new CountDownLatch(1);
		ProxiedWorkflow echo = ProxiedWorkflow.define(this.engine, "echo",
				MethodSignature.of(String.class, String.class), ResultStyle.PLAIN, (arguments) -> child,
				(arguments) -> arguments[0]);
		this.engine.workflow("parent", String.class, (argument) -> {
			DurableFuture<String> future = this.workflow.startChild(() -> echo.<String>call("x"));
			this.engine.step("waits", String.class, () -> {
				replaced.await();
				return "";
			});
			future.cancel();
			return "done";
		}).workflow("other", String.class, (argument) -> this.workflow.awaitSignal("go", String.class)).start();
		WorkflowHandle<?> parent = this.engine.run("parent", idIn(0, "parent"), "x");
		await()
			.until(() -> this.engine.client().find(child).filter((found) -> found.status().isTerminal()).isPresent());

		this.engine.client().delete(child);
		WorkflowHandle<?> other = this.engine.run("other", child, "x");
		replaced.countDown();

		assertThat(parent.result()).isEqualTo("done");
		this.engine.awaitQuiet();
		assertThat(this.engine.client().messages(child)).isEmpty();
		assertThat(other.status()).isEqualTo(WorkflowStatus.SUSPENDED);
	}

	@Test
	void aRunOfAnotherPartitionIsRetriedOnlyIfItIsTheOneThatItsParentHasFound() {
		AtomicInteger executions = new AtomicInteger();
		this.engine.workflow("fails", String.class, (argument) -> {
			executions.incrementAndGet();
			throw new IllegalStateException("always");
		}).start();
		WorkflowHandle<?> failed = this.engine.run("fails", idIn(1, "run"), "x");
		await().until(() -> failed.status() == WorkflowStatus.FAILED);
		HostedPartition partition = HostAccess.of(this.engine.engine()).at(1);
		long number = Objects.requireNonNull(partition.partition().store().run(failed.id()).orElse(null)).number();
		RunRevival revival = partition.execution().revival();

		assertThatExceptionOfType(WorkflowNotFoundException.class)
			.isThrownBy(() -> revival.retryChild(new StartedRun(failed.id(), number + 1), "fails", WrittenAnswer.NONE));
		assertThatExceptionOfType(WorkflowNotFoundException.class)
			.isThrownBy(() -> revival.retryChild(new StartedRun(failed.id(), number), "other", WrittenAnswer.NONE));
		assertThat(failed.status()).isEqualTo(WorkflowStatus.FAILED);
		revival.retryChild(new StartedRun(failed.id(), number), "fails", WrittenAnswer.NONE);
		this.engine.awaitQuiet();

		assertThat(executions).hasValue(2);
	}

	private String idIn(int partition, String name) {
		String id = name;
		while (this.engine.partitionOf(id) != partition) {
			id += "-";
		}
		return id;
	}

}
