package io.kraft.engine.hosting;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;

import io.kraft.engine.definition.MethodSignature;
import io.kraft.engine.definition.ResultStyle;
import io.kraft.engine.routing.PartitionMap;
import io.kraft.engine.store.Change;
import io.kraft.engine.store.Message;
import io.kraft.engine.store.OutboxRow;
import io.kraft.engine.store.Requester;
import io.kraft.engine.store.RunRow;
import io.kraft.engine.store.Store;
import io.kraft.engine.store.StorageException;
import io.kraft.engine.store.check.CheckReport;
import io.kraft.engine.store.check.Finding.Kind;
import io.kraft.engine.store.kv.PartitionsCheck;
import io.kraft.engine.testing.ProxiedWorkflow;
import io.kraft.engine.testing.TestEngine;
import io.kraft.workflow.KraftException;
import io.kraft.workflow.WorkflowContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Plants in the stores of several partitions what each by itself does not show.
 */
class PartitionsCheckTests {

	private static final int PARTITIONS = 3;

	private final PartitionMap map = new PartitionMap(PARTITIONS);

	private final WorkflowContext workflow = WorkflowContext.ofCallingRun();

	private final TestEngine engine = new TestEngine().partitions(PARTITIONS).damaged();

	private final ProxiedWorkflow child = ProxiedWorkflow.define(this.engine, "child",
			MethodSignature.of(String.class, String.class), ResultStyle.PLAIN,
			(arguments) -> String.valueOf(arguments[0]), (arguments) -> this.workflow.awaitSignal("go", String.class));

	private final String parentId = idIn(0);

	private final String childId = idIn(2);

	/** A parent waits in partition 0 for its child in partition 2. */
	@BeforeEach
	void aParentThatWaits() {
		this.engine.workflow("parent", String.class, (there) -> this.child.<String>call(there)).start();
		this.engine.run("parent", this.parentId, this.childId);
		this.engine.awaitQuiet();
		this.engine.crash();
	}

	@AfterEach
	void close() {
		this.engine.close();
	}

	@Test
	void soundStoresHaveNoFindings() {
		CheckReport report = check();

		assertThat(report.findings()).isEmpty();
		assertThat(report.runs()).as("parents that were looked at").isPositive();
	}

	@Test
	void whatIsUnderWayIsNoFinding() {
		this.engine.start();
		this.engine.medium(2).failWrites();
		assertThatExceptionOfType(KraftException.class).isThrownBy(() -> this.engine.run("child", idIn(2, "x"), "x"));
		this.engine.run("parent", idIn(0, "next"), idIn(2, "next"));
		await().until(() -> this.engine.engine().partition(0).orElseThrow().waitingRows() == 1);
		this.engine.crash();

		assertThat(check().findings()).isEmpty();
	}

	@Test
	void aMarkAheadOfWhatWasGivenIsFound() {
		commit(2, (store) -> List.of(new Change.ChannelTaken(0, store.channels().taken(0) + 1)));

		assertThat(check().counts()).containsOnly(Map.entry(Kind.CHANNEL, 1L));
	}

	@Test
	void aRowThatWasRemovedAndNeverTakenIsFound() {
		commit(1, (store) -> List.of(new Change.OutboxAdded(0,
				new OutboxRow.Cancel("r", this.parentId, new Requester("x", 1, "1"), this.engine.time().instant())),
				new Change.OutboxRemoved(0, 1)));

		assertThat(check().counts()).containsOnly(Map.entry(Kind.CHANNEL, 1L));
	}

	@Test
	void aChildThatDoesNotKnowItsParentIsFound() {
		commit(2, (store) -> {
			RunRow row = store.run(this.childId).orElseThrow();
			Message watch = store.messages(row.number(), 0)
				.stream()
				.filter((message) -> message.kind() == Message.Kind.WATCH)
				.findFirst()
				.orElseThrow();
			return List.of(new Change.MessageTaken(row.number(), watch.sequence()));
		});

		assertThat(check().findings()).singleElement()
			.satisfies((finding) -> assertThat(finding.toString()).contains("CHILD_LOST", "'" + this.parentId + "'",
					"'" + this.childId + "'", "partition 2", "no WATCH message"));
	}

	@Test
	void anEngineThatVerifiesDoesNotStart() {
		commit(2, (store) -> List.of(new Change.ChannelTaken(0, store.channels().taken(0) + 1)));

		assertThatExceptionOfType(StorageException.class)
			.isThrownBy(() -> this.engine.with((builder) -> builder.verifyOnStart(true)).start())
			.withMessageContainingAll("KRAFT-4020", "CHANNEL", "from partition 0 to partition 2");
	}

	private void commit(int partition, Function<Store, List<Change>> changes) {
		try (Store store = this.engine.medium(partition).open()) {
			long epoch = store.epoch() + 1;
			store.claim(epoch);
			store.commit(epoch, changes.apply(store));
		}
	}

	private CheckReport check() {
		List<Store> stores = new ArrayList<>();
		try {
			IntStream.range(0, PARTITIONS).forEach((number) -> stores.add(this.engine.medium(number).open()));
			return PartitionsCheck.check(stores, this.map::of, 10);
		}
		finally {
			stores.forEach(Store::close);
		}
	}

	private String idIn(int partition) {
		return idIn(partition, "id");
	}

	private String idIn(int partition, String prefix) {
		return IntStream.iterate(0, (number) -> number + 1)
			.mapToObj((number) -> prefix + "-" + number)
			.filter((id) -> this.map.of(id) == partition)
			.findFirst()
			.orElseThrow();
	}

}
