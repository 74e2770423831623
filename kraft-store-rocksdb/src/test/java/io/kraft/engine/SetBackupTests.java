package io.kraft.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.kraft.client.BackupRefusedException;
import io.kraft.engine.definition.MethodSignature;
import io.kraft.engine.definition.ResultStyle;
import io.kraft.engine.routing.PartitionMap;
import io.kraft.engine.store.StorageException;
import io.kraft.engine.store.Store;
import io.kraft.engine.store.backup.BackupSet;
import io.kraft.engine.store.check.CheckReport;
import io.kraft.engine.store.rocksdb.RocksDbDoctor;
import io.kraft.engine.store.rocksdb.RocksDbOptions;
import io.kraft.engine.store.rocksdb.RocksDbStores;
import io.kraft.engine.testing.ProxiedWorkflow;
import io.kraft.engine.testing.TestEngine;
import io.kraft.workflow.WorkflowContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Backups of several partitions that ask something of each other all the time.
 */
@Timeout(240)
class SetBackupTests {

	private static final int PARTITIONS = 4;

	private static final int BACKUPS = 4;

	private static final int CLIENTS = 4;

	private final PartitionMap map = new PartitionMap(PARTITIONS);

	private final WorkflowContext workflow = WorkflowContext.ofCallingRun();

	private final AtomicInteger opened = new AtomicInteger();

	/** Of all engines: no two backups have the same id. */
	private final Random random = new Random(7);

	@TempDir
	Path temporary;

	/**
	 * Each parent starts two children elsewhere one after the other, and each of these
	 * signals its parent once before it ends.
	 */
	@Test
	void whatIsRestoredFromABackupUnderLoadEndsOnceAndWithoutAnAlarm() throws InterruptedException {
		Map<Path, List<String>> backups = new TreeMap<>();
		try (TestEngine engine = engine(this.temporary.resolve("data"))) {
			engine.start();
			List<String> acknowledged = new CopyOnWriteArrayList<>();
			AtomicBoolean stopped = new AtomicBoolean();
			List<Thread> clients = IntStream.range(0, CLIENTS).mapToObj((client) -> Thread.ofPlatform().start(() -> {
				for (int i = 0; !stopped.get(); i++) {
					String id = "p-" + client + "-" + i;
					engine.run("parent", id, id);
					acknowledged.add(id);
					if (i % 10 == 9) {
						engine.client().handle(id).result();
					}
				}
			})).toList();
			for (int backup = 0; backup < BACKUPS; backup++) {
				int enough = 40 * (backup + 1);
				await().atMost(Duration.ofMinutes(1)).until(() -> acknowledged.size() > enough);
				Path target = this.temporary.resolve("backup-" + backup);
				backups.put(target, List.copyOf(acknowledged));
				engine.engine().storage().backup(target);
			}
			stopped.set(true);
			for (Thread client : clients) {
				client.join();
			}
		}

		backups.forEach(this::checkRestored);
	}

	private void checkRestored(Path backup, List<String> acknowledged) {
		assertThat(together(backup).findings()).isEmpty();
		try (TestEngine restored = engine(backup)) {
			restored.start();
			for (String id : acknowledged) {
				assertThat(restored.client().handle(id).result(Duration.ofSeconds(60))).isEqualTo("2 of 2");
			}
			restored.awaitQuiet();
			for (String id : acknowledged) {
				assertThat(restored.client().messages(id)).as(id).isEmpty();
			}
		}
		checkChannels(backup);
	}

	private CheckReport together(Path directory) {
		return RocksDbDoctor.checkTogether(
				IntStream.range(0, PARTITIONS).mapToObj((number) -> options(directory, number)).toList(), this.map::of,
				10);
	}

	/** After the end: all that was given was taken, once. */
	private void checkChannels(Path backup) {
		List<Store> stores = IntStream.range(0, PARTITIONS).mapToObj(stores(backup)).toList();
		try {
			for (int source = 0; source < PARTITIONS; source++) {
				for (int target = 0; target < PARTITIONS; target++) {
					if (source != target) {
						assertThat(stores.get(target).channels().taken(source)).as("from %s to %s", source, target)
							.isEqualTo(stores.get(source).channels().sent(target).last())
							.isPositive();
					}
				}
			}
		}
		finally {
			stores.forEach(Store::close);
		}
	}

	@Test
	void aBackupOfWhichAPartitionIsMissingIsRefused() throws IOException {
		Path backup = backup("one");
		delete(BackupSet.directory(backup, 2));

		assertRefused(backup, "there is no store in " + BackupSet.directory(backup, 2));
	}

	@Test
	void partitionsOfTwoBackupsAreRefused() throws IOException {
		Path one = backup("one");
		Path other = backup("other");
		delete(BackupSet.directory(one, 2));
		Files.move(BackupSet.directory(other, 2), BackupSet.directory(one, 2));

		assertRefused(one, "partition 2 is from another backup");
	}

	@Test
	void aPartitionInThePlaceOfAnotherIsRefused() throws IOException {
		Path one = backup("one");
		Path other = one.resolve("other");
		Files.move(BackupSet.directory(one, 2), other);
		Files.move(BackupSet.directory(one, 3), BackupSet.directory(one, 2));
		Files.move(other, BackupSet.directory(one, 3));

		assertRefused(one, "holds the store of partition 3 of 4", StorageException.FIXED_AT_CREATION);
	}

	@Test
	void aPartitionThatIsRestoredAfterTheOthersHaveContinuedIsRefused() throws IOException {
		Path backup = backup("one");
		Path later = this.temporary.resolve("later");
		copy(BackupSet.directory(backup, 2), later);
		startAndStop(backup);
		startAndStop(backup);

		delete(BackupSet.directory(backup, 2));
		Files.move(later, BackupSet.directory(backup, 2));

		assertRefused(backup, "partition 2 was restored, and the others have continued");
	}

	@Test
	void aPartitionOfABackupIsRefusedAmongThoseThatWereNeverRestored() throws IOException {
		Path backup = backup("one");
		Path data = this.temporary.resolve("data");
		delete(BackupSet.directory(data, 2));
		Files.move(BackupSet.directory(backup, 2), BackupSet.directory(data, 2));

		assertRefused(data, "the whole one is missing above it");
	}

	@Test
	void aStartThatEndsBetweenTwoPartitionsIsRepeated() {
		Path backup = backup("one");
		stores(backup).apply(0).close();
		stores(backup).apply(2).close();

		startAndStop(backup);
		startAndStop(backup);
	}

	@Test
	void whatACrashLeavesIsRefusedAndRemovedByTheNextBackup() throws IOException {
		Path backup = backup("one");
		Path left = this.temporary.resolve("other.incomplete");
		copy(backup, left);
		Files.createFile(left.resolve("backup.incomplete"));

		assertRefused(left, "a backup that was not completed");
		backup("other");
		assertThat(left).doesNotExist();
	}

	@Test
	void whatABackupLeavesThatFailsIsRemovedByTheNextOne() {
		try (TestEngine engine = engine(this.temporary.resolve("data"))) {
			engine.with((builder) -> builder.backupTimeout(Duration.ZERO)).start();

			assertThatExceptionOfType(StorageException.class)
				.isThrownBy(() -> engine.engine().storage().backup(this.temporary.resolve("one")));

			engine.run("parent", "p", "x").result();
		}
		assertThat(this.temporary.resolve("one")).doesNotExist();

		backup("one");
		assertThat(this.temporary.resolve("one.incomplete")).doesNotExist();
	}

	@Test
	void aBackupReplacesNoOther() {
		backup("one");

		assertThatExceptionOfType(BackupRefusedException.class).isThrownBy(() -> backup("one"))
			.withMessageContaining("exists and is not an empty directory");
	}

	private Path backup(String name) {
		Path target = this.temporary.resolve(name);
		try (TestEngine engine = engine(this.temporary.resolve("data"))) {
			engine.start();
			engine.run("parent", "p-" + name, "x").result();
			engine.engine().storage().backup(target);
		}
		return target;
	}

	private void startAndStop(Path directory) {
		try (TestEngine engine = engine(directory)) {
			engine.start();
			engine.run("parent", "q-" + this.opened, "x").result();
		}
	}

	private void assertRefused(Path directory, String why) {
		assertRefused(directory, why, StorageException.DAMAGED);
	}

	private void assertRefused(Path directory, String why, String code) {
		try (TestEngine engine = engine(directory)) {
			assertThatExceptionOfType(StorageException.class).isThrownBy(engine::start)
				.withMessageContaining(why)
				.extracting(StorageException::code)
				.isEqualTo(code);
		}
	}

	private TestEngine engine(Path directory) {
		AtomicInteger next = new AtomicInteger();
		RocksDbStores stores = stores(directory);
		TestEngine engine = new TestEngine().partitions(PARTITIONS).withStore((memory) -> {
			memory.close();
			this.opened.incrementAndGet();
			return stores.apply(next.getAndIncrement() % PARTITIONS);
		});
		engine.with((builder) -> builder.random(this.random));
		ProxiedWorkflow child = ProxiedWorkflow.define(engine, "child",
				MethodSignature.of(String.class, String.class, String.class), ResultStyle.PLAIN,
				(arguments) -> String.valueOf(arguments[0]), (arguments) -> {
					this.workflow.signal(String.valueOf(arguments[1]), "hello", "x");
					return "x";
				});
		return engine.workflow("parent", String.class, (argument) -> {
			String id = this.workflow.workflowId();
			int heard = 0;
			for (String there : elsewhere(id)) {
				child.<String>call(there, id);
				this.workflow.awaitSignal("hello", String.class);
				heard++;
			}
			return heard + " of 2";
		});
	}

	/** Ids of two children, each in another partition. */
	private List<String> elsewhere(String parent) {
		List<String> ids = new ArrayList<>();
		int own = this.map.of(parent);
		for (int number = 0; ids.size() < 2; number++) {
			String id = parent + "-c" + number;
			if (this.map.of(id) == (own + 1 + ids.size()) % PARTITIONS) {
				ids.add(id);
			}
		}
		return ids;
	}

	private static RocksDbStores stores(Path directory) {
		return new RocksDbStores(new RocksDbOptions(directory, true), PARTITIONS);
	}

	private static RocksDbOptions options(Path directory, int partition) {
		return new RocksDbOptions(BackupSet.directory(directory, partition), true);
	}

	private static void delete(Path directory) throws IOException {
		try (Stream<Path> files = Files.walk(directory)) {
			for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
				Files.delete(file);
			}
		}
	}

	private static void copy(Path from, Path to) throws IOException {
		try (Stream<Path> files = Files.walk(from)) {
			for (Path file : files.toList()) {
				Files.copy(file, to.resolve(from.relativize(file)));
			}
		}
	}

}
