package io.kraft.engine.store.rocksdb;

import java.nio.file.Path;

import io.kraft.engine.FailedStartContract;
import io.kraft.engine.reliability.Proves;
import io.kraft.engine.store.Store;
import org.junit.jupiter.api.io.TempDir;

@Proves(fault = "A start fails, in each place", promise = "The store and its lock are free for the next start")
class RocksDbFailedStartTests extends FailedStartContract {

	@TempDir
	private Path directory;

	@Override
	protected Store open() {
		return RocksDbStore.open(new RocksDbOptions(this.directory, false));
	}

}
