package io.kraft.engine;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.kraft.client.JournalQuery;
import io.kraft.client.LimitExceededException;
import io.kraft.client.MessageView;
import io.kraft.client.Page;
import io.kraft.client.StartOptions;
import io.kraft.client.WorkflowDescription;
import io.kraft.client.WorkflowHandle;
import io.kraft.client.WorkflowQuery;
import io.kraft.client.WorkflowStatus;
import io.kraft.engine.definition.MethodSignature;
import io.kraft.engine.definition.RetryPolicy;
import io.kraft.engine.definition.StepDefinition;
import io.kraft.engine.testing.SamePartition;
import io.kraft.engine.testing.TestEngine;
import io.kraft.workflow.Retry;
import io.kraft.workflow.WorkflowContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * How large one run may become: what somebody else sends is refused, and a run whose own
 * code goes beyond a limit is paused; the others continue.
 */
@Timeout(60)
class RunLimitsTests {

	private final WorkflowContext workflow = WorkflowContext.ofCallingRun();

	private final TestEngine engine = new TestEngine();

	@AfterEach
	void close() {
		this.engine.close();
	}

	@Test
	void aStartWithTooManyTagsIsRefusedAndOneWithinTheLimitIsNot() {
		this.engine.with((builder) -> builder.maxTags(3, 1000));
		waits();

		assertThatExceptionOfType(LimitExceededException.class).isThrownBy(() -> start("refused", tags(4, 1)))
			.withMessageContainingAll("KRAFT-3015", "kraft.engine.max-tags", "at most 3", "4")
			.satisfies((ex) -> assertThat(ex.limit()).isEqualTo(3));
		assertThat(this.engine.client().find("refused")).isEmpty();
		start("r", tags(3, 1));
		assertThat(this.engine.client().handle("r").describe().tags()).hasSize(3);
	}

	@Test
	void aStartWithTooLargeTagsIsRefusedByTheirBytesAndNotTheirCharacters() {
		this.engine.with((builder) -> builder.maxTags(100, 1000));
		waits();

		assertThatExceptionOfType(LimitExceededException.class).isThrownBy(() -> start("refused", tags(2, 500)))
			.withMessageContainingAll("KRAFT-3015", "kraft.engine.max-tags-size", "1000 bytes");
		assertThatExceptionOfType(LimitExceededException.class)
			.isThrownBy(() -> start("refused", Map.of("größe", "ü".repeat(500))));
		assertThatCode(() -> start("r", Map.of("g", "ü".repeat(499)))).doesNotThrowAnyException();
	}

	@Test
	void aRunWithMoreTagsThanAreAllowedNowContinuesAndIsRestarted() {
		waits();
		start("r", tags(10, 10));
		this.engine.with((builder) -> builder.maxTags(3, 100)).crashAndStart();

		this.engine.client().signal("r", "go", "g");

		assertThat(this.engine.finish(this.engine.client().handle("r"))).isEqualTo("g");
		WorkflowHandle<?> again = this.engine.client().restart("r");
		assertThat(again.describe().tags()).hasSize(10);
	}

	@Test
	void aSignalWithAFurtherIdIsRefusedAndOneThatIsKnownOrHasNoneIsNot() {
		this.engine.with((builder) -> builder.maxMessageIds(3));
		waits();
		start("r", Map.of());
		start("other", Map.of());
		for (int i = 0; i < 3; i++) {
			this.engine.client().signal("r", "bulk", "x", "id-" + i);
		}
		this.engine.crashAndStart();

		assertThatExceptionOfType(LimitExceededException.class)
			.isThrownBy(() -> this.engine.client().signal("r", "bulk", "x", "id-3"))
			.withMessageContainingAll("KRAFT-3015", "kraft.engine.max-message-ids");
		this.engine.client().signal("r", "bulk", "x", "id-2");
		this.engine.client().signal("other", "bulk", "x", "id-3");
		assertThat(this.engine.client().messages("r")).hasSize(3);
		this.engine.client().signal("r", "go", "g");
		assertThat(this.engine.finish(this.engine.client().handle("r"))).isEqualTo("g");
	}

	@Test
	void aStepThatFailsForEverPausesItsRunWhenItsJournalIsFull() {
		StepDefinition fails = StepDefinition.of("fails", MethodSignature.of(void.class),
				RetryPolicy.defaults().withMaxAttempts(Retry.UNLIMITED).withInitialDelay(Duration.ofMillis(1)));
		AtomicBoolean broken = new AtomicBoolean(true);
		this.engine.with((builder) -> builder.maxJournalEntries(20)).workflow("stubborn", String.class, (none) -> {
			this.engine.step(fails, () -> {
				if (broken.get()) {
					throw new IllegalStateException("down");
				}
				return null;
			});
			return "done";
		}).start();

		this.engine.run("stubborn", "s", "");
		await().until(() -> {
			this.engine.moveToNextDue();
			return this.engine.client().handle("s").status() == WorkflowStatus.PAUSED;
		});

		assertThat(this.engine.client().handle("s").describe().reason()).startsWith("KRAFT-1007");
		assertThat(this.engine.client().journal("s", JournalQuery.all()).items()).hasSizeLessThan(22);
		broken.set(false);
		this.engine.with((builder) -> builder.maxJournalEntries(30)).crashAndStart();
		this.engine.client().resume("s");
		assertThat(this.engine.finish(this.engine.client().handle("s"))).isEqualTo("done");
	}

	@Test
	void aRunThatFailsAgainWithoutDoingAnythingIsNotRetriedForEver() {
		AtomicBoolean broken = new AtomicBoolean(true);
		this.engine.with((builder) -> builder.maxJournalEntries(20)).workflow("hopeless", String.class, (none) -> {
			if (broken.get()) {
				throw new IllegalStateException("down");
			}
			return "done";
		}).start();
		this.engine.run("hopeless", "h", "");
		AtomicInteger retries = new AtomicInteger();

		assertThatExceptionOfType(LimitExceededException.class).isThrownBy(() -> {
			while (retries.incrementAndGet() < 100) {
				await().until(() -> this.engine.client().handle("h").status() == WorkflowStatus.FAILED);
				this.engine.client().retry("h");
			}
		}).withMessageContainingAll("KRAFT-3015", "21 entries", "kraft.engine.max-journal-entries");

		assertThat(retries.get()).isBetween(5, 20);
		assertThat(this.engine.client().handle("h").status()).isEqualTo(WorkflowStatus.FAILED);
		broken.set(false);
		WorkflowHandle<?> again = this.engine.client().restart("h");
		assertThat(this.engine.finish(again)).isEqualTo("done");
		this.engine.with((builder) -> builder.maxJournalEntries(30)).crashAndStart();
		this.engine.client().retry("h");
		assertThat(this.engine.finish(this.engine.client().handle("h"))).isEqualTo("done");
	}

	@Test
	void aRunThatPublishesTooMuchIsPausedAndContinuesWithAHigherLimit() {
		this.engine.with((builder) -> builder.maxPublishedBytes(10_000)).workflow("publishes", String.class, (none) -> {
			for (int i = 0; i < 30; i++) {
				this.workflow.publish("one", "x".repeat(1000));
			}
			for (int i = 0; i < 12; i++) {
				this.workflow.publish("key-" + i, "x".repeat(1000));
			}
			return "done";
		});
		pausesAt("publishes", "kraft.engine.max-published-size");
		assertThat(this.engine.client().handle("r").published("key-6", String.class)).isPresent();

		this.engine.with((builder) -> builder.maxPublishedBytes(100_000)).crashAndStart();
		this.engine.client().resume("r");

		assertThat(this.engine.finish(this.engine.client().handle("r"))).isEqualTo("done");
	}

	@Test
	void whatWasPublishedBeforeAStartCountsAfterIt() {
		this.engine.with((builder) -> builder.maxPublishedBytes(10_000)).workflow("publishes", String.class, (none) -> {
			for (int i = 0; i < 5; i++) {
				this.workflow.publish("key-" + i, "x".repeat(1000));
			}
			this.workflow.awaitSignal("go", String.class);
			for (int i = 5; i < 12; i++) {
				this.workflow.publish("key-" + i, "x".repeat(1000));
			}
			return "done";
		}).start();
		this.engine.run("publishes", "r", "");
		awaitStatus("r", WorkflowStatus.SUSPENDED);
		this.engine.crashAndStart();

		this.engine.client().signal("r", "go", "g");

		awaitStatus("r", WorkflowStatus.PAUSED);
		assertThat(this.engine.client().handle("r").describe().reason()).contains("kraft.engine.max-published-size");
	}

	@Test
	void aRunThatSetsTooMuchStateIsPausedAndWhatItClearsCountsNoMore() {
		this.engine.with((builder) -> builder.maxStateBytes(10_000)).workflow("sets", String.class, (none) -> {
			for (int i = 0; i < 30; i++) {
				this.workflow.state().set("key-" + i, "x".repeat(1000));
				this.workflow.state().clear("key-" + i);
			}
			for (int round = 0; round < 3; round++) {
				for (int i = 0; i < 8; i++) {
					this.workflow.state().set("key-" + i, "x".repeat(1000));
				}
				this.workflow.state().clear();
			}
			for (int i = 0; i < 12; i++) {
				this.workflow.state().set("key-" + i, "x".repeat(1000));
			}
			return "done";
		});
		pausesAt("sets", "kraft.engine.max-state-size");

		this.engine.with((builder) -> builder.maxStateBytes(100_000)).crashAndStart();
		this.engine.client().resume("r");

		assertThat(this.engine.finish(this.engine.client().handle("r"))).isEqualTo("done");
	}

	@Test
	void aRunWithATooLargeJournalIsPausedAlsoAfterAStart() {
		this.engine.with((builder) -> builder.maxJournalBytes(20_000)).workflow("fills", String.class, (none) -> {
			for (int i = 0; i < 30; i++) {
				this.engine.step("fill", String.class, () -> "x".repeat(1000));
			}
			return "done";
		});
		pausesAt("fills", "kraft.engine.max-journal-size");
		int entries = this.engine.client().journal("r", JournalQuery.all()).items().size();
		this.engine.crashAndStart();
		this.engine.client().resume("r");
		awaitStatus("r", WorkflowStatus.PAUSED);
		assertThat(this.engine.client().journal("r", JournalQuery.all()).items()).hasSize(entries);

		this.engine.with((builder) -> builder.maxJournalBytes(1_000_000)).crashAndStart();
		this.engine.client().resume("r");

		assertThat(this.engine.finish(this.engine.client().handle("r"))).isEqualTo("done");
	}

	@Test
	void aPageOfRunsEndsEarlyWhereTheirTagsAreLarge() {
		this.engine.with((builder) -> builder.maxTags(1000, 2_000_000));
		waits();
		for (int i = 0; i < 5; i++) {
			start(SamePartition.id(this.engine, "run-" + i), wideTags(560));
		}

		Page<WorkflowDescription> first = this.engine.client().list(WorkflowQuery.all().limit(100));
		Page<WorkflowDescription> second = this.engine.client()
			.list(WorkflowQuery.all().limit(100).cursor(first.nextCursor().orElseThrow()));

		assertThat(first.items()).extracting((run) -> run.id().substring(0, 5))
			.containsExactly("run-4", "run-3", "run-2");
		assertThat(second.items()).extracting((run) -> run.id().substring(0, 5)).containsExactly("run-1", "run-0");
		assertThat(second.nextCursor()).isEmpty();
	}

	@Test
	void theMessagesOfARunShowWhatTheyCarryUpToABound() {
		this.engine.with((builder) -> builder.maxInboxBytes(100_000_000));
		waits();
		start("r", Map.of());
		for (int i = 0; i < 8; i++) {
			this.engine.client().signal("r", "bulk", "x".repeat(1_000_000));
		}

		assertThat(this.engine.client().messages("r")).hasSize(8)
			.allSatisfy((message) -> assertThat(message.sizeBytes()).isGreaterThan(1_000_000))
			.filteredOn((message) -> message.payload() != null)
			.hasSize(4)
			.extracting(MessageView::name)
			.containsOnly("bulk");
	}

	@Test
	void aRunIsInspectedOnlyIfItsJournalFitsBesideThoseThatAreInspected() {
		this.engine.with((builder) -> builder.maxLoadedJournalBytes(1_000_000))
			.workflow("fills", String.class, (none) -> {
				this.engine.step("fill", String.class, () -> "x".repeat(200_000));
				return this.workflow.awaitSignal("go", String.class);
			})
			.start();
		this.engine.run("fills", "r", "");
		awaitStatus("r", WorkflowStatus.SUSPENDED);
		assertThat(this.engine.client().inspect("r").workflow().id()).isEqualTo("r");
		assertThat(this.engine.client().operations("r")).hasSize(2);
		assertThat(this.engine.client().export("r")).contains("xxx");
		assertThat(this.engine.client().inspect("r").workflow().id()).isEqualTo("r");
	}

	private void pausesAt(String name, String property) {
		this.engine.start();
		this.engine.run(name, "r", "");
		awaitStatus("r", WorkflowStatus.PAUSED);
		assertThat(this.engine.client().handle("r").describe().reason()).contains(property);
	}

	private void waits() {
		this.engine.workflow("waits", String.class, (none) -> this.workflow.awaitSignal("go", String.class)).start();
	}

	private void start(String id, Map<String, String> tags) {
		this.engine.client().start("waits", StartOptions.defaults().id(id).tags(tags), "");
	}

	private static Map<String, String> tags(int count, int length) {
		return IntStream.range(0, count).boxed().collect(Collectors.toMap((i) -> "t" + i, (i) -> "x".repeat(length)));
	}

	/** Of some 2,700 bytes each. */
	private static Map<String, String> wideTags(int count) {
		return IntStream.range(0, count)
			.boxed()
			.collect(Collectors.toMap((i) -> "t" + i + "\u6C34".repeat(400), (i) -> "\u6C34".repeat(500)));
	}

	private void awaitStatus(String id, WorkflowStatus status) {
		while (this.engine.client().handle(id).status() != status) {
			Thread.onSpinWait();
		}
	}

}
