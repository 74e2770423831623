package io.kraft.engine.store.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

import io.kraft.client.BackupRefusedException;
import io.kraft.engine.store.StorageException;

/**
 * A backup of several partitions while it is written: a directory for each of them, in
 * one that gets its name when all is durable. Each says which backup it is a part of, so
 * that {@linkplain RestoredSet parts of different ones are refused} when they are opened.
 * <p>
 * Crash before it has its name: what is left is called {@code <name>.incomplete}, is
 * refused when it is opened, and is removed by the next backup of that name.
 */
public final class BackupSet {

	/** In the directory of a backup that is not complete. */
	static final String INCOMPLETE = "backup.incomplete";

	private final Path target;

	private final Path incomplete;

	private final String id;

	private final int partitions;

	private BackupSet(Path target, String id, int partitions) {
		this.target = target;
		this.incomplete = target.resolveSibling(target.getFileName() + ".incomplete");
		this.id = id;
		this.partitions = partitions;
	}

	/**
	 * Makes its directory.
	 * @param target directory that does not exist or is empty
	 * @param id 32 hexadecimal digits that no other backup has
	 * @throws BackupRefusedException if the target cannot be used; nothing was written
	 */
	public static BackupSet begin(Path target, String id, int partitions) {
		Path path = target.toAbsolutePath().normalize();
		if (path.getFileName() == null) {
			throw new BackupRefusedException("a backup cannot be written to the root of a file system. "
					+ "Name a directory that does not exist or is empty");
		}
		BackupSet set = new BackupSet(path, id, partitions);
		try {
			set.prepare();
			return set;
		}
		catch (IOException ex) {
			throw set.failed(ex);
		}
	}

	private void prepare() throws IOException {
		checkUnused(this.target);
		if (Files.exists(mark())) {
			SetFiles.delete(this.incomplete, mark());
		}
		checkUnused(this.incomplete);
		Files.deleteIfExists(this.incomplete);
		SetFiles.createDirectory(this.incomplete);
		SetFiles.write(mark(), "This backup was not completed. Delete it.\n");
		SetFiles.sync(this.incomplete);
	}

	private void checkUnused(Path directory) throws IOException {
		if (Files.exists(directory) && (!Files.isDirectory(directory) || !SetFiles.isEmpty(directory))) {
			throw new BackupRefusedException("the backup '" + this.target.getFileName()
					+ "' cannot be written, because '" + directory.getFileName()
					+ "' exists and is not an empty directory. Name a directory that does not exist or is empty");
		}
	}

	private Path mark() {
		return this.incomplete.resolve(INCOMPLETE);
	}

	/**
	 * Where the copy of a partition belongs, until it is complete.
	 */
	public Path directory(int partition) {
		return directory(this.incomplete, partition);
	}

	/**
	 * Where a partition is, in a data directory of several as in a backup.
	 */
	public static Path directory(Path all, int partition) {
		return all.resolve("partition-" + partition);
	}

	/**
	 * Gives it its name; durable when it returns. All copies are there, and durable.
	 */
	public void complete() {
		try {
			for (int partition = 0; partition < this.partitions; partition++) {
				new SetMark(this.id, partition, this.partitions, false).write(directory(partition));
			}
			new SetMark(this.id, SetMark.WHOLE, this.partitions, false).write(this.incomplete);
			Files.delete(mark());
			SetFiles.sync(this.incomplete);
			// Only an empty directory can be there.
			Files.deleteIfExists(this.target);
			Files.move(this.incomplete, this.target, StandardCopyOption.ATOMIC_MOVE);
			Path parent = this.target.getParent();
			if (parent != null) {
				SetFiles.sync(parent);
			}
		}
		catch (IOException ex) {
			throw failed(ex);
		}
	}

	/**
	 * Removes what was written.
	 * @param cause gets what fails as suppressed
	 */
	public void abandon(Throwable cause) {
		try {
			if (Files.exists(this.incomplete)) {
				SetFiles.delete(this.incomplete, mark());
			}
		}
		catch (IOException | RuntimeException ex) {
			cause.addSuppressed(ex);
		}
	}

	private StorageException failed(IOException cause) {
		return new StorageException(StorageException.BACKUP_FAILED,
				"the backup '" + this.target.getFileName() + "' was not completed (" + cause
						+ "). What was written is removed; the stores are not affected. Check the disk, and try again."
						+ " See docs/reference/errors.md#kraft-4010",
				cause);
	}

}
