package io.kraft.engine.hosting;

import java.util.stream.IntStream;

import io.kraft.client.WorkflowHandle;
import io.kraft.engine.routing.PartitionMap;
import io.kraft.engine.testing.TestEngine;
import io.kraft.workflow.KraftException;
import io.kraft.workflow.WorkflowContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What a run has asked for arrives also when the run itself is no more.
 */
class RemovedSenderTests {

	private static final int PARTITIONS = 3;

	private final PartitionMap map = new PartitionMap(PARTITIONS);

	private final WorkflowContext workflow = WorkflowContext.ofCallingRun();

	private final TestEngine engine = new TestEngine().partitions(PARTITIONS)
		.workflow("wait", String.class, (argument) -> this.workflow.awaitSignal("go", String.class))
		.workflow("send", String.class, (target) -> {
			this.workflow.signal(target, "go", "on");
			return "sent";
		});

	@AfterEach
	void close() {
		this.engine.close();
	}

	@Test
	void aSignalOfARunThatWasRemovedBeforeItWasTaken() {
		this.engine.start();
		String target = idIn(2, "target");
		this.engine.run("wait", target, "x");
		this.engine.awaitQuiet();
		this.engine.medium(2).failWrites();
		assertThatExceptionOfType(KraftException.class).isThrownBy(() -> this.engine.run("wait", idIn(2, "x"), "x"));

		WorkflowHandle<?> sender = this.engine.run("send", idIn(0, "sender"), target);
		assertThat(sender.result()).isEqualTo("sent");
		this.engine.client().delete(sender.id());
		this.engine.crashAndStart();

		assertThat(this.engine.client().find(sender.id())).isEmpty();
		assertThat(this.engine.finish(this.engine.client().handle(target))).isEqualTo("on");
	}

	private String idIn(int partition, String prefix) {
		return IntStream.iterate(0, (number) -> number + 1)
			.mapToObj((number) -> prefix + "-" + number)
			.filter((id) -> this.map.of(id) == partition)
			.findFirst()
			.orElseThrow();
	}

}
