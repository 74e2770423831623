package io.kraft.engine.store.rocksdb;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import io.kraft.client.BackupRefusedException;
import io.kraft.engine.reliability.Proves;
import io.kraft.engine.store.Change;
import io.kraft.engine.store.RunRow;
import io.kraft.engine.store.StorageException;
import io.kraft.engine.store.Store;
import io.kraft.engine.store.memory.MemoryMedium;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

@Proves(fault = "Commits, crashes and time-outs meet a backup", promise = "It is complete, or there is none")
@Timeout(120)
class BackupTests {

	private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

	private static final Duration PATIENCE = Duration.ofMinutes(1);

	@TempDir
	Path temporary;

	private Store store;

	@BeforeEach
	void open() {
		this.store = RocksDbStore.open(new RocksDbOptions(data(), true));
		this.store.claim(7);
	}

	@AfterEach
	void close() {
		this.store.close();
	}

	@Test
	void holdsWhatWasCommittedBeforeWhileCommitsGoOn() throws InterruptedException {
		AtomicLong committed = new AtomicLong();
		AtomicBoolean stopped = new AtomicBoolean();
		Thread writer = Thread.ofPlatform().start(() -> {
			for (long number = 1; !stopped.get(); number++) {
				this.store.commit(7, List.of(run(number), entry(number, 0), entry(number, 1)));
				committed.set(number);
			}
		});
		await().until(() -> committed.get() > 20);

		for (int backup = 1; backup <= 3; backup++) {
			long before = committed.get();
			Path target = this.temporary.resolve("backups/" + backup);

			long sizeBytes = this.store.backup(target, PATIENCE);

			assertThat(sizeBytes).isPositive();
			assertThat(target.resolveSibling(backup + ".incomplete")).doesNotExist();
			assertThatItIsABeginning(target, before);
		}
		stopped.set(true);
		writer.join();
		assertThat(this.store.highestRun()).isEqualTo(committed.get());
	}

	private static void assertThatItIsABeginning(Path target, long least) {
		try (Store copy = RocksDbStore.open(new RocksDbOptions(target, true))) {
			assertThat(copy.epoch()).isEqualTo(7);
			assertThat(copy.highestRun()).isGreaterThanOrEqualTo(least);
			for (long number = 1; number <= copy.highestRun(); number++) {
				assertThat(copy.run(number)).isPresent();
				assertThat(copy.journalLength(number)).isEqualTo(2);
			}
			copy.claim(8);
			copy.commit(8, List.of(run(copy.highestRun() + 1)));
		}
	}

	@Test
	void isForItsUserOnlyFromTheFirstMomentOn() throws IOException {
		this.store.commit(7, List.of(run(1), entry(1, 0)));

		this.store.backup(target(), PATIENCE);

		try (Stream<Path> files = Files.walk(target())) {
			assertThat(files).hasSizeGreaterThan(3)
				.allSatisfy((file) -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
					.isEqualTo(Files.isDirectory(file) ? "rwx------" : "rw-------"));
		}
	}

	@Test
	void isNotWrittenThroughALinkThatSomebodyPutInItsPlace() throws IOException {
		Path elsewhere = Files.createDirectory(this.temporary.resolve("elsewhere"));
		Files.createDirectories(target().getParent());
		Files.createSymbolicLink(target().resolveSibling(target().getFileName() + ".incomplete"), elsewhere);

		this.store.backup(target(), PATIENCE);

		assertThat(elsewhere).isEmptyDirectory();
		assertThat(target().resolve("db")).isDirectoryContaining("glob:**/CURRENT");
	}

	@Test
	void isNotTouchedByWhatHappensToTheStoreLater() {
		this.store.commit(7, List.of(run(1), entry(1, 0)));
		this.store.backup(target(), PATIENCE);

		this.store.commit(7, List.of(new Change.JournalCleared(1, 1)));

		assertThatItIsABeginningOfOneEntry();
		assertThat(this.store.journalLength(1)).isZero();
	}

	private void assertThatItIsABeginningOfOneEntry() {
		try (Store copy = RocksDbStore.open(new RocksDbOptions(target(), true))) {
			assertThat(copy.journalLength(1)).isEqualTo(1);
		}
	}

	@Test
	void isRefusedWhereThereIsSomething() throws IOException {
		Files.createDirectories(target());
		Files.writeString(target().resolve("letter"), "dear");
		Path file = Files.writeString(this.temporary.resolve("file"), "x");

		assertThatItIsRefused(target(), "exists and is not an empty directory");
		assertThatItIsRefused(file, "exists and is not an empty directory");
		assertThat(target().resolve("letter")).hasContent("dear");
	}

	@Test
	void isRefusedInTheDataDirectoryAlsoByWayOfALink() throws IOException {
		Path link = Files.createSymbolicLink(this.temporary.resolve("link"), data());

		assertThatItIsRefused(data().resolve("backup"), "in the data directory");
		assertThatItIsRefused(link.resolve("further/backup"), "in the data directory");
		assertThat(data().resolve("further")).doesNotExist();
	}

	@Test
	void takesAnEmptyDirectory() throws IOException {
		Files.createDirectories(target());

		this.store.backup(target(), PATIENCE);

		assertThat(target().resolve("db/CURRENT")).exists();
	}

	@Test
	void whatTakesTooLongIsRemovedAndStandsInNobodysWay() {
		assertThatExceptionOfType(StorageException.class).isThrownBy(() -> this.store.backup(target(), Duration.ZERO))
			.withMessageContaining("longer than 0 s")
			.extracting(StorageException::code)
			.isEqualTo(StorageException.BACKUP_FAILED);

		await().ignoreExceptionsInstanceOf(BackupRefusedException.class)
			.until(() -> this.store.backup(this.temporary.resolve("next"), PATIENCE) > 0);
		assertThat(target()).doesNotExist();
		assertThat(target().resolveSibling("backup.incomplete")).doesNotExist();
	}

	/** As a process that dies while it writes a backup leaves it. */
	@Test
	void whatACrashLeavesIsNoBackupAndIsReplacedByTheNextOne() throws IOException {
		this.store.commit(7, List.of(run(1), entry(1, 0)));
		this.store.backup(target(), PATIENCE);
		Path incomplete = target().resolveSibling("backup.incomplete");
		Files.move(target(), incomplete);
		Files.writeString(incomplete.resolve("backup.incomplete"), "");

		assertThatExceptionOfType(StorageException.class)
			.isThrownBy(() -> RocksDbStore.open(new RocksDbOptions(incomplete, true)))
			.withMessageContaining("a backup that was not completed")
			.extracting(StorageException::code)
			.isEqualTo(StorageException.DAMAGED);

		this.store.backup(target(), PATIENCE);

		assertThat(incomplete).doesNotExist();
		assertThatItIsABeginningOfOneEntry();
	}

	@Test
	void isRefusedByAStoreInMemory() {
		try (Store memory = new MemoryMedium().open()) {
			assertThatExceptionOfType(BackupRefusedException.class).isThrownBy(() -> memory.backup(target(), PATIENCE))
				.withMessageContaining("kraft.storage.type=rocksdb")
				.withMessageNotContaining(this.temporary.toString());
		}
	}

	private void assertThatItIsRefused(Path target, String why) {
		assertThatExceptionOfType(BackupRefusedException.class).isThrownBy(() -> this.store.backup(target, PATIENCE))
			.withMessageStartingWith("KRAFT-4009: ")
			.withMessageContaining(why)
			.withMessageNotContaining(this.temporary.toString());
	}

	private Path data() {
		return this.temporary.resolve("data");
	}

	private Path target() {
		return this.temporary.resolve("backup");
	}

	private static Change.RunChanged run(long number) {
		return new Change.RunChanged(null, RunRow.pending(number, "run-" + number, "order", 1, Map.of(), NOON));
	}

	private static Change.EntryAppended entry(long run, int sequence) {
		return new Change.EntryAppended(run, sequence, "entry".getBytes(StandardCharsets.UTF_8));
	}

}
