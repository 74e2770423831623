package io.kraft.engine.store.rocksdb;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

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
import org.rocksdb.Snapshot;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * Ordered keys in a RocksDB, a column family for each keyspace.
 */
final class RocksDbKeys implements OrderedKeys {

	private static final long FLUSH_BYTES = 32 * 1024 * 1024;

	private final NativeObjects objects = new NativeObjects();

	private final Path directory;

	private final RocksDB database;

	private final Map<Keyspace, ColumnFamilyHandle> families = new EnumMap<>(Keyspace.class);

	private final ReadOptions latest;

	private final Mode mode;

	private final WriteOptions synced;

	private final WriteOptions unsynced;

	private final UseCount uses = new UseCount();

	private final RocksDbBackups backups;

	private RocksDbKeys(RocksDbSettings settings, RocksDB database, Path directory, Path dataDirectory,
			Runnable release, Mode mode) {
		this.backups = new RocksDbBackups(this, directory, dataDirectory);
		this.directory = directory;
		this.mode = mode;
		this.objects.onRelease(release);
		this.objects.add(settings);
		this.latest = this.objects.add(new ReadOptions());
		boolean logged = mode != Mode.UNLOGGED;
		this.synced = this.objects.add(new WriteOptions().setSync(logged).setDisableWAL(!logged));
		this.unsynced = this.objects.add(new WriteOptions().setSync(false).setDisableWAL(!logged));
		this.database = this.objects.add(database);
	}

	/**
	 * Opens a database that has been checked.
	 * @param nativeMemory about how many bytes it may take
	 * @param release called once it is closed
	 */
	static RocksDbKeys open(Path database, long nativeMemory, Runnable release) {
		NativeMemory memory = new NativeMemory(nativeMemory, 1);
		return openWith(memory, database, release, Mode.LOGGED);
	}

	/**
	 * Opens a database that has been checked, one of several of a data directory.
	 * @param memory that they share; not closed with it
	 * @param dataDirectory holds all of them
	 * @param release called once it is closed
	 */
	static RocksDbKeys open(Path database, NativeMemory memory, Path dataDirectory, Runnable release) {
		return open(database, memory, dataDirectory, release, Mode.LOGGED);
	}

	/**
	 * Opens the database of a replica, one of several of a node. What is written is
	 * durable after the next {@link #flush()}.
	 * @param memory that they share; not closed with it
	 */
	static RocksDbKeys openUnlogged(Path database, NativeMemory memory) {
		return open(database, memory, Objects.requireNonNull(database.toAbsolutePath().getParent()), () -> {
		}, Mode.UNLOGGED);
	}

	/**
	 * Opens a database that has been checked, and changes none of its files; writes fail.
	 * @param release called once it is closed
	 */
	static RocksDbKeys openReadOnly(Path database, Runnable release) {
		return openWith(new NativeMemory(RocksDbOptions.DEFAULT_NATIVE_MEMORY_BYTES, 1), database, release,
				Mode.READ_ONLY);
	}

	/**
	 * @param memory of its own
	 */
	private static RocksDbKeys openWith(NativeMemory memory, Path database, Runnable release, Mode mode) {
		NativeObjects objects = new NativeObjects();
		objects.onRelease(release);
		objects.add(memory);
		try {
			return open(database, memory, Objects.requireNonNull(database.toAbsolutePath().getParent()), objects::close,
					mode);
		}
		catch (RuntimeException | Error ex) {
			memory.close();
			throw ex;
		}
	}

	private static RocksDbKeys open(Path database, NativeMemory memory, Path dataDirectory, Runnable release,
			Mode mode) {
		KnownFamilies.check(database);
		NativeObjects objects = new NativeObjects();
		try {
			RocksDbSettings settings = objects.add(new RocksDbSettings(memory, mode != Mode.UNLOGGED));
			List<ColumnFamilyHandle> families = new ArrayList<>();
			RocksDB opened = objects.add((mode != Mode.READ_ONLY)
					? RocksDB.open(settings.database(), database.toString(), settings.families(), families)
					: RocksDB.openReadOnly(settings.database(), database.toString(), settings.families(), families));
			RocksDbKeys keys = new RocksDbKeys(settings, opened, database, dataDirectory, release, mode);
			// The first one is the default family.
			families.removeFirst().close();
			for (Keyspace space : Keyspace.values()) {
				keys.families.put(space, families.removeFirst());
			}
			return keys;
		}
		catch (RocksDBException ex) {
			objects.closeAfter(ex);
			throw RocksDbFailure.ofOpening(database, ex);
		}
		catch (RuntimeException | Error ex) {
			objects.closeAfter(ex);
			throw ex;
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
		return scan(space, null, from, to);
	}

	/**
	 * A cursor over the keys as a snapshot shows them, or as they are.
	 */
	KeyCursor scan(Keyspace space, @Nullable Snapshot snapshot, byte[] from, byte @Nullable [] to) {
		ColumnFamilyHandle family = family(space);
		beginRead();
		return new RocksDbCursor(this.database, this::endUse, family, snapshot, from, to);
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
	public long backup(Path target, Duration timeout) {
		return this.backups.write(target, timeout);
	}

	/**
	 * What a flush would write to tables.
	 */
	long unwrittenBytes() throws RocksDBException {
		return this.database.getAggregatedLongProperty("rocksdb.cur-size-all-mem-tables");
	}

	@Override
	public void close() {
		if (!this.uses.close()) {
			return;
		}
		try {
			switch (this.mode) {
				case LOGGED -> {
					this.database.syncWal();
					flushIfLarge();
				}
				case UNLOGGED -> flushAll();
				case READ_ONLY -> {
					// There is nothing to write.
				}
			}
			this.database.cancelAllBackgroundWork(true);
			this.families.values().forEach(ColumnFamilyHandle::close);
			this.database.closeE();
		}
		catch (RocksDBException ex) {
			throw RocksDbFailure.ofWriting(ex);
		}
		finally {
			this.objects.close();
		}
	}

	/**
	 * So that the next opening need not read it all from the log again, which takes a
	 * second for some 30 MB of index keys.
	 */
	private void flushIfLarge() throws RocksDBException {
		if (unwrittenBytes() >= FLUSH_BYTES) {
			flushAll();
		}
	}

	/**
	 * Writes all that is in memory to tables, and waits for it.
	 */
	void flush() {
		try {
			flushAll();
		}
		catch (RocksDBException ex) {
			throw RocksDbFailure.ofWriting(ex);
		}
	}

	private void flushAll() throws RocksDBException {
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

	/** How a database is written. */
	private enum Mode {

		/** To a log, and later to tables. */
		LOGGED,

		/** To tables only. */
		UNLOGGED,

		/** Not at all. */
		READ_ONLY

	}

}
