package io.kraft.engine.store.rocksdb;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.kraft.client.BackupRefusedException;
import io.kraft.engine.store.StorageException;
import io.kraft.engine.store.kv.KeyBatch;
import io.kraft.engine.store.kv.KeyCursor;
import io.kraft.engine.store.kv.KeyReader;
import io.kraft.engine.store.kv.Keyspace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A crash is a copy of the files at that moment: what a process that is killed leaves.
 */
class ReplicaKeysTests {

	private static final byte[] POSITION = { 0x7F, 1 };

	@TempDir
	private Path temp;

	private ReplicaMemory memory;

	private final List<ReplicaKeys> opened = new ArrayList<>();

	/** Replicas as they were at each step, by what had been done last. */
	private final Map<String, Path> crashes = new LinkedHashMap<>();

	@BeforeEach
	void open() {
		this.memory = ReplicaMemory.open(this.temp.resolve("native"), ReplicaMemory.DEFAULT_BYTES, 4);
	}

	@AfterEach
	void close() {
		this.opened.forEach(ReplicaKeys::close);
		this.memory.close();
	}

	@Test
	void whatWasNotFlushedIsLostInACrashInAllKeyspacesAlike() throws IOException {
		ReplicaKeys keys = open("a");
		write(keys, 0, 5);
		keys.flush();
		write(keys, 5, 9);

		ReplicaKeys after = open(crash("a"));

		assertThat(position(after).index()).isEqualTo(4);
		assertHolds(after, 5);
		write(after, 5, 7);
		assertHolds(after, 7);
	}

	@Test
	void aCloseMakesAllDurable() throws IOException {
		ReplicaKeys keys = open("a");
		write(keys, 0, 5);
		keys.close();

		ReplicaKeys after = open("a");

		assertHolds(after, 5);
	}

	@Test
	void aCheckpointReplacesTheOneBeforeAndSurvivesACrash() throws IOException {
		ReplicaKeys keys = open("a");
		write(keys, 0, 5);
		keys.checkpoint(position(keys));
		write(keys, 5, 8);
		ReplicaSnapshot second = keys.checkpoint(position(keys));
		write(keys, 8, 9);

		assertThat(keys.newest()).contains(second);
		assertThat(keys.snapshots()).isDirectoryContaining((path) -> path.getFileName().toString().equals("s-1-7"));
		assertThat(snapshots(this.temp.resolve("a"))).containsExactly("s-1-7");
		ReplicaKeys after = open(crash("a"));
		assertThat(after.newest().orElseThrow().at().index()).isEqualTo(7);
		assertHolds(after, 8);
	}

	@Test
	void aDatabaseThatIsFurtherThanItsSnapshotGetsOneWhenItIsOpened() throws IOException {
		ReplicaKeys keys = open("a");
		write(keys, 0, 5);
		keys.checkpoint(position(keys));
		write(keys, 5, 8);
		keys.close();

		ReplicaKeys after = open("a");

		assertThat(after.newest().orElseThrow().at().index()).isEqualTo(7);
		assertHolds(after, 8);
	}

	@Test
	void aCheckpointThatIsInterruptedAtAnyPointLeavesAReplicaThatContinues() throws IOException {
		ReplicaKeys keys = open("a", recordCrashes("a"));
		write(keys, 0, 5);
		keys.checkpoint(position(keys));
		write(keys, 5, 8);
		this.crashes.clear();

		keys.checkpoint(position(keys));

		assertThat(this.crashes).containsOnlyKeys("a checkpoint is written", "a checkpoint is sealed",
				"a checkpoint is named", "former checkpoints are removed");
		this.crashes.forEach((step, directory) -> assertContinues(step, directory, 8));
	}

	@Test
	void anInstallationThatIsInterruptedAtAnyPointLeavesAReplicaThatContinues() throws IOException {
		ReplicaKeys ahead = open("ahead");
		write(ahead, 0, 20);
		ahead.checkpoint(position(ahead));
		ReplicaKeys behind = open("behind", recordCrashes("behind"));
		write(behind, 0, 5);
		behind.checkpoint(position(behind));
		write(behind, 5, 7);
		this.crashes.clear();

		receive(behind, ahead);
		this.crashes.put("a snapshot was received", crash("behind"));
		behind.install();

		assertThat(this.crashes).containsOnlyKeys("a snapshot was received", "a snapshot is to be installed",
				"the new database is made", "the old database is aside", "the new database is named",
				"the old database is removed");
		assertThat(position(behind).index()).isEqualTo(19);
		assertHolds(behind, 20);
		write(behind, 20, 22);
		assertHolds(behind, 22);
		assertThat(ahead.get(Keyspace.RUNS, key(20))).as("the other one's files").isNull();
		this.crashes.forEach((step, directory) -> assertContinues(step, directory, 20));
	}

	@Test
	void theInstallationOfAReplicaThatIsEmptyIsInterruptedToo() throws IOException {
		ReplicaKeys ahead = open("ahead");
		write(ahead, 0, 20);
		ahead.checkpoint(position(ahead));
		ReplicaKeys empty = open("empty", recordCrashes("empty"));

		receive(empty, ahead);
		empty.install();

		assertThat(this.crashes).hasSize(5);
		this.crashes.forEach((step, directory) -> assertContinues(step, directory, 20));
	}

	@Test
	void theFormerSnapshotsMayBeAsideWhenItDies() throws IOException {
		ReplicaKeys keys = open("a");
		write(keys, 0, 5);
		keys.checkpoint(position(keys));
		keys.close();
		// As the library does before it names those that it has received.
		Files.move(this.temp.resolve("a/snapshots"), this.temp.resolve("a/snapshots.tmp.20260101"));

		ReplicaKeys after = open("a");

		assertThat(after.newest().orElseThrow().at().index()).isEqualTo(4);
		assertHolds(after, 5);
		assertThat(this.temp.resolve("a/snapshots.tmp.20260101")).doesNotExist();
	}

	@Test
	void aSnapshotThatIsNotCompleteIsNotUsed() throws IOException {
		ReplicaKeys ahead = open("ahead");
		write(ahead, 0, 20);
		Path sent = ahead.checkpoint(position(ahead)).directory();
		ReplicaKeys behind = open("behind");
		write(behind, 0, 5);
		receive(behind, ahead);
		Path table = SnapshotFiles.files(behind.snapshots().resolve(sent.getFileName()))
			.stream()
			.filter((file) -> file.toString().endsWith(".sst"))
			.findFirst()
			.orElseThrow();
		try (var channel = Files.newByteChannel(table, StandardOpenOption.WRITE)) {
			channel.truncate(10);
		}
		behind.close();

		ReplicaKeys after = open("behind");

		assertThat(after.newest().orElseThrow().at().index()).isEqualTo(4);
		assertHolds(after, 5);
	}

	@Test
	void anInstallationWithoutACompleteSnapshotIsRefused() throws IOException {
		ReplicaKeys keys = open("a");
		write(keys, 0, 5);

		assertThatExceptionOfType(StorageException.class).isThrownBy(keys::install)
			.withMessageContaining("KRAFT-4003")
			.withMessageContaining("is not complete");
	}

	@Test
	void readsThatMeetAnInstallationFailOrSeeTheOneOrTheOther() throws Exception {
		ReplicaKeys ahead = open("ahead");
		write(ahead, 0, 2000);
		ahead.checkpoint(position(ahead));
		ReplicaKeys behind = open("behind");
		write(behind, 0, 1000);
		List<String> wrong = new ArrayList<>();
		Thread reader = new Thread(() -> {
			for (int i = 0; i < 200; i++) {
				try {
					int count = count(behind);
					if (count != 1000 && count != 2000) {
						wrong.add("counted " + count);
					}
				}
				catch (StorageException ex) {
					// It is closed at this moment.
				}
			}
		});
		reader.start();

		receive(behind, ahead);
		behind.install();
		reader.join();

		assertThat(wrong).isEmpty();
		assertHolds(behind, 2000);
	}

	@Test
	void isNoBackup() throws IOException {
		ReplicaKeys keys = open("a");

		assertThatExceptionOfType(BackupRefusedException.class)
			.isThrownBy(() -> keys.backup(this.temp.resolve("b"), Duration.ofSeconds(1)));
	}

	private void assertContinues(String step, Path directory, int entries) {
		try {
			ReplicaKeys after = open(directory);
			long next = position(after).index() + 1;
			assertThat(after.newest()).as(step)
				.get()
				.extracting((snapshot) -> snapshot.at().index())
				.isEqualTo(next - 1);
			assertHolds(after, (int) next);
			// What the log has behind it.
			write(after, (int) next, entries);
			assertHolds(after, entries);
			after.checkpoint(position(after));
			assertThat(names(directory)).as(step).containsExactlyInAnyOrder("db", "snapshots");
		}
		catch (IOException ex) {
			throw new IllegalStateException(step, ex);
		}
	}

	private static List<String> names(Path directory) throws IOException {
		try (Stream<Path> files = Files.list(directory)) {
			return files.map((path) -> path.getFileName().toString()).toList();
		}
	}

	/** Replaces all snapshots by another one's, with files of its own beside them. */
	private static void receive(ReplicaKeys into, ReplicaKeys from) throws IOException {
		Path received = into.snapshots().resolveSibling("received");
		copy(from.snapshots(), received);
		for (String snapshot : names(received)) {
			for (Path file : SnapshotFiles.files(received.resolve(snapshot))) {
				Files.writeString(Path.of(file + ".md5"), "a digest");
			}
		}
		SnapshotFiles.remove(into.snapshots());
		Files.move(received, into.snapshots());
	}

	private Consumer<String> recordCrashes(String name) {
		return (step) -> {
			try {
				this.crashes.put(step, crash(name));
			}
			catch (IOException ex) {
				throw new IllegalStateException(ex);
			}
		};
	}

	private Path crash(String name) throws IOException {
		Path copy = this.temp.resolve(name + "-crashed-" + this.crashes.size());
		copy(this.temp.resolve(name), copy);
		return copy;
	}

	private static void copy(Path from, Path to) throws IOException {
		try (Stream<Path> all = Files.walk(from)) {
			for (Path path : all.toList()) {
				Path target = to.resolve(from.relativize(path).toString());
				if (Files.isDirectory(path)) {
					Files.createDirectories(target);
				}
				else {
					Files.copy(path, target, StandardCopyOption.REPLACE_EXISTING);
				}
			}
		}
	}

	private ReplicaKeys open(String name) throws IOException {
		return open(this.temp.resolve(name));
	}

	private ReplicaKeys open(Path directory) throws IOException {
		Files.createDirectories(directory);
		ReplicaKeys keys = ReplicaKeys.open(directory, this.memory, ReplicaKeysTests::position);
		this.opened.add(keys);
		return keys;
	}

	private ReplicaKeys open(String name, Consumer<String> steps) throws IOException {
		Files.createDirectories(this.temp.resolve(name));
		ReplicaKeys keys = ReplicaKeys.open(this.temp.resolve(name), this.memory, ReplicaKeysTests::position, steps);
		this.opened.add(keys);
		return keys;
	}

	private static List<String> snapshots(Path replica) throws IOException {
		try (Stream<Path> found = Files.list(replica.resolve("snapshots"))) {
			return found.map((path) -> path.getFileName().toString()).toList();
		}
	}

	/** Each entry writes a key in two keyspaces, and its position. */
	private static void write(ReplicaKeys keys, int from, int to) {
		for (int index = from; index < to; index++) {
			try (KeyBatch batch = keys.batch()) {
				batch.put(Keyspace.RUNS, key(index), new byte[] { 1 });
				batch.put(Keyspace.JOURNAL, key(index), new byte[] { 2 });
				batch.put(Keyspace.META, POSITION, ByteBuffer.allocate(16).putLong(1).putLong(index).array());
				batch.write(false);
			}
		}
	}

	private static void assertHolds(ReplicaKeys keys, int entries) {
		assertThat(count(keys)).isEqualTo(entries);
		for (int index = 0; index < entries; index++) {
			assertThat(keys.get(Keyspace.RUNS, key(index))).as("entry %d", index).isNotNull();
			assertThat(keys.get(Keyspace.JOURNAL, key(index))).as("entry %d", index).isNotNull();
		}
		assertThat(position(keys).index()).isEqualTo(entries - 1);
	}

	private static int count(ReplicaKeys keys) {
		int count = 0;
		try (KeyCursor runs = keys.scan(Keyspace.RUNS, new byte[0], null)) {
			for (boolean found = runs.first(); found; found = runs.next()) {
				count++;
			}
		}
		return count;
	}

	private static ReplicaPosition position(KeyReader keys) {
		byte[] value = keys.get(Keyspace.META, POSITION);
		return (value != null)
				? new ReplicaPosition(ByteBuffer.wrap(value).getLong(), ByteBuffer.wrap(value).getLong(8))
				: new ReplicaPosition(0, -1);
	}

	private static byte[] key(int index) {
		return ByteBuffer.allocate(4).putInt(index).array();
	}

}
