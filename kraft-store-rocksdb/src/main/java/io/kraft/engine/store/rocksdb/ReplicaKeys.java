package io.kraft.engine.store.rocksdb;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

import io.kraft.client.BackupRefusedException;
import io.kraft.engine.store.StorageException;
import io.kraft.engine.store.kv.KeyBatch;
import io.kraft.engine.store.kv.KeyCursor;
import io.kraft.engine.store.kv.KeyReader;
import io.kraft.engine.store.kv.Keyspace;
import io.kraft.engine.store.kv.OrderedKeys;
import org.jspecify.annotations.Nullable;
import org.rocksdb.Checkpoint;
import org.rocksdb.RocksDBException;

/**
 * The keys of a replica: a RocksDB without a write-ahead log, because the log that is
 * replicated is one. All column families are flushed together, so that a crash leaves the
 * state after some batch, with the position that this batch has written.
 * <p>
 * Opening makes the database and the snapshots fit each other, so that the owner of the
 * log can continue behind the newest snapshot: a database that is behind it, as a crash
 * within {@link #install} leaves one, is made anew from it; one that is further gets a
 * snapshot of its own.
 * <p>
 * Any thread reads; one at a time writes, makes snapshots, installs and closes.
 */
public final class ReplicaKeys implements OrderedKeys {

	private final ReplicaFiles files;

	private final ReplicaMemory memory;

	/** Replaced by an installation. */
	private volatile RocksDbKeys keys;

	private volatile @Nullable ReplicaSnapshot newest;

	private ReplicaKeys(ReplicaFiles files, ReplicaMemory memory, RocksDbKeys keys, @Nullable ReplicaSnapshot newest) {
		this.files = files;
		this.memory = memory;
		this.keys = keys;
		this.newest = newest;
	}

	/**
	 * Opens the replica of a directory, or makes an empty one.
	 * @param directory its own; what else is there is left alone, but for names that
	 * begin with {@code snapshots} or {@code db}
	 * @param memory not closed with it
	 * @param position reads the position that the batches have written
	 */
	public static ReplicaKeys open(Path directory, ReplicaMemory memory,
			Function<KeyReader, ReplicaPosition> position) {
		return open(directory, memory, position, (step) -> {
		});
	}

	/**
	 * @param steps called between two changes of files
	 */
	static ReplicaKeys open(Path directory, ReplicaMemory memory, Function<KeyReader, ReplicaPosition> position,
			Consumer<String> steps) {
		ReplicaFiles files = new ReplicaFiles(directory.toAbsolutePath(), steps);
		try {
			files.clean();
			ReplicaSnapshot newest = files.newest().orElse(null);
			if (newest != null && !files.hasDatabase()) {
				files.replaceDatabase(newest);
			}
			RocksDbKeys keys = RocksDbKeys.openUnlogged(files.database(), memory.memory());
			try {
				long applied = position.apply(keys).index();
				if (newest != null && newest.at().index() > applied) {
					keys.close();
					files.replaceDatabase(newest);
					keys = RocksDbKeys.openUnlogged(files.database(), memory.memory());
				}
				ReplicaKeys opened = new ReplicaKeys(files, memory, keys, newest);
				if (applied >= 0 && (newest == null || newest.at().index() < applied)) {
					opened.checkpoint(position.apply(keys));
				}
				return opened;
			}
			catch (RuntimeException | Error ex) {
				keys.close();
				throw ex;
			}
		}
		catch (IOException ex) {
			throw failed(directory, ex);
		}
	}

	private static StorageException failed(Object directory, IOException cause) {
		return new StorageException(StorageException.UNUSABLE_DIRECTORY, "the replica in " + directory
				+ " cannot be made or changed (" + cause
				+ "). Its files must be readable and writable, and the disk must have space. See docs/reference/errors.md#kraft-4004",
				cause);
	}

	@Override
	public String toString() {
		return this.keys.toString();
	}

	/**
	 * Makes durable what was written, and a snapshot of it, the only one from then on.
	 * @param at the position that the last batch has written
	 */
	public ReplicaSnapshot checkpoint(ReplicaPosition at) {
		ReplicaSnapshot present = this.newest;
		if (present != null && present.at().equals(at)) {
			return present;
		}
		this.keys.flush();
		try {
			ReplicaSnapshot made = this.files.add(at, this::writeTo);
			this.newest = made;
			return made;
		}
		catch (IOException ex) {
			throw failed(this, ex);
		}
	}

	private void writeTo(Path target) {
		try (Checkpoint checkpoint = Checkpoint.create(this.keys.database())) {
			checkpoint.createCheckpoint(target.toString());
		}
		catch (RocksDBException ex) {
			throw RocksDbFailure.ofWriting(ex);
		}
	}

	/**
	 * The newest complete snapshot.
	 */
	public Optional<ReplicaSnapshot> newest() {
		return Optional.ofNullable(this.newest);
	}

	/**
	 * Where snapshots are. Another replica's is put there as a whole, in place of what is
	 * there, and then {@link #install installed}.
	 */
	public Path snapshots() {
		return this.files.snapshots();
	}

	/**
	 * Continues with the newest snapshot that is there. Waits for reads that are under
	 * way; others fail until this has returned.
	 * @throws StorageException if none is complete; then it cannot be used any more
	 */
	public void install() {
		this.keys.close();
		try {
			ReplicaSnapshot found = this.files.newest()
				.orElseThrow(
						() -> new StorageException(StorageException.DAMAGED,
								"the snapshot that was sent to " + this
										+ " is not complete. It is sent again. See docs/reference/errors.md#kraft-4003",
								null));
			this.files.replaceDatabase(found);
			this.newest = found;
			this.keys = RocksDbKeys.openUnlogged(this.files.database(), this.memory.memory());
		}
		catch (IOException ex) {
			throw failed(this, ex);
		}
	}

	/**
	 * Makes durable what was written.
	 */
	public void flush() {
		this.keys.flush();
	}

	@Override
	public byte @Nullable [] get(Keyspace space, byte[] key) {
		return this.keys.get(space, key);
	}

	@Override
	public KeyCursor scan(Keyspace space, byte[] from, byte @Nullable [] to) {
		return this.keys.scan(space, from, to);
	}

	@Override
	public KeySnapshot snapshot() {
		return this.keys.snapshot();
	}

	@Override
	public KeyBatch batch() {
		return this.keys.batch();
	}

	@Override
	public long backup(Path target, Duration timeout) {
		throw new BackupRefusedException("the backup '" + target.getFileName()
				+ "' was not begun, because the store is replicated, and a backup of one node is none of the cluster");
	}

	@Override
	public void close() {
		this.keys.close();
	}

}
