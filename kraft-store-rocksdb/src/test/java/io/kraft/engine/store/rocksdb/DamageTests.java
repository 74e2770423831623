package io.kraft.engine.store.rocksdb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import io.kraft.engine.reliability.Proves;
import io.kraft.engine.store.Change.EntryAppended;
import io.kraft.engine.store.StorageException;
import io.kraft.engine.store.Store;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Damages copies of a database that was killed after some commits.
 */
@Proves(fault = "Files of the database are cut off, changed or missing",
		promise = "The torn end of a crash is dropped; everything else is refused")
class DamageTests {

	private static final int COMMITS = 300;

	@TempDir
	private Path temporary;

	private Path killed;

	private String log;

	private byte[] written;

	/** The length of the log after each commit. */
	private final List<Integer> ends = new ArrayList<>();

	private int copies;

	@BeforeEach
	void commitAndKill() throws IOException {
		Path directory = this.temporary.resolve("live");
		this.killed = this.temporary.resolve("killed");
		try (Store store = open(directory, true)) {
			store.claim(1);
			Path log = DatabaseFiles.named(directory, "", ".log").getLast();
			Random random = new Random(1);
			for (int sequence = 0; sequence < COMMITS; sequence++) {
				byte[] entry = new byte[(sequence == 200) ? 70_000 : 150];
				random.nextBytes(entry);
				store.commit(1, List.of(new EntryAppended(1, sequence, entry)));
				this.ends.add((int) Files.size(log));
			}
			DatabaseFiles.copy(directory.resolve("db"), this.killed.resolve("db"));
			this.log = log.getFileName().toString();
			this.written = Files.readAllBytes(log);
		}
	}

	@Test
	void dropsNoMoreThanTheLastRecordWhereverItsWritingStopped() throws IOException {
		int last = this.ends.get(COMMITS - 2);
		for (int length = last; length < this.written.length; length += 3) {
			assertThat(entriesWith(Arrays.copyOf(this.written, length))).isEqualTo(COMMITS - 1);
		}
		assertThat(entriesWith(this.written)).isEqualTo(COMMITS);
	}

	@Test
	void dropsALastRecordOfSeveralFragmentsWhereverItsWritingStopped() throws IOException {
		for (int length = this.ends.get(199); length < this.ends.get(200); length += 4999) {
			assertThat(entriesWith(Arrays.copyOf(this.written, length))).isEqualTo(200);
		}
	}

	@Test
	void dropsALastRecordOfWhichOnlySomePagesReachedTheDisk() throws IOException {
		int start = this.ends.get(199);
		int end = this.ends.get(200);
		for (int page = start; page < end; page += 4096) {
			byte[] damaged = Arrays.copyOf(this.written, end);
			Arrays.fill(damaged, page, Math.min(page + 4096, end), (byte) 0);

			assertThat(entriesWith(damaged)).isEqualTo(200);
		}
	}

	@Test
	void goesOnAfterATornRecordThroughFurtherKills() throws IOException {
		Path directory = copyWith(Arrays.copyOf(this.written, this.written.length - 20));
		for (int round = 0; round < 3; round++) {
			Path next = this.temporary.resolve("round-" + round);
			try (Store store = open(directory, true)) {
				assertThat(entries(store)).isEqualTo(COMMITS - 1 + round);
				store.commit(1, List.of(new EntryAppended(1, COMMITS - 1 + round, new byte[100])));
				DatabaseFiles.copy(directory.resolve("db"), next.resolve("db"));
			}
			directory = next;
		}
	}

	@Test
	void refusesALogThatIsDamagedBeforeItsLastRecordAndNamesIt() throws IOException {
		int last = this.ends.get(COMMITS - 2);
		Random random = new Random(2);
		for (int i = 0; i < 40; i++) {
			byte[] damaged = this.written.clone();
			damaged[random.nextInt(last)] ^= (byte) (1 << random.nextInt(8));

			refuses(damaged);
		}
	}

	@Test
	void refusesDamageInTheLastBlockTooWhereRocksDbWouldNot() throws IOException {
		int start = this.ends.get(COMMITS - 4);
		byte[] hugeLength = this.written.clone();
		hugeLength[start + 5] ^= (byte) 0x80;
		byte[] zeros = this.written.clone();
		Arrays.fill(zeros, start, this.ends.get(COMMITS - 3), (byte) 0);

		refuses(hugeLength);
		refuses(zeros);
	}

	@Test
	void refusesALogOfWhichARecordIsMissing() throws IOException {
		int from = this.ends.get(0);
		int to = this.ends.get(1);
		byte[] missing = new byte[this.written.length - (to - from)];
		System.arraycopy(this.written, 0, missing, 0, from);
		System.arraycopy(this.written, to, missing, from, missing.length - from);

		refuses(missing);
	}

	@Test
	void leavesADamagedDatabaseAsItIs() throws IOException {
		byte[] damaged = this.written.clone();
		damaged[100] ^= 1;
		Path directory = copyWith(damaged);
		List<Path> before = DatabaseFiles.named(directory, "", "");

		assertThatExceptionOfType(StorageException.class).isThrownBy(() -> open(directory, true));

		assertThat(DatabaseFiles.named(directory, "", "")).isEqualTo(before);
		assertThat(directory.resolve("db").resolve(this.log)).hasBinaryContent(damaged);
	}

	@Test
	void dropsWhatFollowsDamageIfCommitsWereNeverDurable() throws IOException {
		byte[] damaged = this.written.clone();
		damaged[this.ends.get(150) + 20] ^= 1;

		try (Store store = open(copyWith(damaged), false)) {
			assertThat(entries(store)).isEqualTo(151);
		}
	}

	@Test
	void refusesADatabaseWhoseCurrentFileIsMissing() throws IOException {
		Path directory = copyWith(this.written);
		Files.delete(directory.resolve("db/CURRENT"));

		assertThatExceptionOfType(StorageException.class).isThrownBy(() -> open(directory, true))
			.withMessageStartingWith("KRAFT-4003: ")
			.withMessageContaining("CURRENT");
	}

	@Test
	void neverAnswersWrongFromADamagedTableOrManifest() throws IOException {
		Path flushed = copyWith(this.written);
		// Recovery writes what it finds in the log to a table.
		open(flushed, true).close();
		Random random = new Random(3);
		int refused = 0;
		for (Path file : Stream
			.concat(DatabaseFiles.named(flushed, "", ".sst").stream(),
					DatabaseFiles.named(flushed, "MANIFEST", "").stream())
			.toList()) {
			for (int i = 0; i < 25; i++) {
				byte[] bytes = Files.readAllBytes(file);
				bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
				Path damaged = this.temporary.resolve("copy-" + this.copies++);
				DatabaseFiles.copy(flushed.resolve("db"), damaged.resolve("db"));
				Files.write(damaged.resolve("db").resolve(file.getFileName()), bytes);

				refused += isRefused(damaged) ? 1 : 0;
			}
		}
		assertThat(refused).isGreaterThan(25);
	}

	private boolean isRefused(Path directory) {
		try (Store store = open(directory, true)) {
			assertThat(entries(store)).isEqualTo(COMMITS);
			return false;
		}
		catch (StorageException ex) {
			// RocksDB names the file; where a table's properties are damaged, the
			// manifest.
			assertThat(ex).hasMessageStartingWith("KRAFT-4003: ")
				.hasMessageContaining(directory.resolve("db").toString())
				.hasMessageMatching("(?s).*(\\.sst|MANIFEST-).*");
			return true;
		}
	}

	private void refuses(byte[] log) throws IOException {
		Path directory = copyWith(log);
		assertThatExceptionOfType(StorageException.class).isThrownBy(() -> open(directory, true))
			.withMessageStartingWith("KRAFT-4003: ")
			.withMessageContaining(this.log)
			.withMessageContaining("backup");
	}

	private int entriesWith(byte[] log) throws IOException {
		try (Store store = open(copyWith(log), true)) {
			return entries(store);
		}
	}

	private Path copyWith(byte[] log) throws IOException {
		Path copy = this.temporary.resolve("copy-" + this.copies++);
		DatabaseFiles.copy(this.killed.resolve("db"), copy.resolve("db"));
		Files.write(copy.resolve("db").resolve(this.log), log);
		return copy;
	}

	private static Store open(Path directory, boolean sync) {
		return RocksDbStore.open(new RocksDbOptions(directory, sync));
	}

	private static int entries(Store store) {
		int[] entries = { 0 };
		store.journal(1, 0, (entry) -> entries[0]++);
		return entries[0];
	}

}
