package io.kraft.engine.store.rocksdb;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Path;
import java.util.List;

import io.kraft.engine.store.StorageException;
import org.rocksdb.RocksDB;
import org.rocksdb.util.Environment;

/**
 * Loads RocksDB's library from a file that is unpacked once. RocksDB's own way unpacks
 * its 17 MB into the temporary directory at each start, and leaves them there when the
 * process is killed.
 * <p>
 * A directory holds the library of one checksum, so that another version unpacks its own.
 * What is there from a former start is compared with the jar's each time.
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
			// The name under which RocksDB looks for it differs from that in the jar.
			UnpackedLibrary library = new UnpackedLibrary(directory, Environment.getJniLibraryFileName("rocksdbjni"));
			RocksDB.loadLibrary(List.of(library.unpack(() -> open(packed)).toString()));
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

	private static InputStream open(URL packed) throws IOException {
		URLConnection connection = packed.openConnection();
		// Else the jar stays open until the process ends.
		connection.setUseCaches(false);
		return connection.getInputStream();
	}

}
