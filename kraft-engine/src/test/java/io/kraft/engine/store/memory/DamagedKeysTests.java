package io.kraft.engine.store.memory;

import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.kraft.engine.store.Change.RunChanged;
import io.kraft.engine.store.RunRow;
import io.kraft.engine.store.StorageException;
import io.kraft.engine.store.Store;
import io.kraft.engine.store.kv.KeyBatch;
import io.kraft.engine.store.kv.Keyspace;
import io.kraft.engine.store.kv.KvStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A store with a key that nobody has written: its scans end.
 */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class DamagedKeysTests {

	private final MemoryContents contents = new MemoryContents();

	@Test
	void aPendingKeyOfAnotherWorkflowThanItsRunsIsNoLoop() {
		// Of the workflow "z", and of run 1, which is one of "order".
		put(Keyspace.INDEX, "06" + "7a00" + "7fffffff" + "0000000000000001");

		withStore((store) -> {
			store.claim(1);
			store.commit(1,
					List.of(new RunChanged(null, RunRow.pending(1, "order-1", "order", 1, Map.of(), Instant.EPOCH))));

			assertThat(store.workflowsWithPending()).containsExactly("order", "z");
		});
	}

	@Test
	void anInboxOfANegativeRunIsDamage() {
		put(Keyspace.MESSAGES, "01" + "ffffffffffffffff" + "0000000000000001");

		withStore((store) -> assertThatExceptionOfType(StorageException.class)
			.isThrownBy(() -> store.runsWithMessages(0, 10))
			.withMessageStartingWith("KRAFT-4003: "));
	}

	@Test
	void aTimerKeyThatIsTooShortIsDamage() {
		put(Keyspace.TIMERS, "800000");

		withStore((store) -> assertThatExceptionOfType(StorageException.class).isThrownBy(() -> store.timers(null, 10))
			.withMessageStartingWith("KRAFT-4003: "));
	}

	private void put(Keyspace space, String key) {
		withStore((store) -> {
		});
		try (MemoryKeys keys = new MemoryKeys(this.contents); KeyBatch batch = keys.batch()) {
			batch.put(space, HexFormat.of().parseHex(key), new byte[0]);
			batch.write(true);
		}
	}

	private void withStore(Consumer<Store> action) {
		try (Store store = KvStore.open(new MemoryKeys(this.contents), true)) {
			action.accept(store);
		}
	}

}
