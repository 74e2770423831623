package io.kraft.engine.store.rocksdb;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;

import io.kraft.engine.store.StorageException;
import io.kraft.engine.store.kv.Keyspace;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/**
 * Refuses a database with column families that this version does not know.
 */
final class KnownFamilies {

	private KnownFamilies() {
	}

	static void check(Path database) {
		if (!Files.exists(database.resolve("CURRENT"))) {
			return;
		}
		Set<String> known = known();
		for (String name : found(database)) {
			if (!known.contains(name)) {
				throw new StorageException(StorageException.UNKNOWN_FORMAT, "the database " + database
						+ " has a column family '" + name
						+ "' that this version of Kraft does not know. Was it written by a newer one? Nothing was changed. See docs/reference/errors.md#kraft-4005",
						null);
			}
		}
	}

	/**
	 * Whether a database that exists has all families: they are made one by one, before
	 * anything is written.
	 */
	static boolean areMade(Path database) {
		return found(database).containsAll(known());
	}

	private static Set<String> known() {
		Set<String> known = new HashSet<>();
		known.add(new String(RocksDB.DEFAULT_COLUMN_FAMILY, StandardCharsets.US_ASCII));
		for (Keyspace space : Keyspace.values()) {
			known.add(new String(RocksDbSettings.name(space), StandardCharsets.US_ASCII));
		}
		return known;
	}

	private static Set<String> found(Path database) {
		Set<String> found = new LinkedHashSet<>();
		try (Options options = new Options()) {
			for (byte[] family : RocksDB.listColumnFamilies(options, database.toString())) {
				found.add(new String(family, StandardCharsets.UTF_8));
			}
			return found;
		}
		catch (RocksDBException ex) {
			throw RocksDbFailure.ofOpening(database, ex);
		}
	}

}
