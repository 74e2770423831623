package io.kraft.client;

import java.nio.file.Path;

import io.kraft.workflow.KraftException;

/**
 * Operations on the store as a whole. Thread-safe.
 *
 * @since 0.1.0
 */
public interface StorageOperations {

	/**
	 * Makes a consistent copy of the store while it is in use. Whatever was acknowledged
	 * before the call is in it, and of what is acknowledged meanwhile a beginning. On the
	 * file system of the data directory most files are hard links, which take space as
	 * soon as the originals are removed; elsewhere they are copied.
	 * <p>
	 * The copy is written beside its place, as {@code <target>.incomplete}, and gets its
	 * name when all of it is durable.
	 * @param target directory that does not exist or is empty, outside the data directory
	 * @throws BackupRefusedException if the target cannot be used, its disk has not
	 * enough space, another backup is under way, or the store cannot be copied; nothing
	 * was written
	 * @throws KraftException if it failed or took too long: what was written is removed
	 * @throws EngineStoppedException while the engine does not run
	 * @throws BlockingCallException on a thread that must not block
	 */
	BackupDescription backup(Path target);

}
