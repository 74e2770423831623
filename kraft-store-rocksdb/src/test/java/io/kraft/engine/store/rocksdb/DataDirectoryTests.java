package io.kraft.engine.store.rocksdb;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import io.kraft.engine.store.StorageException;
import io.kraft.engine.store.Store;
import io.kraft.engine.store.kv.KeyBatch;
import io.kraft.engine.store.kv.Keyspace;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class DataDirectoryTests {

	@TempDir
	private Path temporary;

	private Path directory;

	private Path otherTemporary;

	@BeforeEach
	void prepare() throws IOException {
		this.directory = this.temporary.resolve("some/new/directory");
		this.otherTemporary = Files.createDirectory(this.temporary.resolve("tmp"));
	}

	@Test
	void makesTheDirectoryIfItIsMissing() {
		open().close();

		assertThat(this.directory.resolve("db")).isDirectoryContaining("glob:**/CURRENT");
	}

	@Test
	void keepsASecondProcessOutAndNamesTheDirectoryAndTheCure() throws IOException {
		try (OtherProcess holder = OtherProcess.start(this.directory, this.otherTemporary, 0)) {
			assertThat(holder.line()).isEqualTo("open");

			assertThatExceptionOfType(StorageException.class).isThrownBy(this::open)
				.withMessageStartingWith("KRAFT-4002: ")
				.withMessageContaining(this.directory.toString())
				.withMessageContaining("another process")
				.withMessageContaining("Stop it");

			holder.kill();
		}
		open().close();
	}

	@Test
	void keepsItselfOutASecondTime() {
		try (Store store = open()) {
			assertThatExceptionOfType(StorageException.class).isThrownBy(this::open)
				.withMessageStartingWith("KRAFT-4002: ")
				.withMessageContaining("this process");
			assertThat(store.epoch()).isZero();
		}
	}

	@Test
	void losesNoAcknowledgedCommitHoweverOftenTheProcessIsKilled() throws IOException {
		int acknowledged = -1;
		for (int round = 0; round < 6; round++) {
			try (OtherProcess writer = OtherProcess.start(this.directory, this.otherTemporary, -1)) {
				assertThat(writer.line()).isEqualTo("open");
				for (int commits = 20 + 37 * round; commits > 0; commits--) {
					acknowledged = Integer.parseInt(writer.line());
				}
				writer.kill();
			}
		}

		try (Store store = open()) {
			assertThat(entries(store)).isGreaterThan(acknowledged);
		}
	}

	@Test
	void unpacksTheNativeLibraryOnceAndLeavesNothingInTheTemporaryDirectory() throws IOException {
		startAndEndAnotherProcess();
		Path library = library();
		FileTime longAgo = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));
		Files.setLastModifiedTime(library, longAgo);

		startAndEndAnotherProcess();

		assertThat(Files.getLastModifiedTime(library)).isEqualTo(longAgo);
		assertThat(this.otherTemporary).isEmptyDirectory();
	}

	@Test
	void unpacksTheNativeLibraryAgainIfItWasCutOff() throws IOException {
		startAndEndAnotherProcess();
		long size = Files.size(library());
		Files.write(library(), new byte[1000]);

		startAndEndAnotherProcess();

		assertThat(library()).hasSize(size);
	}

	@Test
	void saysWhatToDoIfTheDirectoryIsAFile() throws IOException {
		Files.createDirectories(this.directory.getParent());
		Files.writeString(this.directory, "a file");

		assertThatExceptionOfType(StorageException.class).isThrownBy(this::open)
			.withMessageStartingWith("KRAFT-4004: ")
			.withMessageContaining("because " + this.directory + " is a file")
			.withMessageContaining("kraft.storage.path");
	}

	@Test
	void saysWhatToDoIfTheDirectoryCannotBeMade() throws IOException {
		Files.createDirectories(this.directory.getParent().getParent());
		Files.writeString(this.directory.getParent(), "a file");

		assertThatExceptionOfType(StorageException.class).isThrownBy(this::open)
			.withMessageStartingWith("KRAFT-4004: ")
			.withMessageContaining("because " + this.directory.getParent() + " is a file");
	}

	@Test
	void saysWhatToDoIfTheDirectoryIsReadOnly() {
		Path readOnly = Path.of("/proc/kraft");

		assertThatExceptionOfType(StorageException.class)
			.isThrownBy(() -> RocksDbStore.open(new RocksDbOptions(readOnly, true)))
			.withMessageStartingWith("KRAFT-4004: ");
	}

	@Test
	void refusesAStoreOfAnUnknownFormatAndChangesNothing() throws IOException {
		open().close();
		byte[] format = "format".getBytes(StandardCharsets.US_ASCII);
		byte[] unknown = ByteBuffer.allocate(Long.BYTES).putLong(4).array();
		try (RocksDbKeys keys = keys(); KeyBatch batch = keys.batch()) {
			batch.put(Keyspace.META, format, unknown);
			batch.write(true);
		}
		long size = DatabaseFiles.size(this.directory);

		assertThatExceptionOfType(StorageException.class).isThrownBy(this::open)
			.withMessageStartingWith("KRAFT-4005: ")
			.withMessageContaining("the store is of format 4");

		try (RocksDbKeys keys = keys()) {
			assertThat(keys.get(Keyspace.META, format)).isEqualTo(unknown);
		}
		assertThat(DatabaseFiles.size(this.directory)).isEqualTo(size);
	}

	@Test
	void refusesADatabaseWithAKindOfDataThatItDoesNotKnow() throws Exception {
		open().close();
		try (Options options = new Options().setCreateIfMissing(true);
				RocksDB other = RocksDB.open(options, Files.createDirectories(this.temporary.resolve("db")).toString());
				var added = other
					.createColumnFamily(new ColumnFamilyDescriptor("schedules".getBytes(StandardCharsets.US_ASCII)))) {
			assertThat(added.getName()).isNotEmpty();
		}

		assertThatExceptionOfType(StorageException.class)
			.isThrownBy(() -> RocksDbStore.open(new RocksDbOptions(this.temporary, true)))
			.withMessageStartingWith("KRAFT-4005: ")
			.withMessageContaining("'schedules'");
	}

	@Test
	void keepsItsInfoLogsFew() throws IOException {
		for (int i = 0; i < 10; i++) {
			open().close();
		}

		assertThat(DatabaseFiles.named(this.directory, "LOG", "")).hasSizeLessThanOrEqualTo(4);
	}

	private Store open() {
		return RocksDbStore.open(new RocksDbOptions(this.directory, true));
	}

	private RocksDbKeys keys() {
		return RocksDbKeys.open(this.directory.resolve("db"), RocksDbOptions.DEFAULT_NATIVE_MEMORY_BYTES, () -> {
		});
	}

	private void startAndEndAnotherProcess() throws IOException {
		try (OtherProcess other = OtherProcess.start(this.directory, this.otherTemporary, 0)) {
			assertThat(other.line()).isEqualTo("open");
		}
	}

	private Path library() throws IOException {
		try (Stream<Path> files = Files.walk(this.directory.resolve("native"))) {
			List<Path> found = files.filter(Files::isRegularFile).toList();
			assertThat(found).hasSize(1);
			return found.getFirst();
		}
	}

	private static int entries(Store store) {
		int[] expected = { 0 };
		store.journal(1, 0, (entry) -> {
			assertThat(new String(entry, 0, 9, StandardCharsets.US_ASCII)).isEqualTo("%09d".formatted(expected[0]));
			expected[0]++;
		});
		return expected[0];
	}

}
