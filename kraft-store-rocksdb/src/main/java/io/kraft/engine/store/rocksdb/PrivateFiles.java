package io.kraft.engine.store.rocksdb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Makes directories and files that only the user of the process may use, from their first
 * moment on. Where files have no POSIX permissions they get those of their directory.
 */
final class PrivateFiles {

	private static final Set<PosixFilePermission> DIRECTORY = PosixFilePermissions.fromString("rwx------");

	private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");

	/**
	 * Whatever the umask: in a directory that others may write ours could be replaced.
	 */
	private static final Set<PosixFilePermission> PARENT = PosixFilePermissions.fromString("rwxr-xr-x");

	private PrivateFiles() {
	}

	static void createDirectory(Path directory) throws IOException {
		Files.createDirectory(directory, attributes(directory, DIRECTORY));
	}

	/** A directory above a private one, which others may read. */
	static void createParent(Path directory) throws IOException {
		Files.createDirectory(directory, attributes(directory, PARENT));
	}

	/**
	 * Makes a file, never opens one that exists or what a link leads to.
	 */
	static void createFile(Path file) throws IOException {
		Files.createFile(file, attributes(file, FILE));
	}

	/** For the calls that make a file and open it. */
	static FileAttribute<?>[] fileAttributes(Path file) {
		return attributes(file, FILE);
	}

	/**
	 * Takes all rights from others, if it is ours.
	 * @return whether it had to
	 */
	static boolean close(Path entry, FileRights rights, ProcessIdentity self) throws IOException {
		if (rights.isLink() || !rights.isShared() || !self.owns(rights)) {
			return false;
		}
		Files.setPosixFilePermissions(entry, rights.isDirectory() ? DIRECTORY : FILE);
		return true;
	}

	/**
	 * Takes all rights from others in a directory that only this process uses.
	 */
	static void closeAll(Path directory) throws IOException {
		if (FileRights.areKnownFor(directory)) {
			new DirectoryTrust(ProcessIdentity.ofThisProcess(directory)).close(directory);
		}
	}

	private static FileAttribute<?>[] attributes(Path path, Set<PosixFilePermission> permissions) {
		return path.getFileSystem().supportedFileAttributeViews().contains("posix")
				? new FileAttribute<?>[] { PosixFilePermissions.asFileAttribute(permissions) }
				: new FileAttribute<?>[0];
	}

}
