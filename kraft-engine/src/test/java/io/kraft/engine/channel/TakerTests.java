package io.kraft.engine.channel;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.kraft.client.WorkflowStatus;
import io.kraft.engine.HostAccess;
import io.kraft.engine.hosting.HostedPartition;
import io.kraft.engine.journal.Outcome;
import io.kraft.engine.journal.Payload;
import io.kraft.engine.store.ChannelOrderException;
import io.kraft.engine.store.OutboxEntry;
import io.kraft.engine.store.OutboxRow;
import io.kraft.engine.store.Requester;
import io.kraft.engine.store.RunStart;
import io.kraft.engine.testing.TestEngine;
import io.kraft.engine.timer.ManualScheduler;
import io.kraft.workflow.KraftException;
import io.kraft.workflow.WorkflowContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Takes rows of a partition that is not there, so that nothing else sends in its name.
 */
class TakerTests {

	/** Released: its rows are made here. */
	private static final int SOURCE = 0;

	private static final Requester PARENT = new Requester("a parent", 7, "3");

	private final WorkflowContext workflow = WorkflowContext.ofCallingRun();

	private final TestEngine engine = new TestEngine().partitions(2)
		.workflow("wait", String.class, (argument) -> this.workflow.awaitSignal("go", String.class))
		.workflow("other", String.class, (argument) -> argument);

	private final String id = idHere("run");

	@BeforeEach
	void startWithoutTheSource() {
		this.engine.start();
		this.engine.run("wait", this.id, "x");
		this.engine.awaitQuiet();
		this.engine.release(SOURCE, Duration.ofSeconds(10));
	}

	@AfterEach
	void close() {
		this.engine.close();
	}

	@Test
	void aBatchThatComesAgainHasNoSecondEffect() {
		List<OutboxEntry> batch = List.of(entry(1, signal(this.id, "other")), entry(2, signal(this.id, "other")));

		assertThat(take(batch)).isEqualTo(2);
		assertThat(take(batch)).isEqualTo(2);
		assertThat(take(List.of(batch.getLast()))).isEqualTo(2);

		assertThat(this.engine.client().messages(this.id)).hasSize(2);
	}

	@Test
	void aGapIsRefusedAndNothingBehindItIsTaken() {
		assertThatExceptionOfType(ChannelOrderException.class)
			.isThrownBy(() -> take(List.of(entry(2, signal(this.id, "go")))));
		assertThatExceptionOfType(ChannelOrderException.class)
			.isThrownBy(() -> take(List.of(entry(1, signal(this.id, "go")), entry(3, signal(this.id, "go")))));

		assertThat(target().partition().store().channels().taken(SOURCE)).isZero();
		assertThat(this.engine.client().messages(this.id)).isEmpty();
		assertThat(this.engine.client().handle(this.id).status()).isEqualTo(WorkflowStatus.SUSPENDED);
	}

	@Test
	void whatIsAskedOfARunThatIsUnknownHasNoEffectAndHoldsUpNothing() {
		String unknown = idHere("unknown");

		assertThat(
				take(List
					.of(entry(1, signal(unknown, "go")),
							entry(2, new OutboxRow.Cancel("2", unknown, PARENT, ManualScheduler.START)),
							entry(3, new OutboxRow.ChildEnded("3", new Requester(unknown, 1, "1"), "child", 1L,
									success("x"), ManualScheduler.START)),
							entry(4, signal(this.id, "go")))))
			.isEqualTo(4);

		assertThat(this.engine.client().handle(this.id).result()).isEqualTo("value");
		assertThat(answers()).isEmpty();
	}

	@Test
	void aRunIsNeitherCancelledNorAnsweredInTheNameOfARunThatIsNotItsParent() {
		assertThat(take(List.of(entry(1, new OutboxRow.Cancel("1", this.id, PARENT, ManualScheduler.START)),
				entry(2, new OutboxRow.ChildEnded("2", new Requester(this.id, 99, "1"), "child", 1L, success("x"),
						ManualScheduler.START)))))
			.isEqualTo(2);

		this.engine.awaitQuiet();
		assertThat(this.engine.client().handle(this.id).status()).isEqualTo(WorkflowStatus.SUSPENDED);
		assertThat(this.engine.client().messages(this.id)).isEmpty();
	}

	@Test
	void aChildThatCanNeverBeStartedOrWatchedIsAnsweredWithTheFailure() {
		assertThat(take(List.of(entry(1, start("1", this.id, "other")),
				entry(2, new OutboxRow.Watch("2", idHere("unknown"), PARENT, "wait", ManualScheduler.START)))))
			.isEqualTo(2);

		assertThat(answers()).hasSize(2)
			.allSatisfy((row) -> assertThat(row).isInstanceOfSatisfying(OutboxRow.ChildEnded.class, (ended) -> {
				assertThat(ended.parent()).isEqualTo(PARENT);
				assertThat(ended.outcome()).isInstanceOf(Outcome.Failed.class);
			}));
	}

	@Test
	void aRunOfAnotherWorkflowThatHasTheIdOfTheChildMeanwhileIsNotWatched() {
		String ended = idHere("ended");
		this.engine.run("other", ended, "x").result();

		assertThat(take(List.of(entry(1, watch("1", this.id, "other")), entry(2, watch("2", ended, "wait")),
				entry(3, watch("3", ended, "other")), entry(4, watch("4", this.id, "wait")))))
			.isEqualTo(4);

		assertThat(answers()).extracting((row) -> ((OutboxRow.ChildEnded) row).outcome().getClass().getSimpleName())
			.containsExactly("Failed", "Failed", "Success");
		assertThat(answers()).first()
			.isInstanceOfSatisfying(OutboxRow.ChildEnded.class,
					(row) -> assertThat(row.outcome().toString()).contains("KRAFT-3001"));
		assertThat(target().execution()
			.delivery()
			.requests(target().partition().store().run(this.id).orElseThrow().number())).hasSize(1);
	}

	@Test
	void whoAsksToWatchInAnEarlierBuildMeansTheRunThatHasTheId() {
		assertThat(take(List.of(entry(1, watch("1", this.id, null))))).isEqualTo(1);

		this.engine.client().signal(this.id, "go", "done");
		this.engine.awaitQuiet();

		assertThat(answers()).singleElement()
			.isInstanceOfSatisfying(OutboxRow.ChildEnded.class,
					(row) -> assertThat(row.outcome()).isEqualTo(success("done")));
	}

	@Test
	void aChildOfAWorkflowThatIsNotHereYetWaitsAndTakesNoRowWithIt() {
		String child = idHere("child");

		assertThatExceptionOfType(KraftException.class).isThrownBy(() -> take(List.of(entry(1, signal(this.id, "go")),
				entry(2, start("2", child, "nowhere")), entry(3, signal(this.id, "go")))));

		assertThat(target().partition().store().channels().taken(SOURCE)).isEqualTo(1);
		assertThat(this.engine.client().handle(this.id).result()).isEqualTo("value");
		assertThat(take(List.of(entry(2, start("2", child, "other"))))).isEqualTo(2);
		assertThat(this.engine.client().handle(child).result()).isEqualTo("x");
	}

	@Test
	void whatWasTakenIsKnownToTheNextOwner() {
		List<OutboxEntry> batch = List.of(entry(1, signal(this.id, "other")));
		take(batch);

		this.engine.release(1, Duration.ZERO);
		this.engine.take(1);

		assertThat(take(batch)).isEqualTo(1);
		assertThat(this.engine.client().messages(this.id)).hasSize(1);
	}

	@Test
	void nothingIsTakenWhereTheStoreHasFailed() {
		this.engine.mediumOf(this.id).failWrites();

		assertThat(take(List.of())).isZero();
		this.engine.damaged();
		assertThat(take(List.of(entry(1, signal(this.id, "other"))))).isZero();
		assertThatExceptionOfType(KraftException.class)
			.isThrownBy(() -> take(List.of(entry(1, signal(this.id, "other")))));
	}

	private long take(List<OutboxEntry> rows) {
		return target().incoming().take(SOURCE, rows);
	}

	private HostedPartition target() {
		return HostAccess.of(this.engine.engine()).of(this.id);
	}

	/** What the target has for the source. */
	private List<OutboxRow> answers() {
		return target().partition()
			.store()
			.channels()
			.rows(SOURCE, 0, 10, 10_000)
			.stream()
			.map(OutboxEntry::row)
			.toList();
	}

	private static OutboxEntry entry(long sequence, OutboxRow row) {
		return new OutboxEntry(sequence, row);
	}

	private static OutboxRow signal(String to, String name) {
		return new OutboxRow.Signal("request", to, PARENT, name, payload("\"value\""), ManualScheduler.START);
	}

	private static OutboxRow watch(String request, String to, @Nullable String workflow) {
		return new OutboxRow.Watch(request, to, PARENT, workflow, ManualScheduler.START);
	}

	private static OutboxRow start(String request, String to, String workflow) {
		return new OutboxRow.StartChild(request, to, PARENT, false,
				new RunStart(workflow, 1, null, payload("[\"x\"]"), null, Duration.ZERO, 0, Map.of(), Map.of()),
				ManualScheduler.START);
	}

	private static Outcome success(String value) {
		return new Outcome.Success(payload('"' + value + '"'));
	}

	private static Payload payload(String json) {
		return Payload.json(json.getBytes(StandardCharsets.UTF_8));
	}

	private String idHere(String name) {
		String id = name;
		while (new TestEngine().partitions(2).partitionOf(id) == SOURCE) {
			id += "-";
		}
		return id;
	}

}
