package io.kraft.engine.store.rocksdb;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The files of a snapshot. A list of them with their lengths is written last, and goes
 * with them to other nodes: so one that was cut off is recognized wherever it is.
 */
final class SnapshotFiles {

	/** The list. */
	static final String LIST = "kraft.files";

	/** Are never changed once they are written. */
	private static final String TABLES = ".sst";

	private SnapshotFiles() {
	}

	/**
	 * Writes the list, and makes it durable.
	 */
	static void seal(Path snapshot) throws IOException {
		StringBuilder list = new StringBuilder();
		for (Path file : files(snapshot)) {
			list.append(file.getFileName()).append(' ').append(Files.size(file)).append('\n');
		}
		Path target = snapshot.resolve(LIST);
		Files.writeString(target, list, StandardOpenOption.CREATE_NEW);
		sync(target);
		DataDirectory.syncDirectory(snapshot);
	}

	/**
	 * Whether all files of the list are there, with their lengths.
	 */
	static boolean isComplete(Path snapshot) throws IOException {
		Path list = snapshot.resolve(LIST);
		if (!Files.isRegularFile(list)) {
			return false;
		}
		Map<String, Long> lengths = lengths(list);
		for (Map.Entry<String, Long> file : lengths.entrySet()) {
			Path path = snapshot.resolve(file.getKey());
			if (!Files.isRegularFile(path) || Files.size(path) != file.getValue()) {
				return false;
			}
		}
		return lengths.containsKey("CURRENT");
	}

	private static Map<String, Long> lengths(Path list) throws IOException {
		Map<String, Long> lengths = new TreeMap<>();
		for (String line : Files.readString(list, StandardCharsets.UTF_8).split("\n", -1)) {
			int space = line.lastIndexOf(' ');
			if (space > 0 && line.substring(space + 1).matches("\\d{1,18}")) {
				lengths.put(line.substring(0, space), Long.valueOf(line.substring(space + 1)));
			}
		}
		return lengths;
	}

	/**
	 * The database of a snapshot, in a directory that is not there yet: durable when this
	 * returns. Tables are shared, as both only read them; the other files are copied, as
	 * a database may write on in them.
	 */
	static void copy(Path snapshot, Path target) throws IOException {
		PrivateFiles.createDirectory(target);
		for (String name : lengths(snapshot.resolve(LIST)).keySet()) {
			Path from = snapshot.resolve(name);
			// Who received them need not have synced them.
			sync(from);
			Path to = target.resolve(name);
			if (!name.endsWith(TABLES) || !isLinked(from, to)) {
				Files.copy(from, to);
				sync(to);
			}
		}
		DataDirectory.syncDirectory(snapshot);
		DataDirectory.syncDirectory(target);
	}

	private static boolean isLinked(Path from, Path to) throws IOException {
		try {
			Files.createLink(to, from);
			return true;
		}
		catch (UnsupportedOperationException ex) {
			return false;
		}
	}

	static void sync(Path file) throws IOException {
		try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
			channel.force(true);
		}
	}

	/** Those of a directory, in the order of their names. */
	static List<Path> files(Path directory) throws IOException {
		try (Stream<Path> files = Files.list(directory)) {
			return files.filter(Files::isRegularFile).sorted().toList();
		}
	}

	/**
	 * Removes a directory with all that is in it, or a file; a missing one is no error.
	 */
	static void remove(Path path) throws IOException {
		if (!Files.exists(path)) {
			return;
		}
		Files.walkFileTree(path, new SimpleFileVisitor<>() {
			@Override
			public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
				Files.delete(file);
				return FileVisitResult.CONTINUE;
			}

			@Override
			public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
					throws IOException {
				if (failure != null) {
					throw failure;
				}
				Files.delete(directory);
				return FileVisitResult.CONTINUE;
			}
		});
	}

}
