package io.kraft.engine.store.rocksdb;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import io.kraft.engine.reliability.Proves;
import io.kraft.engine.store.Change;
import io.kraft.engine.store.Store;
import io.kraft.engine.store.kv.KeyBatch;
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
	void isSharedByTheDatabasesOfSeveralPartitionsWhicheverOfThemWrites() throws RocksDBException, IOException {
		int databases = 4;
		RocksDbStore.open(new RocksDbOptions(this.temporary.resolve("library"), false)).close();
		Random random = new Random(1);
		long most = 0;
		try (NativeMemory memory = new NativeMemory(BOUND, databases); NativeObjects objects = new NativeObjects()) {
			List<RocksDbKeys> all = new ArrayList<>();
			for (int database = 0; database < databases; database++) {
				Path directory = Files.createDirectory(this.temporary.resolve("db-" + database));
				all.add(objects.add(RocksDbKeys.open(directory, memory, this.temporary, () -> {
				})));
			}
			for (long number = 1; ENTRY_BYTES * number <= 4 * BOUND; number++) {
				// The first one is written little, and keeps what it has not flushed.
				RocksDbKeys keys = all.get((number % 20 == 0) ? 0 : 1 + random.nextInt(databases - 1));
				byte[] value = new byte[ENTRY_BYTES];
				random.nextBytes(value);
				try (KeyBatch batch = keys.batch()) {
					batch.put(Keyspace.JOURNAL, Long.toString(number).getBytes(StandardCharsets.US_ASCII), value);
					batch.write(false);
				}
				all.get(random.nextInt(databases))
					.get(Keyspace.JOURNAL,
							Long.toString(1 + random.nextLong(number)).getBytes(StandardCharsets.US_ASCII));
				most = Math.max(most, taken(keys));
			}
			assertThat(all.getFirst().unwrittenBytes()).isLessThanOrEqualTo(memory.writeBuffersOfOne() * 3 / 2);
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
