package io.kraft.engine.store.rocksdb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.kraft.client.BackupRefusedException;
import io.kraft.engine.store.Change;
import io.kraft.engine.store.StorageException;
import io.kraft.engine.store.Store;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class RocksDbStoresTests {

	private static final int PARTITIONS = 3;

	@TempDir
	private Path temporary;

	@Test
	void anOnlyPartitionHasTheDirectoryThatItAlwaysHad() throws IOException {
		stores(1).apply(0).close();

		assertThat(entries(data())).containsExactly("db", "kraft.lock");
	}

	@Test
	void severalAreMadeTogetherBeforeTheFirstIsHandedOut() throws IOException {
		stores(PARTITIONS).apply(1).close();

		assertThat(entries(data())).containsExactlyInAnyOrder("kraft.lock", "kraft.partitions", "partition-0",
				"partition-1", "partition-2");
		for (int partition = 0; partition < PARTITIONS; partition++) {
			assertThat(entries(partition(partition))).containsExactly("db", "kraft.lock");
			assertThat(permissions(partition(partition))).isEqualTo("rwx------");
		}
		assertThat(data().resolve("kraft.partitions")).hasContent("partitions=3\n");
		assertThat(permissions(data().resolve("kraft.partitions"))).isEqualTo("rw-------");
	}

	@Test
	void eachKeepsWhatIsItsOwn() {
		write();

		List<Store> stores = open();
		assertThat(stores).extracting(Store::pausedQueues)
			.containsExactly(List.of("queue-0"), List.of("queue-1"), List.of("queue-2"));
		stores.forEach(Store::close);
	}

	@Test
	void theDirectoryIsLockedFromTheFirstThatIsOpenedToTheLastThatIsClosed() {
		List<Store> stores = open();
		stores.getFirst().close();
		stores.get(1).close();

		assertThatExceptionOfType(StorageException.class).isThrownBy(() -> stores(PARTITIONS).apply(0))
			.withMessageStartingWith("KRAFT-4002: the data directory " + data() + " is in use");
		stores.getLast().close();
		stores.getLast().close();

		open().forEach(Store::close);
	}

	@Test
	void oneIsOpenedOnce() {
		RocksDbStores stores = stores(PARTITIONS);
		Store store = stores.apply(1);

		assertThatExceptionOfType(StorageException.class).isThrownBy(() -> stores.apply(1))
			.withMessageStartingWith("KRAFT-4002: the data directory " + partition(1));
		assertThatIllegalArgumentException().isThrownBy(() -> stores.apply(PARTITIONS));
		store.close();

		open().forEach(Store::close);
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 4 })
	void anotherNumberIsRefusedAndNothingIsChanged(int other) throws IOException {
		write();
		Map<String, String> before = files();

		assertThatExceptionOfType(StorageException.class).isThrownBy(() -> stores(other).apply(0))
			.withMessageStartingWith("KRAFT-5008: the data directory " + data()
					+ " was made with kraft.engine.partitions=3, but it is " + other + " now")
			.withMessageContaining("Set kraft.engine.partitions=3, or set kraft.storage.path to a new directory");

		assertThat(files()).isEqualTo(before);
		open().forEach(Store::close);
	}

	@Test
	void severalAreRefusedWhereThereIsAnOnlyOneAndNothingIsChanged() throws IOException {
		stores(1).apply(0).close();
		Map<String, String> before = files();

		assertThatExceptionOfType(StorageException.class).isThrownBy(() -> stores(PARTITIONS).apply(0))
			.withMessageContaining("was made with kraft.engine.partitions=1, but it is 3 now");

		assertThat(files()).isEqualTo(before);
		stores(1).apply(0).close();
	}

	@Test
	void theDirectoryOfOneOfSeveralIsNoDataDirectory() {
		write();

		assertThatExceptionOfType(StorageException.class)
			.isThrownBy(() -> new RocksDbStores(new RocksDbOptions(partition(1), true), 1).apply(0))
			.withMessageStartingWith("KRAFT-5008: ")
			.withMessageContaining("is the store of partition 1 of 3, but expected is that of the only partition");
	}

	@Test
	void aPartitionThatIsMissingIsRefused() throws IOException {
		write();
		DatabaseFiles.delete(partition(1));
		Map<String, String> before = files();

		assertThatExceptionOfType(StorageException.class).isThrownBy(() -> stores(PARTITIONS).apply(0))
			.withMessageStartingWith("KRAFT-4003: the data directory " + data() + " was made with 3 partitions, but "
					+ "there is no store in " + partition(1));

		assertThat(files()).isEqualTo(before);
	}

	@Test
	void aPartitionWithAnEmptyDatabaseInItsPlaceIsRefused() throws IOException {
		write();
		Path other = this.temporary.resolve("other");
		DatabaseFiles.delete(partition(1).resolve("db"));
		RocksDbKeys.open(Files.createDirectory(other), RocksDbOptions.DEFAULT_NATIVE_MEMORY_BYTES, () -> {
		}).close();
		Files.move(other, partition(1).resolve("db"));

		assertThatExceptionOfType(StorageException.class).isThrownBy(() -> stores(PARTITIONS).apply(1))
			.withMessageStartingWith("KRAFT-4003: ")
			.withMessageContaining("there is no store in " + partition(1));
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void aStoreInThePlaceOfAnotherOneIsRefused(boolean recorded) throws IOException {
		write();
		Files.move(partition(0), this.temporary.resolve("0"));
		Files.move(partition(1), partition(0));
		Files.move(this.temporary.resolve("0"), partition(1));
		forgetUnless(recorded);

		assertThatExceptionOfType(StorageException.class).isThrownBy(() -> stores(PARTITIONS).apply(0))
			.withMessageStartingWith("KRAFT-5008: ")
			.withMessageContaining("partition 1 of 3");
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 2 })
	void aFirstStartThatDiedWhileItMadeTheStoresIsContinued(int made) throws IOException {
		stores(PARTITIONS).apply(0).close();
		Files.delete(data().resolve("kraft.partitions"));
		for (int partition = made; partition < PARTITIONS; partition++) {
			DatabaseFiles.delete(partition(partition));
		}
		// The one that was being made.
		Files.createDirectories(partition(made).resolve("db"));

		write();

		assertThat(data().resolve("kraft.partitions")).hasContent("partitions=3\n");
	}

	@Test
	void aFirstStartThatDiedWhileADatabaseWasBeingMadeIsContinued() throws Exception {
		stores(PARTITIONS).apply(0).close();
		Files.delete(data().resolve("kraft.partitions"));
		DatabaseFiles.delete(partition(1).resolve("db"));
		try (Options options = new Options().setCreateIfMissing(true);
				RocksDB begun = RocksDB.open(options, Files.createDirectory(partition(1).resolve("db")).toString())) {
			assertThat(begun.getName()).isNotEmpty();
		}

		write();
	}

	@Test
	void aFirstStartThatDiedIsContinuedWithTheSameNumberOnly() throws IOException {
		stores(PARTITIONS).apply(0).close();
		Files.delete(data().resolve("kraft.partitions"));
		DatabaseFiles.delete(partition(2));

		for (int other : new int[] { 1, 2, 4 }) {
			assertThatExceptionOfType(StorageException.class).isThrownBy(() -> stores(other).apply(0))
				.withMessageStartingWith("KRAFT-5008: ");
		}

		write();
	}

	@Test
	void aPartitionThatIsMissingIsRefusedAlsoWhereTheRecordIsLost() throws IOException {
		write();
		forgetUnless(false);
		DatabaseFiles.delete(partition(2));

		assertThatExceptionOfType(StorageException.class).isThrownBy(() -> stores(PARTITIONS).apply(0))
			.withMessageStartingWith("KRAFT-4003: ")
			.withMessageContaining("there is no store in " + partition(2));

		assertThat(partition(2)).doesNotExist();
		assertThat(data().resolve("kraft.partitions")).doesNotExist();
	}

	@Test
	void aRecordThatIsLostIsWrittenAgainWhereNoPartitionIsMissing() throws IOException {
		write();
		forgetUnless(false);

		open().forEach(Store::close);

		assertThat(data().resolve("kraft.partitions")).hasContent("partitions=3\n");
	}

	@Test
	void noBackupIsWrittenIntoTheDataDirectory() {
		List<Store> stores = open();

		assertThatExceptionOfType(BackupRefusedException.class)
			.isThrownBy(() -> stores.getFirst().backup(data().resolve("backup"), Duration.ofMinutes(1)))
			.withMessageContaining("is in the data directory");
		stores.forEach(Store::close);
	}

	@Test
	void theirNumberAndMemoryHaveBounds() {
		assertThatIllegalArgumentException().isThrownBy(() -> stores(0)).withMessageContaining("1 to 64");
		assertThatIllegalArgumentException().isThrownBy(() -> stores(65))
			.withMessageContaining("kraft.engine.partitions");
		assertThatIllegalArgumentException().isThrownBy(() -> stores(17))
			.withMessageContaining("must be at least 285212672 for 17 partitions (kraft.storage.native-memory)");
		assertThat(RocksDbStores.minNativeMemoryBytes(1)).isEqualTo(RocksDbOptions.MIN_NATIVE_MEMORY_BYTES);
	}

	/** Each partition has an owner, and something to keep. */
	private void write() {
		List<Store> stores = open();
		for (int partition = 0; partition < PARTITIONS; partition++) {
			Store store = stores.get(partition);
			store.claim(store.epoch() + 1);
			store.commit(store.epoch(), List.of(new Change.QueuePaused("queue-" + partition, true)));
			store.close();
		}
	}

	private List<Store> open() {
		RocksDbStores stores = stores(PARTITIONS);
		return IntStream.range(0, PARTITIONS).mapToObj(stores).toList();
	}

	private RocksDbStores stores(int partitions) {
		return new RocksDbStores(new RocksDbOptions(data(), true), partitions);
	}

	private void forgetUnless(boolean recorded) throws IOException {
		if (!recorded) {
			Files.delete(data().resolve("kraft.partitions"));
		}
	}

	private Path data() {
		return this.temporary.resolve("data");
	}

	private Path partition(int number) {
		return data().resolve("partition-" + number);
	}

	/** Without the library, which a process unpacks once. */
	private static List<String> entries(Path directory) throws IOException {
		try (Stream<Path> entries = Files.list(directory)) {
			return entries.map((entry) -> entry.getFileName().toString())
				.filter((name) -> !name.equals("native"))
				.sorted()
				.toList();
		}
	}

	private static String permissions(Path path) throws IOException {
		return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
	}

	private Map<String, String> files() throws IOException {
		Map<String, String> files = new TreeMap<>();
		try (Stream<Path> all = Files.walk(data())) {
			for (Path file : all.toList()) {
				files.put(file.toString(), Files.size(file) + " bytes of " + Files.getLastModifiedTime(file));
			}
		}
		return files;
	}

}
