package io.kraft.engine.store.rocksdb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

import io.kraft.engine.store.Store;
import io.kraft.engine.store.StoreContract;
import org.junit.jupiter.api.io.TempDir;

class RocksDbStoreTests extends StoreContract {

	@TempDir
	Path temporary;

	private int crashes;

	@Override
	protected Store open(boolean sync) {
		return RocksDbStore.open(new RocksDbOptions(directory(), sync));
	}

	/**
	 * What a killed process leaves is what is in the files while they are open.
	 */
	@Override
	protected void crash(Store store) {
		try {
			Path killed = directory();
			this.crashes++;
			DatabaseFiles.copy(killed.resolve("db"), directory().resolve("db"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		store.close();
	}

	@Override
	protected long size() {
		return DatabaseFiles.size(directory());
	}

	private Path directory() {
		return this.temporary.resolve("data-" + this.crashes);
	}

}
