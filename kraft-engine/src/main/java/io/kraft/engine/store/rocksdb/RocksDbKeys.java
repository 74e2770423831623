package io.kraft.engine.store.rocksdb;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import io.kraft.engine.store.StorageException;
import io.kraft.engine.store.kv.KeyBatch;
import io.kraft.engine.store.kv.KeyCursor;
import io.kraft.engine.store.kv.Keyspace;
import io.kraft.engine.store.kv.OrderedKeys;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.FlushOptions;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * Ordered keys in a RocksDB, a column family for each keyspace.
 */
final class RocksDbKeys implements OrderedKeys {

	private static final long FLUSH_BYTES = 32 * 1024 * 1024;

	private final RocksDbSettings settings;

	private final Path directory;

	private final RocksDB database;

	private final Map<Keyspace, ColumnFamilyHandle> families = new EnumMap<>(Keyspace.class);

	private final Runnable release;

	private final boolean writable;

	private final ReadOptions latest = new ReadOptions();

	private final WriteOptions synced = new WriteOptions().setSync(true);

	private final WriteOptions unsynced = new WriteOptions().setSync(false);

	private final UseCount uses = new UseCount();

	private RocksDbKeys(RocksDbSettings settings, Path directory, RocksDB database, Runnable release,
			boolean writable) {
		this.settings = settings;
		this.directory = directory;
		this.database = database;
		this.release = release;
		this.writable = writable;
	}

	/**
	 * Opens a database that has been checked.
	 * @param release called once it is closed
	 */
	static RocksDbKeys open(Path database, Runnable release) {
		return open(database, release, true);
	}

	/**
	 * Opens a database that has been checked, and changes none of its files; writes fail.
	 * @param release called once it is closed
	 */
	static RocksDbKeys openReadOnly(Path database, Runnable release) {
		return open(database, release, false);
	}

	private static RocksDbKeys open(Path database, Runnable release, boolean writable) {
		KnownFamilies.check(database);
		RocksDbSettings settings = new RocksDbSettings();
		try {
			List<ColumnFamilyHandle> families = new ArrayList<>();
			RocksDB opened = writable
					? RocksDB.open(settings.database(), database.toString(), settings.families(), families)
					: RocksDB.openReadOnly(settings.database(), database.toString(), settings.families(), families);
			RocksDbKeys keys = new RocksDbKeys(settings, database, opened, release, writable);
			// The first one is the default family.
			families.removeFirst().close();
			for (Keyspace space : Keyspace.values()) {
				keys.families.put(space, families.removeFirst());
			}
			return keys;
		}
		catch (RocksDBException ex) {
			settings.close();
			throw RocksDbFailure.ofOpening(database, ex);
		}
	}

	@Override
	public String toString() {
		return "RocksDB in " + this.directory;
	}

	@Override
	public byte @Nullable [] get(Keyspace space, byte[] key) {
		return get(this.latest, space, key);
	}

	@Override
	public KeyCursor scan(Keyspace space, byte[] from, byte @Nullable [] to) {
		beginRead();
		return new RocksDbCursor(this, family(space), null, from, to);
	}

	@Override
	public KeySnapshot snapshot() {
		beginRead();
		return new RocksDbSnapshot(this);
	}

	@Override
	public KeyBatch batch() {
		if (!this.uses.begin()) {
			throw RocksDbFailure.closed(StorageException.WRITE_FAILED);
		}
		return new RocksDbBatch(this);
	}

	@Override
	public void close() {
		if (!this.uses.close()) {
			return;
		}
		try {
			if (this.writable) {
				this.database.syncWal();
				flushIfLarge();
			}
			this.database.cancelAllBackgroundWork(true);
			this.families.values().forEach(ColumnFamilyHandle::close);
			this.database.closeE();
		}
		catch (RocksDBException ex) {
			throw RocksDbFailure.ofWriting(ex);
		}
		finally {
			this.database.close();
			this.latest.close();
			this.synced.close();
			this.unsynced.close();
			this.settings.close();
			this.release.run();
		}
	}

	/**
	 * So that the next opening need not read it all from the log again, which takes a
	 * second for some 30 MB of index keys.
	 */
	private void flushIfLarge() throws RocksDBException {
		if (this.database.getAggregatedLongProperty("rocksdb.cur-size-all-mem-tables") < FLUSH_BYTES) {
			return;
		}
		try (FlushOptions options = new FlushOptions().setWaitForFlush(true)) {
			this.database.flush(options, List.copyOf(this.families.values()));
		}
	}

	byte @Nullable [] get(ReadOptions options, Keyspace space, byte[] key) {
		beginRead();
		try {
			return this.database.get(family(space), options, key);
		}
		catch (RocksDBException ex) {
			throw RocksDbFailure.ofReading(ex);
		}
		finally {
			endUse();
		}
	}

	/**
	 * Writes a batch, within its use.
	 */
	void write(WriteBatch batch, boolean sync) {
		try {
			this.database.write(sync ? this.synced : this.unsynced, batch);
		}
		catch (RocksDBException ex) {
			throw RocksDbFailure.ofWriting(ex);
		}
	}

	/**
	 * To be followed by {@link #endUse()}, with the native objects closed before.
	 */
	void beginRead() {
		if (!this.uses.begin()) {
			throw RocksDbFailure.closed(StorageException.READ_FAILED);
		}
	}

	void endUse() {
		this.uses.end();
	}

	RocksDB database() {
		return this.database;
	}

	ColumnFamilyHandle family(Keyspace space) {
		ColumnFamilyHandle family = this.families.get(space);
		if (family == null) {
			throw new IllegalArgumentException("No column family for " + space);
		}
		return family;
	}

}
