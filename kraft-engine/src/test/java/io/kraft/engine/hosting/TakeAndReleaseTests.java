package io.kraft.engine.hosting;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import io.kraft.client.EngineStoppedException;
import io.kraft.client.WorkflowHandle;
import io.kraft.engine.EngineHealth;
import io.kraft.engine.HostAccess;
import io.kraft.engine.definition.MethodSignature;
import io.kraft.engine.definition.ScheduleDefinition;
import io.kraft.engine.definition.WorkflowDefinition;
import io.kraft.engine.partition.Lease;
import io.kraft.engine.routing.RunService;
import io.kraft.engine.store.OutboxEntry;
import io.kraft.engine.testing.CapturedLog;
import io.kraft.engine.testing.TestEngine;
import io.kraft.workflow.CatchUp;
import io.kraft.workflow.WorkflowContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Partitions are taken and released while the engine runs.
 */
class TakeAndReleaseTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private final CountDownLatch entered = new CountDownLatch(1);

	private final CountDownLatch gate = new CountDownLatch(1);

	private final AtomicInteger bodies = new AtomicInteger();

	private final TestEngine engine = new TestEngine().partitions(2);

	private final TestEngine withStep = this.engine.workflow("order", String.class,
			(argument) -> this.engine.step("charge", String.class, () -> {
				this.bodies.incrementAndGet();
				this.entered.countDown();
				this.gate.await();
				return "charged";
			}));

	@AfterEach
	void close() {
		this.gate.countDown();
		this.engine.close();
	}

	@Test
	void whatIsReleasedWithPatienceRecordsTheStepThatItIsIn() throws Exception {
		String id = idIn(1);
		this.withStep.start().run("order", id, "x");
		this.entered.await();

		CompletableFuture<Void> released = CompletableFuture.runAsync(() -> this.engine.release(1, PATIENCE));
		this.gate.countDown();
		released.get();
		this.engine.take(1);

		assertThat(this.engine.client().handle(id).result()).isEqualTo("charged");
		assertThat(this.bodies).hasValue(1);
	}

	@Test
	void whatIsAbandonedEntersTheStepAgainAtItsNextOwner() throws Exception {
		String id = idIn(1);
		this.withStep.start().run("order", id, "x");
		this.entered.await();

		this.engine.release(1, Duration.ZERO);
		this.gate.countDown();
		this.engine.take(1);

		assertThat(this.engine.client().handle(id).result()).isEqualTo("charged");
		assertThat(this.bodies).hasValue(2);
	}

	@Test
	void whatIsAskedOfAPartitionThatIsNotHereIsRefusedAndTheOthersWork() {
		this.engine.workflow("echo", String.class, (argument) -> argument).start().release(1, PATIENCE);

		assertThatExceptionOfType(EngineStoppedException.class).isThrownBy(() -> this.engine.run("echo", idIn(1), "x"))
			.withMessageContaining("partition 1 is not hosted here");
		WorkflowHandle<?> here = this.engine.run("echo", idIn(0), "x");
		assertThat(here.result()).isEqualTo("x");
		assertThat(this.engine.engine().health().state()).isEqualTo(EngineHealth.State.RUNNING);

		this.engine.release(1, PATIENCE);
		this.engine.take(1);
		assertThat(this.engine.run("echo", idIn(1), "y").result()).isEqualTo("y");
	}

	@Test
	void aStoreThatCannotBeOpenedLeavesNothingBehind() {
		this.engine.workflow("echo", String.class, (argument) -> argument).start().release(1, PATIENCE);

		assertThatIllegalStateException().isThrownBy(() -> HostAccess.of(this.engine.engine()).take(1, () -> {
			throw new IllegalStateException("no disk");
		}, Lease.FOR_EVER));

		this.engine.take(1);
		assertThat(this.engine.run("echo", idIn(1), "x").result()).isEqualTo("x");
	}

	@Test
	void aScheduleWhoseHomeIsLostCatchesUpWhenItIsTakenAgain() {
		this.engine
			.workflow(WorkflowDefinition.of("report", MethodSignature.of(int.class, Instant.class),
					(at) -> this.bodies.incrementAndGet()))
			.schedule(ScheduleDefinition.every("report", Duration.ofMinutes(10)).withCatchUp(CatchUp.ALL))
			.start();
		int home = HostAccess.of(this.engine.engine()).map().ofSchedule("report");
		this.engine.time().advance(Duration.ofMinutes(10));
		this.engine.awaitQuiet();
		this.engine.release(home, Duration.ZERO);

		this.engine.time().advance(Duration.ofMinutes(30));
		assertThat(this.bodies).hasValue(1);
		this.engine.take(home);
		while (this.bodies.get() < 4) {
			this.engine.moveToNextDue();
			this.engine.awaitQuiet();
		}

		assertThat(this.bodies).hasValue(4);
	}

	@ParameterizedTest
	@CsvSource({ "59, 2", "60, 1" })
	void aFireTimeOfTheLastMinuteIsOnTimeAtATakeOver(int secondsLate, int expected) {
		this.engine
			.workflow(WorkflowDefinition.of("report", MethodSignature.of(int.class, Instant.class),
					(at) -> this.bodies.incrementAndGet()))
			.schedule(ScheduleDefinition.every("report", Duration.ofMinutes(10)))
			.start();
		int home = HostAccess.of(this.engine.engine()).map().ofSchedule("report");
		this.engine.time().advance(Duration.ofMinutes(10));
		this.engine.settle();
		this.engine.release(home, Duration.ZERO);

		this.engine.time().advance(Duration.ofMinutes(10).plusSeconds(secondsLate));
		this.engine.take(home);
		this.engine.settle();

		assertThat(this.bodies).hasValue(expected);
		this.engine.time().advance(Duration.ofMinutes(10));
		this.engine.settle();
		assertThat(this.bodies).hasValue(expected + 1);
	}

	@Test
	void theLateAnswerToAPartitionThatWasReleasedRaisesNoAlarm() throws Exception {
		WorkflowContext context = WorkflowContext.ofCallingRun();
		String target = idIn(1);
		this.engine.workflow("sender", String.class, (argument) -> {
			context.signal(target, "go", argument);
			return "sent";
		}).start().release(1, PATIENCE);
		HostAccess.of(this.engine.engine()).connect(new LateNode());

		try (CapturedLog log = CapturedLog.of("io.kraft.engine.channel")) {
			this.engine.run("sender", idIn(0), "x");
			this.entered.await();
			this.engine.release(0, Duration.ZERO);
			this.gate.countDown();
			this.engine.awaitQuiet();

			assertThat(log.lines()).isEmpty();
		}
	}

	private String idIn(int partition) {
		String id = "id";
		while (this.engine.partitionOf(id) != partition) {
			id += "-";
		}
		return id;
	}

	/**
	 * Takes every signal, and answers late: with what the next owner of the sender has
	 * sent too.
	 */
	private final class LateNode implements Elsewhere {

		@Override
		public RunService runs(int partition) {
			return (RunService) Proxy.newProxyInstance(RunService.class.getClassLoader(),
					new Class<?>[] { RunService.class }, (proxy, method, arguments) -> null);
		}

		@Override
		public long take(int target, int source, List<OutboxEntry> rows) {
			TakeAndReleaseTests.this.entered.countDown();
			try {
				TakeAndReleaseTests.this.gate.await();
			}
			catch (InterruptedException ex) {
				throw new EngineStoppedException("interrupted");
			}
			return rows.getLast().sequence() + 5;
		}

	}

}
