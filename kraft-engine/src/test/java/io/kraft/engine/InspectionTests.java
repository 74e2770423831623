package io.kraft.engine;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import io.kraft.client.JournalEntryView;
import io.kraft.client.JournalQuery;
import io.kraft.client.Page;
import io.kraft.client.WorkflowDetail;
import io.kraft.client.WorkflowDetail.OpenOperation;
import io.kraft.client.WorkflowNotFoundException;
import io.kraft.client.WorkflowStatus;
import io.kraft.engine.definition.MethodSignature;
import io.kraft.engine.definition.RetryPolicy;
import io.kraft.engine.definition.StepDefinition;
import io.kraft.engine.testing.ForwardingStore;
import io.kraft.engine.testing.TestEngine;
import io.kraft.workflow.WorkflowContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/**
 * What an operator is told about a run: where it is, since when, which attempt, what went
 * wrong last, what will wake it.
 */
@Timeout(60)
class InspectionTests {

	private final TestEngine engine = new TestEngine();

	private final CountDownLatch entered = new CountDownLatch(1);

	private final CountDownLatch release = new CountDownLatch(1);

	@AfterEach
	void stop() {
		this.release.countDown();
		this.engine.close();
	}

	@Test
	void aStepInItsFirstAttemptIsShownThoughTheJournalDoesNotHoldIt() throws InterruptedException {
		this.engine.workflow("order", String.class, (id) -> this.engine.step("charge", String.class, this::held))
			.start()
			.run("order", "order-1", "x");
		this.entered.await();

		WorkflowDetail detail = detail("order-1");

		assertThat(detail.open()).singleElement().satisfies((operation) -> {
			assertThat(operation.position()).isEqualTo("1");
			assertThat(operation.kind()).isEqualTo("step");
			assertThat(operation.name()).isEqualTo("charge");
			assertThat(operation.attempt()).isEqualTo(1);
			assertThat(operation.since()).isEqualTo(this.engine.time().instant());
			assertThat(operation.lastError()).isNull();
		});
		assertThat(detail.workflow()).isEqualTo(this.engine.client().find("order-1").orElseThrow());
		assertThat(detail.input()).isEqualTo("[\"x\"]");
		assertThat(detail.output()).isNull();
	}

	private String held() throws InterruptedException {
		this.entered.countDown();
		this.release.await();
		return "charged";
	}

	@Test
	void aStepThatIsRetriedTellsItsLastErrorAndWhenTheNextAttemptIsDue() {
		StepDefinition step = StepDefinition.of("charge", MethodSignature.of(String.class),
				new RetryPolicy(10, Duration.ofMinutes(5), 1, Duration.ofMinutes(5), 0, List.of()));
		this.engine.workflow("order", String.class, (id) -> this.engine.step(step, () -> {
			throw new IllegalStateException("the bank is closed");
		})).start().run("order", "order-1", "x");

		await().until(() -> status("order-1") == WorkflowStatus.SUSPENDED);
		WorkflowDetail detail = detail("order-1");

		assertThat(detail.lastError()).isEqualTo("java.lang.IllegalStateException: the bank is closed");
		assertThat(detail.open()).singleElement().satisfies((operation) -> {
			assertThat(operation.attempt()).isEqualTo(2);
			assertThat(operation.lastError()).isEqualTo(detail.lastError());
			assertThat(operation.dueAt()).isEqualTo(this.engine.time().instant().plus(Duration.ofMinutes(5)));
		});
	}

	@Test
	void branchesAreShownEachAtItsOwnPlace() throws InterruptedException {
		this.engine.workflow("order", String.class, (id) -> {
			WorkflowContext workflow = WorkflowContext.current();
			workflow.parallel(List.of(() -> this.engine.step("charge", String.class, this::held), () -> {
				workflow.sleep(Duration.ofDays(1));
				return "slept";
			}));
			return id;
		}).start().run("order", "order-1", "x");
		this.entered.await();

		await().untilAsserted(
				() -> assertThat(detail("order-1").open()).extracting(OpenOperation::position).contains("1.1", "2.1"));
		assertThat(detail("order-1").open()).filteredOn((operation) -> operation.kind().equals("timer"))
			.singleElement()
			.satisfies((timer) -> assertThat(timer.dueAt())
				.isEqualTo(this.engine.time().instant().plus(Duration.ofDays(1))));
	}

	@Test
	void aRunThatHasEndedHasNothingOpenAndTellsItsResult() {
		this.engine.workflow("order", String.class, (id) -> this.engine.step("charge", String.class, () -> id + "!"));
		this.engine.start().finish(this.engine.run("order", "order-1", "x"));

		WorkflowDetail detail = detail("order-1");

		assertThat(detail.open()).isEmpty();
		assertThat(detail.output()).isEqualTo("\"x!\"");
		assertThat(detail.lastError()).isNull();
		assertThat(detail.since()).isEqualTo(detail.workflow().finishedAt());
		assertThat(detail.entries()).isEqualTo(3);
	}

	@Test
	void ofARunThatHasEndedTheJournalIsNotRead() {
		AtomicInteger journals = new AtomicInteger();
		this.engine.withStore((store) -> new ForwardingStore(store) {

			@Override
			public void journal(long run, int from, Consumer<byte[]> reader) {
				journals.incrementAndGet();
				super.journal(run, from, reader);
			}

		}).workflow("order", String.class, (id) -> this.engine.step("charge", String.class, () -> id + "!"));
		this.engine.start().finish(this.engine.run("order", "order-1", "x"));
		int before = journals.get();

		WorkflowDetail detail = detail("order-1");

		assertThat(detail.input()).isEqualTo("[\"x\"]");
		assertThat(detail.output()).isEqualTo("\"x!\"");
		assertThat(detail.entries()).isEqualTo(3);
		assertThat(journals).hasValue(before);
	}

	@Test
	void aRunThatWaitsForItsTurnSaysSo() {
		this.engine.with((builder) -> builder.maxConcurrentWorkflows(1))
			.workflow("order", String.class, (id) -> this.engine.step("charge", String.class, this::held))
			.start()
			.run("order", "order-1", "x");
		this.engine.run("order", "order-2", "x");

		assertThat(detail("order-2").workflow().waitingFor()).isEqualTo("its turn");
	}

	@Test
	void theJournalIsReadInPages() {
		this.engine.workflow("order", String.class, (id) -> this.engine.step("charge", String.class, () -> id));
		this.engine.start().finish(this.engine.run("order", "order-1", "x"));

		JournalQuery two = JournalQuery.all().limit(2);
		Page<JournalEntryView> first = this.engine.client().journal("order-1", two);
		assertThat(first.items()).extracting(JournalEntryView::fact).containsExactly("run-started", "step-completed");
		Page<JournalEntryView> second = this.engine.client()
			.journal("order-1", two.cursor(first.nextCursor().orElseThrow()));
		assertThat(second.items()).singleElement().satisfies((entry) -> {
			assertThat(entry.sequence()).isEqualTo(2);
			assertThat(entry.fact()).isEqualTo("run-ended");
			assertThat(entry.outcome()).isEqualTo("\"x\"");
		});
		assertThat(second.nextCursor()).isEmpty();
		assertThat(this.engine.client().journal("order-1", two.from(3)).items()).isEmpty();
	}

	@Test
	void aPageOfAJournalEndsWhereItsPayloadsBecomeTooLarge() {
		this.engine.workflow("order", String.class, (id) -> this.engine.step("charge", String.class, () -> id));
		this.engine.start().finish(this.engine.run("order", "order-1", "x".repeat(100)));

		JournalQuery small = JournalQuery.all().maxSize(50);
		Page<JournalEntryView> first = this.engine.client().journal("order-1", small);

		assertThat(first.items()).as("an entry that is too large alone is a page").hasSize(1);
		assertThat(first.nextCursor()).hasValue("1");
		assertThat(this.engine.client().journal("order-1", small.maxSize(1000)).items()).hasSize(3);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "x", "-1", "99999999999" })
	void aCursorOfNoPageOfAJournalIsRefused(String cursor) {
		assertThatIllegalArgumentException().isThrownBy(() -> JournalQuery.all().cursor(cursor))
			.withMessageContaining("'" + cursor + "' is not a cursor");
	}

	@Test
	void whatIsUnknownOrOutOfBoundsIsRefused() {
		this.engine.workflow("order", String.class, (id) -> id).start();
		this.engine.finish(this.engine.run("order", "order-1", "x"));

		assertThatThrownBy(() -> this.engine.client().inspect("nobody")).isInstanceOf(WorkflowNotFoundException.class);
		assertThatThrownBy(() -> this.engine.client().journal("nobody", JournalQuery.all()))
			.isInstanceOf(WorkflowNotFoundException.class);
		assertThatIllegalArgumentException().isThrownBy(() -> JournalQuery.all().from(-1)).withMessageContaining("-1");
		assertThatIllegalArgumentException().isThrownBy(() -> JournalQuery.all().limit(10_001))
			.withMessageContaining("10001");
	}

	private WorkflowDetail detail(String id) {
		return this.engine.client().inspect(id);
	}

	private WorkflowStatus status(String id) {
		return this.engine.client().find(id).orElseThrow().status();
	}

}
