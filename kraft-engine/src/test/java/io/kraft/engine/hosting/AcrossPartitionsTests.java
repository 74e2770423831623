package io.kraft.engine.hosting;

import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.kraft.client.WorkflowHandle;
import io.kraft.workflow.WorkflowFailedException;
import io.kraft.client.WorkflowStatus;
import io.kraft.engine.codec.AesGcmEncryption;
import io.kraft.engine.codec.EncryptionKeys;
import io.kraft.engine.definition.MethodSignature;
import io.kraft.engine.definition.ResultStyle;
import io.kraft.engine.definition.ScheduleDefinition;
import io.kraft.engine.definition.WorkflowDefinition;
import io.kraft.engine.routing.PartitionMap;
import io.kraft.engine.testing.ProxiedWorkflow;
import io.kraft.engine.testing.TestEngine;
import io.kraft.workflow.DurableFuture;
import io.kraft.workflow.KraftException;
import io.kraft.workflow.Overlap;
import io.kraft.workflow.WorkflowCancelledException;
import io.kraft.workflow.WorkflowContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What runs ask of runs in other partitions, where one of them is not there, or is slow.
 */
class AcrossPartitionsTests {

	private static final int PARTITIONS = 4;

	private final PartitionMap map = new PartitionMap(PARTITIONS);

	private final WorkflowContext workflow = WorkflowContext.ofCallingRun();

	private final TestEngine engine = new TestEngine().partitions(PARTITIONS);

	/** Of which each run has the id that is its argument. */
	private final ProxiedWorkflow child = ProxiedWorkflow.define(this.engine, "child",
			MethodSignature.of(String.class, String.class), ResultStyle.PLAIN,
			(arguments) -> String.valueOf(arguments[0]), (arguments) -> this.workflow.awaitSignal("go", String.class));

	@AfterEach
	void close() {
		this.engine.close();
	}

	private void parentOf(String childId) {
		this.engine.workflow("parent", String.class, (argument) -> this.child.<String>call(childId));
	}

	@Test
	void aChildOfAPartitionThatHasFailedIsStartedWhenThatIsThereAgain() {
		String there = idIn(2);
		parentOf(there);
		this.engine.workflow("echo", String.class, (argument) -> argument).start();
		this.engine.medium(2).failWrites();
		assertThatExceptionOfType(KraftException.class).isThrownBy(() -> this.engine.run("echo", idIn(2), "x"));

		String parent = idIn(0);
		this.engine.run("parent", parent, "x");
		assertThat(this.engine.run("echo", idIn(1), "y").result()).isEqualTo("y");

		this.engine.crashAndStart();
		this.engine.awaitQuiet();
		this.engine.client().signal(there, "go", "done");
		assertThat(this.engine.client().handle(parent).result()).isEqualTo("done");
	}

	@Test
	void aChildThatIsWatchedIsCancelledImmediately() {
		String there = idIn(2);
		this.engine.workflow("parent", String.class, (argument) -> {
			DurableFuture<String> future = this.workflow.startChild(() -> this.child.<String>call(there));
			future.cancel();
			return future.await();
		}).start();
		this.engine.run("child", there, there);
		this.engine.awaitQuiet();

		WorkflowHandle<?> parent = this.engine.run("parent", idIn(0), "x");

		assertThatExceptionOfType(WorkflowFailedException.class).isThrownBy(() -> this.engine.finish(parent))
			.withCauseInstanceOf(WorkflowCancelledException.class);
		assertThat(this.engine.client().handle(there).status()).isEqualTo(WorkflowStatus.CANCELLED);
	}

	@Test
	void theEndOfAChildComesOnceHoweverOftenItsParentIsLoaded() {
		String there = idIn(2);
		parentOf(there);
		this.engine.with((builder) -> builder.maxParkedWorkflows(0)).start();
		WorkflowHandle<?> parent = this.engine.run("parent", idIn(0), "x");
		this.engine.awaitQuiet();
		for (int i = 0; i < 3; i++) {
			this.engine.crashAndStart();
			this.engine.awaitQuiet();
		}

		this.engine.client().signal(there, "go", "done");

		assertThat(this.engine.client().handle(parent.id()).result()).isEqualTo("done");
		this.engine.awaitQuiet();
		assertThat(this.engine.client().messages(parent.id())).isEmpty();
	}

	@Test
	void aChildThatHasEndedBeforeItIsCalledIsAnsweredWithItsResult() {
		String there = idIn(2);
		parentOf(there);
		this.engine.start();
		this.engine.run("child", there, there);
		this.engine.client().signal(there, "go", "before");
		this.engine.client().handle(there).result();

		assertThat(this.engine.finish(this.engine.run("parent", idIn(0), "x"))).isEqualTo("before");
	}

	@Test
	void aRunThatKeepsAnOpenChildOfAnotherGetsItsEnd() {
		String there = idIn(2);
		parentOf(there);
		this.engine.workflow("parent", String.class, (argument) -> {
			DurableFuture<String> future = this.workflow.startChild(() -> this.child.<String>call(there));
			this.engine.step("book", String.class, () -> "booked");
			this.workflow.awaitSignal("on", String.class);
			return future.await();
		}).start();
		String parent = idIn(0);
		this.engine.run("parent", parent, "x");
		this.engine.awaitQuiet();

		WorkflowHandle<?> again = this.engine.client().restartFrom(parent, "2");
		this.engine.awaitQuiet();
		this.engine.client().signal(again.id(), "on", "x");
		this.engine.client().signal(there, "go", "done");

		assertThat(this.engine.finish(again)).isEqualTo("done");
	}

	@Test
	void aSignalOfAnotherTypeThanItsRunWaitsForIsRefusedToItsSender() {
		this.engine
			.workflow("waiter", String.class,
					(argument) -> String.valueOf(this.workflow.awaitSignal("amount", Integer.class)))
			.workflow("sender", String.class,
					(target) -> codeOfSignal(target, "amount", "much") + codeOfSignal(target, "amount", 3))
			.start();
		WorkflowHandle<?> waiter = this.engine.run("waiter", idIn(2), "x");
		this.engine.awaitQuiet();

		assertThat(this.engine.finish(this.engine.run("sender", idIn(0), waiter.id()))).isEqualTo("KRAFT-3013sent");
		assertThat(this.engine.finish(waiter)).isEqualTo("3");
	}

	@Test
	void aSignalToAFullInboxIsRefusedToItsSender() {
		this.engine.with((builder) -> builder.maxInboxBytes(2_000))
			.workflow("waiter", String.class, (argument) -> this.workflow.awaitSignal("on", String.class))
			.workflow("sender", String.class, (target) -> codeOfSignal(target, "bulk", "x"))
			.start();
		WorkflowHandle<?> waiter = this.engine.run("waiter", idIn(2), "x");
		waiter.signal("bulk", "x".repeat(1_600));

		assertThat(this.engine.finish(this.engine.run("sender", idIn(0), waiter.id()))).isEqualTo("KRAFT-3012");
		assertThat(this.engine.client().messages(waiter.id())).hasSize(1);
	}

	@Test
	void aRunThatIsCancelledWhileItWaitsForAPartitionIsCancelledWhenThatIsThere() {
		this.engine.workflow("waiter", String.class, (argument) -> this.workflow.awaitSignal("go", String.class))
			.workflow("sender", String.class,
					(target) -> codeOfSignal(target, "go", "x") + this.workflow.awaitSignal("on", String.class))
			.start();
		WorkflowHandle<?> waiter = this.engine.run("waiter", idIn(2), "x");
		this.engine.awaitQuiet();
		this.engine.release(2, Duration.ofSeconds(10));
		WorkflowHandle<?> sender = this.engine.run("sender", idIn(0), waiter.id());
		this.engine.awaitQuiet();

		sender.cancel();
		this.engine.awaitQuiet();
		assertThat(sender.status()).isEqualTo(WorkflowStatus.RUNNING);
		this.engine.take(2);

		assertThatExceptionOfType(WorkflowCancelledException.class).isThrownBy(() -> this.engine.finish(sender));
		assertThat(this.engine.finish(waiter)).isEqualTo("x");
	}

	private String codeOfSignal(String target, String name, Object payload) {
		try {
			this.workflow.signal(target, name, payload);
			return "sent";
		}
		catch (KraftException ex) {
			return ex.code();
		}
	}

	@Test
	void runsOfASchedulesThatAreEncryptedAreSeenToEnd() {
		AesGcmEncryption encryption = new AesGcmEncryption(
				EncryptionKeys.ofBase64("key", Map.of("key", Base64.getEncoder().encodeToString(new byte[32]))), true);
		ScheduleDefinition everyTen = ScheduleDefinition.every("report", Duration.ofMinutes(10))
			.withOverlap(Overlap.SKIP);
		this.engine.with((builder) -> builder.payloadCodecs(List.of(encryption)))
			.workflow(WorkflowDefinition.of("report", MethodSignature.of(String.class, Instant.class),
					(arguments) -> "done"))
			.schedule(everyTen)
			.start();

		for (int tick = 0; tick < 12; tick++) {
			this.engine.time().advance(Duration.ofMinutes(10));
			this.engine.awaitQuiet();
		}

		assertThat(this.engine.engine().counts().get("report").of(WorkflowStatus.COMPLETED)).isEqualTo(12);
	}

	private String idIn(int partition) {
		return IntStream.iterate(0, (number) -> number + 1)
			.mapToObj((number) -> "id-" + number)
			.filter((id) -> this.map.of(id) == partition)
			.findFirst()
			.orElseThrow();
	}

}
