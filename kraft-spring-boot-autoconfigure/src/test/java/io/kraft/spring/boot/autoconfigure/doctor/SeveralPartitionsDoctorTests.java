package io.kraft.spring.boot.autoconfigure.doctor;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.kraft.engine.store.Change;
import io.kraft.engine.store.Store;
import io.kraft.engine.store.rocksdb.PartitionLayout;
import io.kraft.engine.store.rocksdb.RocksDbOptions;
import io.kraft.engine.store.rocksdb.RocksDbStores;
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
		assertThat(printed()).contains("Partition 0:", "Partition 1:", "All partitions against each other:");
	}

	@Test
	void whatIsWrongBetweenThemIsAViolation() {
		commit(0, List.of());
		commit(1, List.of(new Change.ChannelTaken(0, 1)));

		assertThat(doctor().check()).isEqualTo(DoctorCommand.VIOLATIONS);
		assertThat(printed()).contains("VIOLATION CHANNEL", "from partition 0 to partition 1");
	}

	@Test
	void oneThatCannotBeReadIsNotComparedWithTheOthers() throws IOException {
		commit(0, List.of());
		damage(1);

		assertThat(doctor().check()).isEqualTo(DoctorCommand.UNREADABLE);
		assertThat(printed()).doesNotContain("against each other");
	}

	private void commit(int partition, List<Change> changes) {
		try (Store store = new RocksDbStores(new RocksDbOptions(this.directory, true), 2).apply(partition)) {
			store.claim(1);
			store.commit(1, changes);
		}
	}

	/** Of a partition the files that its store cannot be opened without. */
	private void damage(int partition) throws IOException {
		Path current = new PartitionLayout(this.directory, 2).store(partition).resolve("db").resolve("CURRENT");
		Files.writeString(current, "nothing");
	}

	private DoctorCommand doctor() {
		return new DoctorCommand(new RocksDbOptions(this.directory, true),
				new PrintStream(this.out, true, StandardCharsets.UTF_8));
	}

	private String printed() {
		return this.out.toString(StandardCharsets.UTF_8);
	}

}
