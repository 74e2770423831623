package io.kraft.engine.store.rocksdb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.kraft.client.WorkflowStatus;
import io.kraft.engine.reliability.Proves;
import io.kraft.engine.state.RunState;
import io.kraft.engine.store.Change;
import io.kraft.engine.store.RunRow;
import io.kraft.engine.store.StorageException;
import io.kraft.engine.store.Store;
import io.kraft.engine.store.check.Finding.Kind;
import io.kraft.engine.store.check.RepairReport;
import io.kraft.engine.store.kv.CheckContract;
import io.kraft.engine.store.kv.OrderedKeys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@Proves(fault = "Rows, indexes, counts, timers, inboxes and links are changed one by one",
		promise = "The doctor names the difference, and repairs what is derived")
class RocksDbCheckTests extends CheckContract {

	private static final RunRow ROW = RunRow.pending(1, "order", "order", 1, Map.of(), Instant.EPOCH);

	@TempDir
	Path temporary;

	@Override
	protected OrderedKeys open() throws IOException {
		NativeLibrary.load(this.temporary.resolve("native"));
		return RocksDbKeys.open(Files.createDirectory(this.temporary.resolve("db")),
				RocksDbOptions.DEFAULT_NATIVE_MEMORY_BYTES, () -> {
				});
	}

	@Test
	void checksADirectoryAndLeavesTheDatabaseAsItIs() throws IOException {
		RocksDbOptions options = inconsistent();
		Path database = options.directory().resolve("db");
		List<String> before = files(database);

		assertThat(RocksDbDoctor.check(options, 10).counts()).containsOnly(Map.entry(Kind.JOURNAL_MISSING, 1L),
				Map.entry(Kind.INDEX_MISSING, 2L), Map.entry(Kind.INDEX_WRONG, 3L), Map.entry(Kind.COUNT, 1L));
		assertThat(RocksDbDoctor.check(options, 10).hasViolations()).as("again").isTrue();
		assertThat(files(database)).isEqualTo(before);
	}

	@Test
	void repairsADirectory() {
		RocksDbOptions options = inconsistent();

		RepairReport report = RocksDbDoctor.repair(options, 10);

		assertThat(report.after().counts()).containsOnlyKeys(Kind.JOURNAL_MISSING);
		try (Store store = RocksDbStore.open(options)) {
			assertThat(store.check(10)).isEqualTo(report.after());
			assertThat(store.oldest(WorkflowStatus.RUNNING, 0, 10)).hasSize(1);
			assertThat(store.counts().get("order").of(WorkflowStatus.RUNNING)).isEqualTo(1);
		}
	}

	@Test
	void isKeptOutWhileTheStoreIsInUse() {
		RocksDbOptions options = new RocksDbOptions(this.temporary.resolve("data"), true);
		try (Store store = RocksDbStore.open(options)) {
			assertThat(store.check(10).findings()).isEmpty();
			assertThatExceptionOfType(StorageException.class).isThrownBy(() -> RocksDbDoctor.check(options, 10))
				.withMessageStartingWith("KRAFT-4002: ");
		}
		assertThat(RocksDbDoctor.check(options, 10).findings()).isEmpty();
	}

	@Test
	void makesNoStoreWhereThereIsNone() {
		RocksDbOptions options = new RocksDbOptions(this.temporary.resolve("none"), true);

		assertThatExceptionOfType(StorageException.class).isThrownBy(() -> RocksDbDoctor.repair(options, 10))
			.withMessageStartingWith("KRAFT-4004: ");
		assertThat(options.directory()).doesNotExist();
	}

	/** The change of a row that was not what the commit took it for. */
	private RocksDbOptions inconsistent() {
		RocksDbOptions options = new RocksDbOptions(this.temporary.resolve("data"), true);
		try (Store store = RocksDbStore.open(options)) {
			store.claim(1);
			store.commit(1, List.of(new Change.RunChanged(null, ROW)));
			RunRow wrong = new RunRow(ROW.number(), ROW.id(), ROW.name(), ROW.version(), ROW.step(), ROW.tags(),
					ROW.priority(), ROW.parentId(), ROW.createdAt(), null, ROW.revision(), new RunState.Running());
			store.commit(1, List.of(new Change.RunChanged(wrong, ROW.running(Instant.EPOCH))));
		}
		return options;
	}

	private static List<String> files(Path directory) throws IOException {
		try (var files = Files.list(directory)) {
			return files.filter((file) -> !file.getFileName().toString().startsWith("LOG"))
				.map((file) -> file.getFileName() + " " + file.toFile().length())
				.sorted()
				.toList();
		}
	}

}
