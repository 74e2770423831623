package io.kraft.engine.store.rocksdb;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import io.kraft.engine.reliability.Proves;
import io.kraft.engine.store.Change;
import io.kraft.engine.store.Store;
import io.kraft.engine.store.kv.Keyspace;
import io.kraft.engine.store.kv.KvStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksDBException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

@Proves(fault = "More is written and read than the bound on native memory", promise = "Native memory stays within it")
class NativeMemoryTests {

	private static final long BOUND = RocksDbOptions.MIN_NATIVE_MEMORY_BYTES;

	private static final int ENTRY_BYTES = 64 * 1024;

	@TempDir
	Path temporary;

	@Test
	void staysInItsBoundWhileMoreThanThatIsWrittenAndRead() throws RocksDBException {
		RocksDbStore.open(new RocksDbOptions(this.temporary, false)).close();
		RocksDbKeys keys = RocksDbKeys.open(this.temporary.resolve("db"), BOUND, () -> {
		});
		Random random = new Random(1);
		long most = 0;
		try (Store store = KvStore.open(keys, false)) {
			store.claim(1);
			for (long run = 1; 16 * ENTRY_BYTES * run <= 4 * BOUND; run++) {
				List<Change> changes = new ArrayList<>();
				for (int sequence = 0; sequence < 16; sequence++) {
					byte[] entry = new byte[ENTRY_BYTES];
					random.nextBytes(entry);
					changes.add(new Change.EntryAppended(run, sequence, entry));
				}
				store.commit(1, changes);
				store.journal(1 + random.nextLong(run), 0, (entry) -> {
				});
				most = Math.max(most, taken(keys));
			}
			assertThat(store.journalLength(1)).isEqualTo(16);
		}

		assertThat(most).isBetween(BOUND / 8, BOUND);
	}

	@Test
	void refusesABoundThatIsTooLow() {
		assertThatIllegalArgumentException().isThrownBy(() -> new RocksDbOptions(this.temporary, true, BOUND - 1))
			.withMessageContaining("kraft.storage.native-memory");
	}

	/** The cache is charged with the write buffers, too. */
	private static long taken(RocksDbKeys keys) throws RocksDBException {
		return keys.database().getLongProperty(keys.family(Keyspace.JOURNAL), "rocksdb.block-cache-usage")
				+ keys.database().getAggregatedLongProperty("rocksdb.estimate-table-readers-mem");
	}

}
