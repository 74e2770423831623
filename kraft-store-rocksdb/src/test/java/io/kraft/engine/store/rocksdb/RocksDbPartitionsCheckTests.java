package io.kraft.engine.store.rocksdb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.kraft.engine.reliability.Proves;
import io.kraft.engine.store.kv.OrderedKeys;
import io.kraft.engine.store.kv.PartitionsCheckContract;
import org.junit.jupiter.api.io.TempDir;

@Proves(fault = "Marks, rows, children and messages of one of two partitions are changed one by one",
		promise = "The doctor names what the other partition contradicts")
class RocksDbPartitionsCheckTests extends PartitionsCheckContract {

	@TempDir
	Path temporary;

	@Override
	protected OrderedKeys open(int partition) throws IOException {
		NativeLibrary.load(this.temporary.resolve("native"));
		return RocksDbKeys.open(Files.createDirectory(this.temporary.resolve("db-" + partition)),
				RocksDbOptions.DEFAULT_NATIVE_MEMORY_BYTES, () -> {
				});
	}

}
