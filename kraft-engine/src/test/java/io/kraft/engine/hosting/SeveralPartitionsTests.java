package io.kraft.engine.hosting;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

import io.kraft.client.EngineStoppedException;
import io.kraft.client.Page;
import io.kraft.client.StartOptions;
import io.kraft.client.WorkflowDescription;
import io.kraft.client.WorkflowNotFoundException;
import io.kraft.client.WorkflowQuery;
import io.kraft.client.WorkflowStatus;
import io.kraft.engine.EngineHealth;
import io.kraft.engine.routing.PartitionMap;
import io.kraft.engine.store.Store;
import io.kraft.engine.testing.TestEngine;
import io.kraft.workflow.WorkflowContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * One process hosts several partitions, and a client does not notice.
 */
class SeveralPartitionsTests {

	private static final int PARTITIONS = 4;

	private final PartitionMap map = new PartitionMap(PARTITIONS);

	private final WorkflowContext workflow = WorkflowContext.ofCallingRun();

	private final TestEngine engine = new TestEngine().partitions(PARTITIONS)
		.workflow("echo", String.class, (argument) -> argument + "!")
		.workflow("wait", String.class, (argument) -> this.workflow.awaitSignal("go", String.class));

	@AfterEach
	void close() {
		this.engine.close();
	}

	@Test
	void eachRunIsInThePartitionOfItsIdAndNowhereElse() {
		this.engine.start();

		IntStream.range(0, 40).forEach((number) -> this.engine.run("echo", "r" + number, "x").result());

		this.engine.crash();
		for (int partition = 0; partition < PARTITIONS; partition++) {
			try (Store store = this.engine.medium(partition).open()) {
				for (int number = 0; number < 40; number++) {
					assertThat(store.run("r" + number).isPresent()).isEqualTo(this.map.of("r" + number) == partition);
				}
			}
		}
	}

	@Test
	void runsOfAllPartitionsAreListedTheNewestFirstAndEachOnce() {
		this.engine.start();
		List<String> ids = new ArrayList<>();
		for (int number = 0; number < 30; number++) {
			ids.addFirst("r" + number);
			this.engine.run("echo", "r" + number, "x").result();
			this.engine.time().advance(Duration.ofSeconds(1));
		}

		assertThat(this.engine.client().list(WorkflowQuery.all().limit(100)).items()).extracting("id")
			.containsExactlyElementsOf(ids);
		for (int limit : new int[] { 1, 3, 7, 29, 30 }) {
			assertThat(pages(WorkflowQuery.all().limit(limit))).containsExactlyElementsOf(ids);
		}
	}

	@Test
	void pagesOfAFilterEndWhereNoPartitionHasMore() {
		this.engine.start();
		IntStream.range(0, 20)
			.forEach((number) -> this.engine.run((number % 2 == 0) ? "echo" : "wait", "r" + number, "x"));
		this.engine.awaitQuiet();

		List<String> waiting = pages(WorkflowQuery.all().status(WorkflowStatus.SUSPENDED).limit(3));

		assertThat(waiting).hasSize(10).doesNotHaveDuplicates();
		assertThat(pages(WorkflowQuery.all().name("none").limit(3))).isEmpty();
	}

	private List<String> pages(WorkflowQuery query) {
		List<String> ids = new ArrayList<>();
		Optional<String> cursor = Optional.empty();
		do {
			Page<WorkflowDescription> page = this.engine.client()
				.list(cursor.isPresent() ? query.cursor(cursor.get()) : query);
			assertThat(page.items().size()).isLessThanOrEqualTo(query.limit());
			page.items().forEach((run) -> ids.add(run.id()));
			cursor = page.nextCursor();
		}
		while (cursor.isPresent());
		return ids;
	}

	@Test
	void countsAreThoseOfAllPartitions() {
		this.engine.start();
		Set<Integer> partitions = new HashSet<>();
		for (int number = 0; number < 20; number++) {
			this.engine.run("wait", "r" + number, "x");
			partitions.add(this.map.of("r" + number));
		}
		this.engine.awaitQuiet();

		assertThat(partitions).hasSize(PARTITIONS);
		assertThat(this.engine.engine().counts().get("wait").of(WorkflowStatus.SUSPENDED)).isEqualTo(20);
	}

	@Test
	void aRunWithoutAnIdIsFoundByTheOneThatWasDrawn() {
		this.engine.start();
		for (int number = 0; number < 20; number++) {
			String id = this.engine.client().start("echo", StartOptions.defaults(), "x").id();
			assertThat(this.engine.client().handle(id).result()).isEqualTo("x!");
		}
	}

	@Test
	void aPartitionThatFailsTakesNoOtherWithIt() {
		this.engine.start();
		String there = idIn(2);
		String here = idIn(1);
		this.engine.run("wait", there, "x");
		this.engine.run("wait", here, "x");
		this.engine.awaitQuiet();

		this.engine.medium(2).failWrites();
		assertThatExceptionOfType(io.kraft.workflow.KraftException.class)
			.isThrownBy(() -> this.engine.client().signal(there, "go", "on"));

		this.engine.client().signal(here, "go", "on");
		assertThat(this.engine.client().handle(here).result()).isEqualTo("on");
		await().untilAsserted(() -> assertThatExceptionOfType(EngineStoppedException.class)
			.isThrownBy(() -> this.engine.client().signal(there, "go", "on")));
		assertThat(this.engine.engine().health().state()).isEqualTo(EngineHealth.State.RUNNING);

		this.engine.crashAndStart();
		this.engine.client().signal(there, "go", "on");
		assertThat(this.engine.client().handle(there).result()).isEqualTo("on");
	}

	@Test
	void theEngineHasFailedWhenItsLastPartitionHas() {
		this.engine.start();
		for (int partition = 0; partition < PARTITIONS; partition++) {
			this.engine.medium(partition).failWrites();
			String id = idIn(partition);
			assertThatExceptionOfType(io.kraft.workflow.KraftException.class)
				.isThrownBy(() -> this.engine.run("echo", id, "x"));
		}

		assertThat(this.engine.engine().health().state()).isEqualTo(EngineHealth.State.FAILED);
	}

	@Test
	void slotsAreSharedByAllPartitions() {
		this.engine.with((builder) -> builder.maxConcurrentWorkflows(2).maxParkedWorkflows(0)).start();
		List<String> ids = IntStream.range(0, 40).mapToObj((number) -> "r" + number).toList();

		ids.forEach((id) -> this.engine.run("wait", id, "x"));
		this.engine.awaitQuiet();
		ids.forEach((id) -> this.engine.client().signal(id, "go", id));

		ids.forEach((id) -> assertThat(this.engine.client().handle(id).result()).isEqualTo(id));
		this.engine.awaitQuiet();
		assertThat(this.engine.engine().health().executingRuns()).isZero();
	}

	@Test
	void anUnknownIdIsUnknownInEveryPartition() {
		this.engine.start();

		for (int partition = 0; partition < PARTITIONS; partition++) {
			String id = idIn(partition);
			assertThat(this.engine.client().find(id)).isEmpty();
			assertThatExceptionOfType(WorkflowNotFoundException.class)
				.isThrownBy(() -> this.engine.client().cancel(id));
		}
		assertThatExceptionOfType(WorkflowNotFoundException.class)
			.isThrownBy(() -> this.engine.client().complete("no~to~ken", "x"));
	}

	private String idIn(int partition) {
		return IntStream.iterate(0, (number) -> number + 1)
			.mapToObj((number) -> "id-" + number)
			.filter((id) -> this.map.of(id) == partition)
			.findFirst()
			.orElseThrow();
	}

}
