package io.kraft.engine;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import io.kraft.client.ReplayCheckQuery;
import io.kraft.client.ReplayCheckReport;
import io.kraft.client.ReplayCheckReport.Finding;
import io.kraft.client.ReplayCheckReport.PatchUse;
import io.kraft.client.ReplayCheckReport.Verdict;
import io.kraft.client.ReplayCheckReport.VersionUse;
import io.kraft.client.WorkflowHandle;
import io.kraft.client.WorkflowQuery;
import io.kraft.client.WorkflowStatus;
import io.kraft.engine.replay.ReplayOnStart;
import io.kraft.engine.testing.CapturedLog;
import io.kraft.engine.testing.TestEngine;
import io.kraft.workflow.ReplayRefusedException;
import io.kraft.workflow.WorkflowContext;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Whether waiting runs would continue with the present code.
 */
@Timeout(60)
class ReplayCheckTests {

	private final TestEngine engine = new TestEngine();

	private final AtomicInteger entered = new AtomicInteger();

	@AfterEach
	void stop() {
		this.engine.close();
	}

	private TestEngine withCode(String step) {
		return this.engine.workflow("order", String.class, (id) -> {
			this.engine.step(step, Integer.class, this.entered::incrementAndGet);
			WorkflowContext.current().patched("gift-wrap");
			WorkflowContext.current().sleep(Duration.ofDays(30));
			return this.engine.step("ship", String.class, () -> {
				this.entered.incrementAndGet();
				return "shipped";
			});
		});
	}

	private void waiting(String id) {
		WorkflowHandle<?> run = this.engine.run("order", id, "x");
		Awaitility.await().until(() -> run.status() == WorkflowStatus.SUSPENDED);
	}

	private ReplayCheckReport check() {
		return this.engine.client().checkReplay(ReplayCheckQuery.all());
	}

	@Test
	void runsThatWouldGoOnAreOnlyCounted() {
		withCode("charge").start();
		waiting("order-1");
		waiting("order-2");

		ReplayCheckReport report = check();

		assertThat(report.replayed()).isEqualTo(2);
		assertThat(report.pausing()).isZero();
		assertThat(report.findings()).isEmpty();
		assertThat(report.complete()).isTrue();
		assertThat(report.versions()).containsExactly(new VersionUse("order", 1, 2, true));
		assertThat(report.patches()).containsExactly(new PatchUse("order", "gift-wrap", 2));
	}

	@Test
	void aRunThatWouldBePausedIsNamedWithTheReason() {
		withCode("charge").start();
		waiting("order-1");
		this.engine.crash();
		withCode("pay").start();

		Finding finding = check().findings().getFirst();

		assertThat(finding.id()).isEqualTo("order-1");
		assertThat(finding.verdict()).isEqualTo(Verdict.PAUSES);
		assertThat(finding.status()).isEqualTo(WorkflowStatus.SUSPENDED);
		assertThat(finding.reason()).contains("KRAFT-1001", "step 'charge'", "step 'pay'");
	}

	@Test
	void theRunsThemselvesAreNotTouched() {
		withCode("charge").start();
		waiting("order-1");
		this.engine.crash();
		withCode("pay").start();
		int entriesBefore = this.engine.client().inspect("order-1").entries();
		try (CapturedLog log = CapturedLog.of("io.kraft")) {
			check();
			check();
			assertThat(log.lines()).isEmpty();
		}

		assertThat(this.engine.client().handle("order-1").status()).isEqualTo(WorkflowStatus.SUSPENDED);
		assertThat(this.engine.client().inspect("order-1").entries()).isEqualTo(entriesBefore);
		assertThat(this.entered).as("steps entered").hasValue(1);
	}

	@Test
	void aWorkflowThatIsGoneIsReported() {
		withCode("charge").start();
		waiting("order-1");
		this.engine.crash().withoutWorkflow("order").start();

		ReplayCheckReport report = check();

		assertThat(report.findings()).singleElement()
			.satisfies((finding) -> assertThat(finding.reason()).contains("order"));
		assertThat(report.versions()).containsExactly(new VersionUse("order", 1, 1, false));
	}

	@Test
	void codeThatHangsIsUndecidedAndEndsTheCheckInTime() {
		withCode("charge").start();
		waiting("order-1");
		this.engine.crash();
		this.engine.workflow("order", String.class, (id) -> {
			new CountDownLatch(1).await();
			return id;
		}).start();

		ReplayCheckReport report = this.engine.client()
			.checkReplay(ReplayCheckQuery.all().timeout(Duration.ofMillis(300)));

		assertThat(report.undecided()).isOne();
		assertThat(report.millis()).isLessThan(10_000);
	}

	@Test
	void moreRunsThanSlotsAreReplayed() {
		this.engine.with((builder) -> builder.maxConcurrentWorkflows(1));
		withCode("charge").start();
		for (int number = 0; number < 70; number++) {
			waiting("order-" + number);
		}

		assertThat(check().replayed()).isEqualTo(70);
		assertThat(check().undecided()).isZero();
	}

	@Test
	void aSampleAndALimitBoundTheWork() {
		withCode("charge").start();
		waiting("order-1");
		waiting("order-2");
		waiting("order-3");

		ReplayCheckReport sample = this.engine.client().checkReplay(ReplayCheckQuery.all().perVersion(1));
		ReplayCheckReport limited = this.engine.client().checkReplay(ReplayCheckQuery.all().limit(2));
		ReplayCheckReport others = this.engine.client()
			.checkReplay(ReplayCheckQuery.all().runs(WorkflowQuery.all().name("other")));

		assertThat(sample.replayed()).isOne();
		assertThat(sample.complete()).isTrue();
		assertThat(sample.versions()).containsExactly(new VersionUse("order", 1, 3, true));
		assertThat(limited.replayed()).isEqualTo(2);
		assertThat(limited.complete()).isFalse();
		assertThat(others.replayed()).isZero();
	}

	@Test
	void aStartThatIsToRefuseChangesNothing() {
		withCode("charge").start();
		waiting("order-1");
		long epoch = this.engine.engine().health().epoch();
		this.engine.crash();
		ReplayOnStart[] onStart = { ReplayOnStart.REFUSE };
		withCode("pay").with((builder) -> builder.replayOnStart(onStart[0]));

		assertThatThrownBy(this.engine::start).isInstanceOf(ReplayRefusedException.class)
			.hasMessageContainingAll("KRAFT-1020", "order-1", "step 'pay'");

		withCode("charge").start();
		assertThat(this.engine.engine().health().epoch()).isEqualTo(epoch + 1);
		assertThat(this.engine.client().handle("order-1").status()).isEqualTo(WorkflowStatus.SUSPENDED);
	}

	@Test
	void aStartThatIsToReportStartsAllTheSame() {
		withCode("charge").start();
		waiting("order-1");
		this.engine.crash();
		try (CapturedLog log = CapturedLog.of("io.kraft")) {
			withCode("pay").with((builder) -> builder.replayOnStart(ReplayOnStart.REPORT)).start();
			assertThat(log.lines()).anySatisfy((line) -> assertThat(line).startsWith("WARN")
				.contains("1 would be paused", "order-1", "step 'pay'"));
		}
		assertThat(this.engine.client().handle("order-1").status()).isEqualTo(WorkflowStatus.SUSPENDED);
	}

}
