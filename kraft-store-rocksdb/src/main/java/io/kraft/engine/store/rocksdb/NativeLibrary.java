package io.kraft.engine.store.rocksdb;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;

import io.kraft.engine.store.StorageException;
import org.rocksdb.RocksDB;
import org.rocksdb.util.Environment;

/**
 * Loads RocksDB's library from a file that is unpacked once. RocksDB's own way unpacks
 * its 17 MB into the temporary directory at each start, and leaves them there when the
 * process is killed.
 * <p>
 * A directory holds the library of one checksum, so that another version unpacks its own.
 */
final class NativeLibrary {

	// A process cannot load it twice, nor from two places.
	private static boolean loaded;

	private NativeLibrary() {
	}

	/**
	 * Loads the library, which a process does once; later calls have no effect.
	 * @param directory to unpack it to
	 */
	static synchronized void load(Path directory) {
		if (loaded) {
			return;
		}
		String resource = Environment.getJniLibraryFileName("rocksdb");
		try {
			URL packed = RocksDB.class.getClassLoader().getResource(resource);
			if (packed == null) {
				throw new StorageException(StorageException.UNUSABLE_DIRECTORY,
						"RocksDB has no library '" + resource
								+ "' for this platform. Set kraft.storage.type=memory to continue without a disk.",
						null);
			}
			RocksDB.loadLibrary(List.of(unpack(packed, directory).toString()));
			loaded = true;
		}
		catch (IOException | UnsatisfiedLinkError ex) {
			throw new StorageException(StorageException.UNUSABLE_DIRECTORY,
					"RocksDB's library cannot be unpacked to and loaded from " + directory + " (" + ex
							+ "). The directory must be writable, and not be mounted 'noexec'."
							+ " See docs/reference/errors.md#kraft-4004",
					ex);
		}
	}

	/**
	 * The directory of the unpacked library.
	 */
	private static Path unpack(URL packed, Path directory) throws IOException {
		URLConnection connection = packed.openConnection();
		// Else the jar stays open until the process ends.
		connection.setUseCaches(false);
		try (InputStream library = connection.getInputStream()) {
			Path folder = directory.resolve(checksum(connection, packed));
			// The name under which RocksDB looks for it differs from that in the jar.
			Path file = folder.resolve(Environment.getJniLibraryFileName("rocksdbjni"));
			if (!Files.exists(file) || Files.size(file) != connection.getContentLengthLong()) {
				Files.createDirectories(folder);
				Path partial = folder.resolve(file.getFileName() + ".partial");
				Files.copy(library, partial, StandardCopyOption.REPLACE_EXISTING);
				try (FileChannel channel = FileChannel.open(partial, StandardOpenOption.WRITE)) {
					channel.force(true);
				}
				Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
			}
			return folder;
		}
	}

	private static String checksum(URLConnection connection, URL packed) throws IOException {
		if (connection instanceof JarURLConnection jar && jar.getJarEntry() != null
				&& jar.getJarEntry().getCrc() != -1) {
			return Long.toHexString(jar.getJarEntry().getCrc());
		}
		try (CheckedInputStream library = new CheckedInputStream(packed.openStream(), new CRC32())) {
			library.skip(Long.MAX_VALUE);
			return Long.toHexString(library.getChecksum().getValue());
		}
	}

}
