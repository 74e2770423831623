package io.kraft.spring.boot.autoconfigure.doctor;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

import io.kraft.engine.store.Change;
import io.kraft.engine.store.Store;
import io.kraft.engine.store.backup.BackupSet;
import io.kraft.engine.store.rocksdb.RocksDbOptions;
import io.kraft.engine.store.rocksdb.RocksDbStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A data directory that holds the directories of several partitions.
 */
class SeveralPartitionsDoctorTests {

	private final ByteArrayOutputStream out = new ByteArrayOutputStream();

	@TempDir
	Path directory;

	@Test
	void eachIsCheckedAndThenAllTogether() {
		commit(0, List.of());
		commit(1, List.of());

		assertThat(doctor().check()).isEqualTo(DoctorCommand.SOUND);
		assertThat(printed()).contains("partition-0", "partition-1", "All partitions against each other:");
	}

	@Test
	void whatIsWrongBetweenThemIsAViolation() {
		commit(0, List.of());
		commit(1, List.of(new Change.ChannelTaken(0, 1)));

		assertThat(doctor().check()).isEqualTo(DoctorCommand.VIOLATIONS);
		assertThat(printed()).contains("VIOLATION CHANNEL", "from partition 0 to partition 1");
	}

	@Test
	void oneThatCannotBeReadIsNotComparedWithTheOthers() {
		commit(0, List.of());
		assertThat(BackupSet.directory(this.directory, 1).toFile().mkdir()).isTrue();

		assertThat(doctor().check()).isEqualTo(DoctorCommand.UNREADABLE);
		assertThat(printed()).doesNotContain("against each other");
	}

	private void commit(int partition, List<Change> changes) {
		try (Store store = RocksDbStore
			.open(new RocksDbOptions(BackupSet.directory(this.directory, partition), true))) {
			store.claim(1);
			store.commit(1, changes);
		}
	}

	private DoctorCommand doctor() {
		return new DoctorCommand(new RocksDbOptions(this.directory, true),
				new PrintStream(this.out, true, StandardCharsets.UTF_8));
	}

	private String printed() {
		return this.out.toString(StandardCharsets.UTF_8);
	}

}
