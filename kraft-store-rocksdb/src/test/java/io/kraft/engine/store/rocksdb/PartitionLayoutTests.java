package io.kraft.engine.store.rocksdb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.kraft.engine.store.StorageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class PartitionLayoutTests {

	@TempDir
	private Path directory;

	@Test
	void anEmptyDirectoryHasNone() {
		assertThat(PartitionLayout.find(this.directory)).isEmpty();
	}

	@Test
	void theStoreOfAnOnlyPartitionIsInTheDirectoryItself() throws IOException {
		RocksDbStore.open(new RocksDbOptions(this.directory, true)).close();
		PartitionLayout found = PartitionLayout.find(this.directory).orElseThrow();

		assertThat(found.partitions()).isOne();
		assertThat(found.store(0)).isEqualTo(this.directory);
		found.write();
		assertThat(this.directory.resolve("kraft.partitions")).doesNotExist();
	}

	@Test
	void severalAreBesideEachOtherAndAFileHoldsTheirNumber() throws IOException {
		new PartitionLayout(this.directory, 4).write();

		assertThat(this.directory.resolve("kraft.partitions")).hasContent("partitions=4\n");
		PartitionLayout found = PartitionLayout.find(this.directory).orElseThrow();
		assertThat(found.partitions()).isEqualTo(4);
		assertThat(found.store(3)).isEqualTo(this.directory.resolve("partition-3"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "4", "partitions=", "partitions=0\n", "partitions=99999\n", "partitions=4\n\n",
			"partitions=4 and more than any file that was written here" })
	void aFileThatHoldsSomethingElseIsDamage(String content) throws IOException {
		Files.writeString(this.directory.resolve("kraft.partitions"), content);

		assertThatExceptionOfType(StorageException.class).isThrownBy(() -> PartitionLayout.find(this.directory))
			.withMessageStartingWith("KRAFT-4003: ")
			.withMessageContaining("kraft.partitions");
	}

}
