package io.kraft.engine.store.rocksdb;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

import io.kraft.engine.store.StorageException;

/**
 * The directory of the data, held so that no other process, nor this one again, opens it;
 * and closed to other users, unless it is shared on purpose.
 */
final class DataDirectory implements AutoCloseable {

	private final Path path;

	private final boolean shared;

	// Closing it releases the lock; so does any end of the process.
	private final FileChannel lock;

	private DataDirectory(Path path, boolean shared, FileChannel lock) {
		this.path = path;
		this.shared = shared;
		this.lock = lock;
	}

	/**
	 * Makes the directory if it is missing, and locks it.
	 * @param shared whether other users may be able to write it
	 * @throws StorageException with {@link StorageException#UNTRUSTED_DIRECTORY} if they
	 * are, and may not be; nothing in it was used
	 */
	static DataDirectory open(Path directory, boolean shared) {
		Path path = directory.toAbsolutePath().normalize();
		try {
			create(path, shared);
			DirectoryGuard guard = DirectoryGuard.of(path, shared);
			guard.checkDirectory();
			FileChannel lock = lock(path);
			try {
				guard.checkContents();
			}
			catch (IOException | RuntimeException | Error ex) {
				lock.close();
				throw ex;
			}
			return new DataDirectory(path, shared, lock);
		}
		catch (IOException ex) {
			throw unusable(path, ex);
		}
	}

	private static StorageException unusable(Path path, IOException cause) {
		if (cause instanceof FileAlreadyExistsException ex) {
			return new StorageException(StorageException.UNUSABLE_DIRECTORY, "the data directory " + path
					+ " cannot be made, because " + ex.getFile()
					+ " is a file. Remove it, or set kraft.storage.path to another directory. See docs/reference/errors.md#kraft-4004",
					ex);
		}
		return new StorageException(StorageException.UNUSABLE_DIRECTORY, "the data directory " + path
				+ " cannot be made or written (" + cause + "). Give the user '" + System.getProperty("user.name")
				+ "' the right to write there, or set kraft.storage.path to another directory. See docs/reference/errors.md#kraft-4004",
				cause);
	}

	/**
	 * Refuses what is left of a backup that was not completed.
	 */
	void checkComplete() {
		if (BackupTarget.isIncomplete(this.path)) {
			throw new StorageException(StorageException.DAMAGED, "the directory " + this.path
					+ " is a backup that was not completed: runs are missing in it. Delete it, and use another backup."
					+ " See docs/reference/errors.md#kraft-4003", null);
		}
	}

	Path path() {
		return this.path;
	}

	/**
	 * The directory of the database, made if it is missing.
	 */
	Path makeDatabase() {
		try {
			create(database(), this.shared);
			return database();
		}
		catch (IOException ex) {
			throw unusable(this.path, ex);
		}
	}

	/**
	 * Records that all stores of several partitions have been made.
	 */
	void write(PartitionLayout layout) {
		try {
			layout.write();
		}
		catch (IOException ex) {
			throw unusable(this.path, ex);
		}
	}

	Path database() {
		return this.path.resolve("db");
	}

	Path nativeLibraries() {
		return this.path.resolve("native");
	}

	@Override
	public void close() {
		try {
			this.lock.close();
		}
		catch (IOException ex) {
			throw new StorageException(StorageException.UNUSABLE_DIRECTORY,
					"the lock of the data directory " + this.path + " cannot be released (" + ex + ')', ex);
		}
	}

	/**
	 * Makes the directory and those above it. Each new one is durable: else a power
	 * failure could take it away with all that was synced inside.
	 */
	private static void create(Path directory, boolean shared) throws IOException {
		if (Files.isDirectory(directory)) {
			return;
		}
		Path parent = directory.getParent();
		if (parent != null) {
			createParents(parent);
		}
		if (shared) {
			Files.createDirectories(directory);
		}
		else {
			PrivateFiles.createDirectory(directory);
		}
		if (parent != null) {
			syncDirectory(parent);
		}
	}

	/**
	 * Makes what is missing above a directory.
	 */
	static void createParents(Path directory) throws IOException {
		if (Files.isDirectory(directory)) {
			return;
		}
		Path parent = directory.getParent();
		if (parent != null) {
			createParents(parent);
		}
		PrivateFiles.createParent(directory);
		if (parent != null) {
			syncDirectory(parent);
		}
	}

	static void syncDirectory(Path directory) {
		try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
			channel.force(true);
		}
		catch (IOException ex) {
			// Windows opens no directories, and makes their entries durable by itself.
		}
	}

	private static FileChannel lock(Path directory) throws IOException {
		Path file = directory.resolve("kraft.lock");
		FileChannel channel = FileChannel.open(file,
				Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
				PrivateFiles.fileAttributes(file));
		try {
			if (channel.tryLock() != null) {
				return channel;
			}
			channel.close();
			throw locked(directory, "another process");
		}
		catch (OverlappingFileLockException ex) {
			channel.close();
			throw locked(directory, "this process");
		}
		catch (IOException ex) {
			channel.close();
			throw ex;
		}
	}

	private static StorageException locked(Path directory, String holder) {
		return new StorageException(StorageException.LOCKED, "the data directory " + directory + " is in use by "
				+ holder
				+ ". Stop it, or set kraft.storage.path to another directory for this one. See docs/reference/errors.md#kraft-4002",
				null);
	}

}
