package io.kraft.engine.store.rocksdb;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import io.kraft.client.BackupRefusedException;
import io.kraft.workflow.VisibleText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The directory of a backup: it is written as {@code <name>.incomplete}, with a file in
 * it as a mark, and renamed when all of it is durable. So what a crash leaves is never
 * mistaken for a backup.
 */
final class BackupTarget {

	private static final Logger logger = LoggerFactory.getLogger(BackupTarget.class);

	private static final String MARK = "backup.incomplete";

	/** For what is written beside the tables. */
	private static final long SPARE_BYTES = 16L * 1024 * 1024;

	private final Path path;

	private final Path incomplete;

	/** Whether what is there was written here, so that it may be removed. */
	private boolean prepared;

	BackupTarget(Path requested) {
		this.path = requested.toAbsolutePath().normalize();
		if (this.path.getFileName() == null) {
			throw new BackupRefusedException("a backup cannot be written to the root of a file system. "
					+ "Name a directory that does not exist or is empty");
		}
		this.incomplete = this.path.resolveSibling(this.path.getFileName() + ".incomplete");
	}

	/**
	 * Whether a data directory is a backup that was not completed.
	 */
	static boolean isIncomplete(Path directory) {
		return Files.exists(directory.resolve(MARK));
	}

	/**
	 * Where the database is to be written.
	 */
	Path database() {
		return this.incomplete.resolve("db");
	}

	/**
	 * Refuses what cannot be used, and makes the directory; what a crash has left there
	 * of another backup is removed.
	 */
	void prepare(Path dataDirectory, Path database, long unwrittenBytes) throws IOException {
		checkUnused(this.path);
		if (isIncomplete(this.incomplete)) {
			delete();
		}
		checkUnused(this.incomplete);
		Path parent = parent();
		if (real(this.path).startsWith(dataDirectory.toRealPath())) {
			throw refused(
					"cannot be written, because its directory is in the data directory. Name a directory outside");
		}
		DataDirectory.createParents(parent);
		checkSpace(database, parent, unwrittenBytes);
		// One that is there is empty, and may be another user's, or a link.
		Files.deleteIfExists(this.incomplete);
		PrivateFiles.createDirectory(this.incomplete);
		this.prepared = true;
		Path mark = this.incomplete.resolve(MARK);
		PrivateFiles.createFile(mark);
		Files.writeString(mark, "This backup was not completed. Delete it.\n", LinkOption.NOFOLLOW_LINKS,
				StandardOpenOption.WRITE);
		sync(mark);
		DataDirectory.syncDirectory(this.incomplete);
	}

	/**
	 * Makes it durable and gives it its name.
	 * @return the bytes of its files
	 */
	long complete() throws IOException {
		long size = 0;
		for (Path file : files(database())) {
			sync(file);
			size += Files.size(file);
		}
		// RocksDB makes its files by the umask.
		PrivateFiles.closeAll(this.incomplete);
		DataDirectory.syncDirectory(database());
		Files.delete(this.incomplete.resolve(MARK));
		DataDirectory.syncDirectory(this.incomplete);
		// Only an empty directory can be there.
		Files.deleteIfExists(this.path);
		Files.move(this.incomplete, this.path, StandardCopyOption.ATOMIC_MOVE);
		DataDirectory.syncDirectory(parent());
		return size;
	}

	private Path parent() {
		return Objects.requireNonNull(this.path.getParent());
	}

	/**
	 * Removes what was written; what cannot be removed keeps its mark, if it has it.
	 */
	void delete() throws IOException {
		boolean isOurs = this.prepared || isIncomplete(this.incomplete);
		if (!isOurs || !Files.exists(this.incomplete)) {
			return;
		}
		try (Stream<Path> all = Files.walk(this.incomplete)) {
			// The mark goes last.
			Comparator<Path> order = Comparator.comparing((Path file) -> file.endsWith(MARK));
			for (Path file : all.sorted(order.thenComparing(Comparator.reverseOrder())).toList()) {
				if (!file.equals(this.incomplete)) {
					Files.delete(file);
				}
			}
		}
		Files.delete(this.incomplete);
	}

	/**
	 * A refusal, which reaches callers on the network: it has the name of the backup, and
	 * the log has the path.
	 * @param why continues a sentence whose subject is the backup
	 */
	BackupRefusedException refused(String why) {
		logger.warn("The backup to {} is refused: it {}", this, why);
		return new BackupRefusedException("the backup '" + this.path.getFileName() + "' " + why);
	}

	/**
	 * The path, escaped, for the log.
	 */
	@Override
	public String toString() {
		return VisibleText.escape(this.path.toString());
	}

	private void checkUnused(Path directory) throws IOException {
		if (Files.exists(directory) && (!Files.isDirectory(directory) || !isEmpty(directory))) {
			throw refused("cannot be written, because '" + directory.getFileName()
					+ "' exists and is not an empty directory. Name a directory that does not exist or is empty");
		}
	}

	private static boolean isEmpty(Path directory) throws IOException {
		try (Stream<Path> entries = Files.list(directory)) {
			return entries.findAny().isEmpty();
		}
	}

	/**
	 * On the same file system the tables are linked; else they are copied.
	 */
	private void checkSpace(Path database, Path parent, long unwrittenBytes) throws IOException {
		FileStore disk = Files.getFileStore(parent);
		boolean links = disk.equals(Files.getFileStore(database));
		long needed = SPARE_BYTES + unwrittenBytes;
		for (Path file : files(database)) {
			if (!links || !file.toString().endsWith(".sst")) {
				needed += size(file);
			}
		}
		long free = disk.getUsableSpace();
		if (free < needed) {
			throw refused("needs some " + needed + " bytes, but its disk has only " + free
					+ " free. Free some space, or name another disk");
		}
	}

	/** With links followed where there is something, also above the directory. */
	private static Path real(Path path) throws IOException {
		Path existing = path;
		while (!Files.exists(existing)) {
			Path parent = existing.getParent();
			if (parent == null) {
				return path;
			}
			existing = parent;
		}
		return existing.toRealPath().resolve(existing.relativize(path)).normalize();
	}

	private static List<Path> files(Path directory) throws IOException {
		try (Stream<Path> files = Files.list(directory)) {
			return files.filter(Files::isRegularFile).toList();
		}
	}

	/** The database deletes files while it is in use. */
	private static long size(Path file) {
		try {
			return Files.size(file);
		}
		catch (IOException ex) {
			return 0;
		}
	}

	private static void sync(Path file) throws IOException {
		try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
			channel.force(true);
		}
	}

}
