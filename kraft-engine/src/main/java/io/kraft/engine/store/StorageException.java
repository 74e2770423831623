package io.kraft.engine.store;

import io.kraft.workflow.KraftException;
import org.jspecify.annotations.Nullable;

/**
 * The medium failed, is damaged, or cannot be used. The message names the file or
 * directory.
 */
public class StorageException extends KraftException {

	/** A write or fsync failed. */
	public static final String WRITE_FAILED = "KRAFT-4001";

	/** Another process has the data directory open. */
	public static final String LOCKED = "KRAFT-4002";

	/** A file is damaged, and not by a torn tail. */
	public static final String DAMAGED = "KRAFT-4003";

	/** The data directory cannot be made, read or written. */
	public static final String UNUSABLE_DIRECTORY = "KRAFT-4004";

	/** The data was written in a format that this version does not know. */
	public static final String UNKNOWN_FORMAT = "KRAFT-4005";

	/** Another owner has claimed the store. */
	public static final String STALE_EPOCH = "KRAFT-4006";

	/** A read failed. */
	public static final String READ_FAILED = "KRAFT-4007";

	/** A run cannot be read, for a reason that has no code of its own. */
	public static final String UNREADABLE_RUN = "KRAFT-4013";

	/** Others than the user of the process can write to the data directory. */
	public static final String UNTRUSTED_DIRECTORY = "KRAFT-4014";

	/** The check at the start has found violations. */
	public static final String INCONSISTENT = "KRAFT-4020";

	/**
	 * The data were made for another number of partitions, or by another partition.
	 */
	public static final String FIXED_AT_CREATION = "KRAFT-5008";

	/** A backup was begun, but not completed. */
	public static final String BACKUP_FAILED = "KRAFT-4010";

	private static final long serialVersionUID = 1L;

	public StorageException(String code, String message, @Nullable Throwable cause) {
		super(code, message, cause);
	}

}
