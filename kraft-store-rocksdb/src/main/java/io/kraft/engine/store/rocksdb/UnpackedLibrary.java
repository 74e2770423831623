package io.kraft.engine.store.rocksdb;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import java.util.UUID;

/**
 * A native library beside the data, which is the same as in the jar whenever it is asked
 * for: what is there is read and compared, and replaced if it differs.
 * <p>
 * It is written under a random name, as a file that did not exist, and renamed when it is
 * complete and durable: a crash leaves a file that is never loaded. Whatever else is in
 * its directory is removed. A link in the place of a directory or file is not followed.
 */
final class UnpackedLibrary {

	private static final String PARTIAL = ".partial";

	private final Path directory;

	private final String name;

	/**
	 * A library.
	 * @param directory of all unpacked libraries; made if it is missing
	 * @param name of the file
	 */
	UnpackedLibrary(Path directory, String name) {
		this.directory = directory;
		this.name = name;
	}

	/**
	 * Unpacks it, unless it is there.
	 * @return the directory of the file, which is that of its contents
	 */
	Path unpack(Packed packed) throws IOException {
		byte[] expected = digest(packed);
		Path folder = this.directory.resolve(HexFormat.of().formatHex(expected));
		Path file = folder.resolve(this.name);
		requireDirectory(this.directory);
		requireDirectory(folder);
		removeOthers(folder);
		if (!isSame(file, expected)) {
			Path partial = folder.resolve(this.name + '.' + UUID.randomUUID() + PARTIAL);
			write(packed, partial, expected);
			Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
			DataDirectory.syncDirectory(folder);
		}
		return folder;
	}

	private static void requireDirectory(Path directory) throws IOException {
		if (Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
			return;
		}
		// Removes a link, or fails because there is a file.
		if (Files.isSymbolicLink(directory)) {
			Files.delete(directory);
		}
		PrivateFiles.createDirectory(directory);
	}

	private static boolean isSame(Path file, byte[] expected) throws IOException {
		if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
			return false;
		}
		return MessageDigest.isEqual(expected,
				digest(() -> Files.newInputStream(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)));
	}

	/**
	 * Also files that were not compared: RocksDB loads libraries of compressions, such as
	 * {@code libz.so}, from the directory of its own if they are there.
	 */
	private void removeOthers(Path folder) throws IOException {
		try (DirectoryStream<Path> files = Files.newDirectoryStream(folder,
				(file) -> !file.getFileName().toString().equals(this.name))) {
			for (Path file : files) {
				Files.delete(file);
			}
		}
	}

	private static void write(Packed packed, Path file, byte[] expected) throws IOException {
		MessageDigest digest = sha256();
		try (InputStream library = new DigestInputStream(packed.open(), digest);
				FileChannel channel = FileChannel.open(file,
						Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
						PrivateFiles.fileAttributes(file));
				OutputStream out = Channels.newOutputStream(channel)) {
			library.transferTo(out);
			channel.force(true);
		}
		if (!MessageDigest.isEqual(expected, digest.digest())) {
			throw new IOException("the library changed in its jar while it was unpacked");
		}
	}

	private static byte[] digest(Packed packed) throws IOException {
		MessageDigest digest = sha256();
		try (InputStream library = new DigestInputStream(packed.open(), digest)) {
			library.transferTo(OutputStream.nullOutputStream());
		}
		return digest.digest();
	}

	private static MessageDigest sha256() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("every Java platform has SHA-256", ex);
		}
	}

	/**
	 * A library as it is in its jar.
	 */
	@FunctionalInterface
	interface Packed {

		/** Its contents, from the beginning. */
		InputStream open() throws IOException;

	}

}
