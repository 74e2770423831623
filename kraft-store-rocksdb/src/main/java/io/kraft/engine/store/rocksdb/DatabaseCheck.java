package io.kraft.engine.store.rocksdb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import io.kraft.engine.store.StorageException;
import org.jspecify.annotations.Nullable;

/**
 * Distinguishes a database that crashed from one that was damaged, before RocksDB opens
 * it.
 * <p>
 * A crash leaves at most one unreadable record, the one that was being written: the last.
 * Every commit before it was synced, so an unreadable record with another one behind it
 * is damage, and to continue would lose what was acknowledged. None of RocksDB's recovery
 * modes draws this line. {@code PointInTime} opens either and drops everything behind the
 * record; {@code TolerateCorruptedTailRecords} refuses a last record whose pages reached
 * the disk in part, and, like {@code AbsoluteConsistency}, drops records behind damage in
 * the last 32 KB. Therefore the logs are read here, and then RocksDB may use
 * {@code PointInTime}.
 * <p>
 * Without sync a crash may leave holes anywhere, and all that follows the first one may
 * be lost, as documented: nothing is checked.
 */
final class DatabaseCheck implements WalRecords.Visitor {

	private static final long UNKNOWN = -1;

	private long expected = UNKNOWN;

	private @Nullable Path log;

	private boolean logBegan;

	private @Nullable String fault;

	private boolean faultInLog;

	private DatabaseCheck() {
	}

	/**
	 * Changes nothing; reads the write-ahead logs, some 256 MB at most, as fast as the
	 * disk allows.
	 */
	static void check(Path database, boolean synced) {
		try {
			List<Path> logs = files(database, ".log");
			if (!Files.exists(database.resolve("CURRENT"))) {
				checkNew(database, logs);
			}
			else if (synced) {
				DatabaseCheck check = new DatabaseCheck();
				for (Path log : logs) {
					check.read(log);
				}
			}
		}
		catch (IOException ex) {
			throw new StorageException(StorageException.UNUSABLE_DIRECTORY, "the database " + database
					+ " cannot be read (" + ex
					+ "). Give the user the right to read all its files. See docs/reference/errors.md#kraft-4004", ex);
		}
	}

	@Override
	public void begins(long sequence, int writes) {
		if (writes == 0) {
			// With such a record RocksDB marks a log that it began after a torn one.
			return;
		}
		if (this.faultInLog) {
			throw damaged(this.fault + " cannot be read, but is followed by sound ones");
		}
		boolean first = !this.logBegan;
		this.logBegan = true;
		if (first && this.expected != UNKNOWN && sequence != this.expected) {
			throw damaged((this.fault != null) ? this.fault + " cannot be read, but is followed by another log"
					: "a log between that of sequence " + (this.expected - 1) + " and " + this.log + " is missing");
		}
		if (first && this.expected == UNKNOWN && this.fault != null) {
			throw damaged(this.fault + " cannot be read, but is followed by another log");
		}
	}

	@Override
	public void ends(long sequence, int writes) {
		this.expected = sequence + writes;
	}

	@Override
	public void fault(long offset) {
		if (!this.faultInLog) {
			this.fault = "the record at byte " + offset + " of " + this.log;
			this.faultInLog = true;
		}
	}

	private void read(Path log) throws IOException {
		this.log = log;
		this.logBegan = false;
		this.faultInLog = false;
		WalRecords.read(log, this);
	}

	/**
	 * RocksDB would begin an empty database beside the files of the old one.
	 */
	private static void checkNew(Path database, List<Path> logs) throws IOException {
		if (!logs.isEmpty() || !files(database, ".sst").isEmpty()) {
			throw damaged("the file " + database.resolve("CURRENT") + " is missing, but there are data");
		}
	}

	private static List<Path> files(Path database, String suffix) throws IOException {
		if (!Files.isDirectory(database)) {
			return List.of();
		}
		try (Stream<Path> files = Files.list(database)) {
			// Their names are numbers, and longer ones are higher.
			return files.filter((file) -> file.toString().endsWith(suffix))
				.sorted(Comparator.comparingInt((Path file) -> file.toString().length()).thenComparing(Path::toString))
				.toList();
		}
	}

	private static StorageException damaged(String what) {
		return new StorageException(StorageException.DAMAGED, "the database is damaged: " + what
				+ ". Acknowledged data would be lost, so nothing was opened or changed. Check the disk, and restore the data directory from a backup. See docs/reference/errors.md#kraft-4003",
				null);
	}

}
