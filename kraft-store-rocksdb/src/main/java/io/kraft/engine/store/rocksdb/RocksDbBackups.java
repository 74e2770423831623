package io.kraft.engine.store.rocksdb;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

import io.kraft.client.BackupRefusedException;
import io.kraft.engine.store.StorageException;
import org.rocksdb.Checkpoint;
import org.rocksdb.RocksDBException;

/**
 * Copies a database that is in use, one copy at a time, by RocksDB's checkpoints: tables
 * never change, and are linked; logs are copied as far as they are written.
 * <p>
 * A checkpoint cannot be interrupted. When it takes too long, the caller is released, and
 * its thread removes the copy as soon as it can. Thread-safe.
 */
final class RocksDbBackups {

	private final RocksDbKeys keys;

	private final Path database;

	private final Path dataDirectory;

	private final AtomicBoolean underWay = new AtomicBoolean();

	/**
	 * Backups of a database.
	 * @param dataDirectory holds it, or it and others; no backup may be in it
	 */
	RocksDbBackups(RocksDbKeys keys, Path database, Path dataDirectory) {
		this.keys = keys;
		this.database = database;
		this.dataDirectory = dataDirectory;
	}

	/**
	 * Returns when the copy is durable.
	 * @return the bytes of its files
	 * @throws BackupRefusedException if it is not begun
	 * @throws StorageException with {@link StorageException#BACKUP_FAILED} if it is not
	 * completed
	 */
	long write(Path requested, Duration timeout) {
		BackupTarget target = new BackupTarget(requested);
		if (!this.underWay.compareAndSet(false, true)) {
			throw target.refused("was not begun, because another one is under way. Try again when that has ended");
		}
		// The first one decides: the copy that is given its name, or the caller that
		// gives up.
		AtomicBoolean decided = new AtomicBoolean();
		FutureTask<Long> copy = new FutureTask<>(() -> {
			try {
				return copy(target, decided);
			}
			finally {
				this.underWay.set(false);
			}
		});
		// A checkpoint blocks its thread, and the caller's may be a virtual one.
		try {
			Thread.ofPlatform().daemon().name("kraft-backup").start(copy);
		}
		catch (Throwable ex) {
			this.underWay.set(false);
			throw ex;
		}
		return await(copy, target, timeout, decided);
	}

	private long copy(BackupTarget target, AtomicBoolean decided) {
		this.keys.beginRead();
		try {
			target.prepare(this.dataDirectory, this.database, this.keys.unwrittenBytes());
			try (Checkpoint checkpoint = Checkpoint.create(this.keys.database())) {
				checkpoint.createCheckpoint(target.database().toString());
			}
			if (decided.compareAndSet(false, true)) {
				return target.complete();
			}
			target.delete();
			return 0;
		}
		catch (BackupRefusedException ex) {
			throw ex;
		}
		catch (IOException | RocksDBException | RuntimeException ex) {
			StorageException failure = failed(target, "(" + ex + ")", ex);
			deleteAfter(failure, target);
			throw failure;
		}
		finally {
			this.keys.endUse();
		}
	}

	private static void deleteAfter(StorageException failure, BackupTarget target) {
		try {
			target.delete();
		}
		catch (IOException ex) {
			failure.addSuppressed(ex);
		}
	}

	private static long await(FutureTask<Long> copy, BackupTarget target, Duration timeout, AtomicBoolean decided) {
		try {
			return copy.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (TimeoutException ex) {
			return giveUp(copy, target, decided, "because it took longer than " + timeout.toSeconds() + " s", ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return giveUp(copy, target, decided, "because the calling thread was interrupted", ex);
		}
		catch (ExecutionException ex) {
			throw thrown(target, ex);
		}
	}

	private static long giveUp(FutureTask<Long> copy, BackupTarget target, AtomicBoolean decided, String why,
			Exception cause) {
		if (decided.compareAndSet(false, true)) {
			throw failed(target, why, cause);
		}
		// It has just been copied, and is only being made durable.
		boolean interrupted = Thread.interrupted();
		try {
			return copy.get();
		}
		catch (InterruptedException ex) {
			interrupted = true;
			throw failed(target, why, ex);
		}
		catch (ExecutionException ex) {
			throw thrown(target, ex);
		}
		finally {
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

	private static RuntimeException thrown(BackupTarget target, ExecutionException ex) {
		return switch (ex.getCause()) {
			case BackupRefusedException refused -> refused;
			case StorageException failed -> failed;
			case null, default -> failed(target, "(" + ex.getCause() + ")", ex);
		};
	}

	private static StorageException failed(BackupTarget target, String why, Exception cause) {
		return new StorageException(StorageException.BACKUP_FAILED,
				"the backup to " + target + " was not completed, " + why
						+ ". What was written is removed; the store is not affected. Check the disk, and try again."
						+ " See docs/reference/errors.md#kraft-4010",
				cause);
	}

}
