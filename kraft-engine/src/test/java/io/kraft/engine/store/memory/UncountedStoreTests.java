package io.kraft.engine.store.memory;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.kraft.client.WorkflowStatus;
import io.kraft.engine.store.Change.RunChanged;
import io.kraft.engine.store.RunRow;
import io.kraft.engine.store.StatusCounts;
import io.kraft.engine.store.Store;
import io.kraft.engine.store.kv.KeyBatch;
import io.kraft.engine.store.kv.Keyspace;
import io.kraft.engine.store.kv.KvStore;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A store of a time in which runs were not counted.
 */
class UncountedStoreTests {

	private static final Map<String, StatusCounts> COUNTS = Map.of("order",
			StatusCounts.NONE.plus(WorkflowStatus.PENDING, 2));

	private final MemoryContents contents = new MemoryContents();

	@Test
	void isCountedWhenItIsOpenedAndKeepsCountFromThenOn() {
		try (Store store = KvStore.open(new MemoryKeys(this.contents), true)) {
			store.claim(1);
			store.commit(1, List.of(new RunChanged(null, pending(1)), new RunChanged(null, pending(2))));
		}
		forgetCounts();

		try (Store store = KvStore.open(new MemoryKeys(this.contents), true)) {
			assertThat(store.counts()).isEqualTo(COUNTS);
			store.claim(2);
			store.commit(2, List.of(new RunChanged(pending(1), pending(1).running(Instant.EPOCH))));
		}
		try (Store store = KvStore.open(new MemoryKeys(this.contents), true)) {
			assertThat(store.counts().get("order"))
				.isEqualTo(StatusCounts.NONE.plus(WorkflowStatus.PENDING, 1).plus(WorkflowStatus.RUNNING, 1));
		}
	}

	private void forgetCounts() {
		try (MemoryKeys keys = new MemoryKeys(this.contents); KeyBatch batch = keys.batch()) {
			batch.delete(Keyspace.META, "counted".getBytes(StandardCharsets.US_ASCII));
			batch.delete(Keyspace.META, "\u0004order\u0000".getBytes(StandardCharsets.US_ASCII));
			batch.write(true);
		}
	}

	private static RunRow pending(long number) {
		return RunRow.pending(number, "run-" + number, "order", 1, Map.of(), Instant.EPOCH);
	}

}
