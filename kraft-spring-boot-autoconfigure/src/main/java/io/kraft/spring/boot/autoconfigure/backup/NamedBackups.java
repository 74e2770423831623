package io.kraft.spring.boot.autoconfigure.backup;

import java.nio.file.Path;
import java.util.regex.Pattern;

import io.kraft.client.BackupRefusedException;
import io.kraft.client.StorageOperations;
import org.jspecify.annotations.Nullable;

/**
 * Makes backups by name, each in a directory of that name below
 * {@code kraft.storage.backup-path}. Thread-safe.
 */
public final class NamedBackups {

	/** Neither a separator, nor hidden, nor the parent directory. */
	private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

	private final StorageOperations storage;

	private final @Nullable Path directory;

	/**
	 * Backups of a store.
	 * @param directory of all of them; null if none is configured
	 */
	public NamedBackups(StorageOperations storage, @Nullable Path directory) {
		this.storage = storage;
		this.directory = directory;
	}

	/**
	 * Makes a backup; it is durable when this returns.
	 * @param name of a backup that does not exist
	 * @throws BackupRefusedException also if there is no directory, or the name is
	 * invalid
	 */
	public BackupDescriptor backup(String name) {
		if (this.directory == null) {
			throw new BackupRefusedException("the backup '" + name
					+ "' was not begun, because there is no directory for backups. Set kraft.storage.backup-path");
		}
		if (!NAME.matcher(name).matches() || name.endsWith(".incomplete")) {
			throw new BackupRefusedException("the backup was not begun, because '" + name
					+ "' is not a valid name of a backup. Use up to 100 letters, digits, '.', '_' and '-', the first of them a "
					+ "letter or digit, and not the ending '.incomplete'");
		}
		return BackupDescriptor.of(name, this.storage.backup(this.directory.resolve(name)));
	}

}
