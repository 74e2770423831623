package io.kraft.engine.store.backup;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Files and directories of a backup: durable, and for the user of the process alone.
 */
final class SetFiles {

	private static final Set<PosixFilePermission> DIRECTORY = PosixFilePermissions.fromString("rwx------");

	private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");

	/** Whatever the umask: what others may write they could replace. */
	private static final Set<PosixFilePermission> PARENT = PosixFilePermissions.fromString("rwxr-xr-x");

	private SetFiles() {
	}

	/** Also what is missing above it. */
	static void createDirectory(Path directory) throws IOException {
		Path parent = directory.getParent();
		if (parent != null) {
			createParents(parent);
		}
		Files.createDirectory(directory, attributes(directory, DIRECTORY));
		if (parent != null) {
			sync(parent);
		}
	}

	private static void createParents(Path directory) throws IOException {
		if (Files.isDirectory(directory)) {
			return;
		}
		Path parent = directory.getParent();
		if (parent != null) {
			createParents(parent);
		}
		Files.createDirectory(directory, attributes(directory, PARENT));
		if (parent != null) {
			sync(parent);
		}
	}

	/** A file that does not exist. */
	static void write(Path file, String text) throws IOException {
		try (FileChannel channel = FileChannel.open(file,
				Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
				attributes(file, FILE))) {
			ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
			while (bytes.hasRemaining()) {
				channel.write(bytes);
			}
			channel.force(true);
		}
	}

	static void sync(Path directory) {
		try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
			channel.force(true);
		}
		catch (IOException ex) {
			// Windows opens no directories, and makes their entries durable by itself.
		}
	}

	static boolean isEmpty(Path directory) throws IOException {
		try (Stream<Path> entries = Files.list(directory)) {
			return entries.findAny().isEmpty();
		}
	}

	/**
	 * Removes a directory with all that is in it.
	 * @param last a file in it that is removed after all others, and not if others are
	 * still being written
	 */
	static void delete(Path directory, Path last) throws IOException {
		try (Stream<Path> all = Files.walk(directory)) {
			for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
				if (!file.equals(directory) && !file.equals(last)) {
					Files.delete(file);
				}
			}
		}
		checkEmptyBut(last, directory);
		Files.deleteIfExists(last);
		Files.delete(directory);
	}

	private static void checkEmptyBut(Path last, Path directory) throws IOException {
		try (Stream<Path> entries = Files.list(directory)) {
			if (entries.anyMatch((entry) -> !entry.equals(last))) {
				throw new DirectoryNotEmptyException(directory.toString());
			}
		}
	}

	private static FileAttribute<?>[] attributes(Path path, Set<PosixFilePermission> permissions) {
		return path.getFileSystem().supportedFileAttributeViews().contains("posix")
				? new FileAttribute<?>[] { PosixFilePermissions.asFileAttribute(permissions) }
				: new FileAttribute<?>[0];
	}

}
