package io.kraft.engine.store.rocksdb;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.kraft.engine.store.StorageException;

/**
 * Where the stores of partitions are in a data directory. The only one is in the
 * directory itself. Of several, each is in a directory {@code partition-<n>} below it,
 * which is as that of an only one, and a file {@code kraft.partitions} holds how many
 * there are. It is written when all of them have been made, and so says that each must be
 * there.
 *
 * @param directory of the data
 * @param partitions how many there are, 1 or more
 */
public record PartitionLayout(Path directory, int partitions) {

	private static final String PREFIX = "partition-";

	private static final Pattern NAME = Pattern.compile(PREFIX + "(0|[1-9][0-9]{0,3})");

	private static final String FILE = "kraft.partitions";

	private static final Pattern CONTENT = Pattern.compile("partitions=([1-9][0-9]{0,3})\n?");

	/** No file that is as it was written is longer. */
	private static final int MAX_BYTES = 32;

	/**
	 * The layout of a directory in which stores were made; empty if there are none, or
	 * not all of them were made. Changes nothing.
	 * @throws StorageException with {@link StorageException#DAMAGED} if the number of
	 * partitions cannot be read
	 */
	public static Optional<PartitionLayout> find(Path directory) {
		Path file = directory.resolve(FILE);
		if (Files.exists(file)) {
			return Optional.of(new PartitionLayout(directory, read(file)));
		}
		return hasStore(directory) ? Optional.of(new PartitionLayout(directory, 1)) : Optional.empty();
	}

	private static int read(Path file) {
		String content = "";
		IOException failure = null;
		try {
			content = (Files.size(file) <= MAX_BYTES) ? Files.readString(file, StandardCharsets.ISO_8859_1) : "";
			Matcher matcher = CONTENT.matcher(content);
			if (matcher.matches()) {
				return Integer.parseInt(matcher.group(1));
			}
		}
		catch (IOException ex) {
			failure = ex;
		}
		throw new StorageException(StorageException.DAMAGED, "the file " + file + " does not hold "
				+ "'partitions=<number>'" + ((failure != null) ? " (" + failure + ")" : "")
				+ ". Nothing was opened or changed. Restore the data directory from a backup; if all its directories "
				+ "partition-<n> are there, it is enough to remove the file. See docs/reference/errors.md#kraft-4003",
				failure);
	}

	/**
	 * The data directory that the directory of a store belongs to: the one above, if it
	 * is of one of several partitions, else itself.
	 */
	static Path root(Path store) {
		Path parent = store.getParent();
		return (parent != null && NAME.matcher(store.getFileName().toString()).matches()
				&& Files.exists(parent.resolve(FILE))) ? parent : store;
	}

	/**
	 * Whether a store was made in a directory.
	 */
	static boolean hasStore(Path directory) {
		return Files.exists(directory.resolve("db").resolve("CURRENT"));
	}

	/**
	 * The directory of a partition's store.
	 * @param partition its number, from 0 on
	 */
	public Path store(int partition) {
		return (this.partitions == 1) ? this.directory : this.directory.resolve(PREFIX + partition);
	}

	/**
	 * The numbers of all partitions whose stores are there, whatever the number of
	 * partitions is.
	 */
	SortedSet<Integer> found() {
		SortedSet<Integer> found = new TreeSet<>();
		try (DirectoryStream<Path> entries = Files.newDirectoryStream(this.directory, PREFIX + "*")) {
			for (Path entry : entries) {
				Matcher name = NAME.matcher(entry.getFileName().toString());
				if (name.matches() && hasStore(entry)) {
					found.add(Integer.parseInt(name.group(1)));
				}
			}
			return found;
		}
		catch (IOException | DirectoryIteratorException ex) {
			throw new StorageException(StorageException.UNUSABLE_DIRECTORY, "the data directory " + this.directory
					+ " cannot be read (" + ex
					+ "). Give the user the right to read all its files. See docs/reference/errors.md#kraft-4004", ex);
		}
	}

	/**
	 * Records that all stores have been made; durable when this returns. An only one
	 * needs no record.
	 */
	public void write() throws IOException {
		if (this.partitions == 1) {
			return;
		}
		Path written = this.directory.resolve(FILE + ".incomplete");
		Files.deleteIfExists(written);
		PrivateFiles.createFile(written);
		Files.writeString(written, "partitions=" + this.partitions + "\n", StandardCharsets.US_ASCII);
		try (FileChannel channel = FileChannel.open(written, StandardOpenOption.WRITE)) {
			channel.force(true);
		}
		Files.move(written, this.directory.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
		DataDirectory.syncDirectory(this.directory);
	}

}
