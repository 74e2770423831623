package io.kraft.engine.store.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.kraft.engine.store.StorageException;
import org.jspecify.annotations.Nullable;

/**
 * Directories of partitions that were restored from a {@linkplain BackupSet backup} are
 * used together or not at all: a partition that has taken what another one has not given,
 * or the reverse, would lose work or do it twice.
 * <p>
 * Each partition is marked as used when it is opened first, and the directory of all when
 * the last one is. Crash in between: partitions of the same backup are used or not, and
 * the directory is not: the next start continues. Once the directory is marked, a
 * partition that is not was put there later, and is refused.
 */
public final class RestoredSet {

	private final Path all;

	private final SetMark whole;

	private RestoredSet(Path all, SetMark whole) {
		this.all = all;
		this.whole = whole;
	}

	/**
	 * Before a store is opened that may be one of several. Has no effect on one that was
	 * never restored.
	 * @param directory of the store, which is locked
	 * @throws StorageException with {@link StorageException#DAMAGED} if what is there is
	 * not one backup; nothing was changed
	 */
	public static void use(Path directory) {
		Path path = directory.toAbsolutePath().normalize();
		Path parent = path.getParent();
		if (parent == null) {
			return;
		}
		try {
			use(path, parent);
		}
		catch (IOException ex) {
			throw refused(path, "which backup it is from cannot be read (" + ex + ")", ex);
		}
	}

	private static void use(Path path, Path parent) throws IOException {
		SetMark own = SetMark.read(path);
		SetMark whole = SetMark.read(parent);
		if (Files.exists(parent.resolve(BackupSet.INCOMPLETE))) {
			throw refused(path, "it is a part of a backup that was not completed", null);
		}
		if (whole == null) {
			if (own != null) {
				throw refused(path, "it is a part of a backup of " + own.partitions()
						+ " partitions, and the file kraft.backup of the whole one is missing above it", null);
			}
			return;
		}
		RestoredSet set = new RestoredSet(parent, whole);
		set.check(path);
		if (own != null && !own.isUsed()) {
			SetMark.use(path);
		}
		if (!whole.isUsed() && set.isUsedByAll()) {
			SetMark.use(parent);
		}
	}

	private void check(Path path) throws IOException {
		for (int partition = 0; partition < this.whole.partitions(); partition++) {
			Path directory = BackupSet.directory(this.all, partition);
			SetMark mark = SetMark.read(directory);
			String name = "partition " + partition;
			if (mark == null) {
				throw refused(path, name + " is not from the backup that the others are from", null);
			}
			if (!mark.isOf(this.whole) || mark.partition() != partition) {
				throw refused(path, name + " is from another backup, or was another partition there", null);
			}
			if (this.whole.isUsed() && !mark.isUsed()) {
				throw refused(path, name + " was restored, and the others have continued since", null);
			}
		}
	}

	private boolean isUsedByAll() throws IOException {
		for (int partition = 0; partition < this.whole.partitions(); partition++) {
			SetMark mark = SetMark.read(BackupSet.directory(this.all, partition));
			if (mark == null || !mark.isUsed()) {
				return false;
			}
		}
		return true;
	}

	private static StorageException refused(Path path, String why, @Nullable Exception cause) {
		return new StorageException(StorageException.DAMAGED,
				"the store in " + path + " is not opened: " + why
						+ ". The partitions of an engine are restored from one backup, all of them, with the files"
						+ " beside them. Nothing was changed. See docs/reference/errors.md#kraft-4003",
				cause);
	}

}
