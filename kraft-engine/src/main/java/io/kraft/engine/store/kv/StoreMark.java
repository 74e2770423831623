package io.kraft.engine.store.kv;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import io.kraft.engine.store.StorageException;
import io.kraft.engine.store.StoreIdentity;
import org.jspecify.annotations.Nullable;

/**
 * Numbers about the store as a whole, in {@link Keyspace#META}. Their keys are letters.
 */
enum StoreMark {

	/** Of keys and values. */
	FORMAT,

	/** Of the present owner. */
	EPOCH,

	/** The highest run number as of the last removal of a run. */
	HIGHEST_RUN,

	/**
	 * The latest creation of a run that was removed, in milliseconds since 1970.
	 */
	LAST_REMOVED_CREATION,

	/** 1 if the counts of {@link RunCounts} are kept. */
	COUNTED,

	/**
	 * Which partition it is, in the upper half, of how many; an only one has no such
	 * mark.
	 */
	PARTITION;

	/** Without rows for other partitions and answers of requests from other processes. */
	static final long FORMAT_WITHOUT_CHANNELS = 2;

	/**
	 * With them: the commit that writes the first one raises the format, so that a store
	 * of one partition stays as it is.
	 */
	static final long PRESENT_FORMAT = 3;

	// Not the constant's name: that may change, and what is on disk may not.
	private byte[] key() {
		String name = switch (this) {
			case FORMAT -> "format";
			case EPOCH -> "epoch";
			case HIGHEST_RUN -> "highest-run";
			case LAST_REMOVED_CREATION -> "last-removed-creation";
			case COUNTED -> "counted";
			case PARTITION -> "partition";
		};
		return name.getBytes(StandardCharsets.US_ASCII);
	}

	/**
	 * 0 if it was never written.
	 */
	long read(KeyReader keys) {
		byte[] value = keys.get(Keyspace.META, key());
		return (value != null) ? decode(value) : 0;
	}

	long decode(byte[] value) {
		if (value.length != Long.BYTES) {
			throw new StorageException(StorageException.DAMAGED, "the store's mark '" + this + "' has " + value.length
					+ " bytes instead of 8. Restore the data from a backup. See docs/reference/errors.md#kraft-4003",
					null);
		}
		return ByteBuffer.wrap(value).getLong();
	}

	void write(KeyBatch batch, long value) {
		batch.put(Keyspace.META, key(), Keys.number(value));
	}

	private static StorageException unknownFormat(long format) {
		return new StorageException(StorageException.UNKNOWN_FORMAT, "the store is of format " + format
				+ ", but this version of Kraft knows the formats " + FORMAT_WITHOUT_CHANNELS + " and " + PRESENT_FORMAT
				+ " only. Was it written by another one? Nothing was changed. See docs/reference/errors.md#kraft-4005",
				null);
	}

	/**
	 * The mark of a key in {@link Keyspace#META}; null if it is not a mark.
	 */
	static @Nullable StoreMark of(byte[] key) {
		for (StoreMark mark : values()) {
			if (Arrays.equals(mark.key(), key)) {
				return mark;
			}
		}
		return null;
	}

	/**
	 * Refuses a format that this version does not know; one that cannot be read is not
	 * refused. Changes nothing.
	 */
	static void refuseUnknownFormat(KeyReader keys) {
		byte[] value = keys.get(Keyspace.META, FORMAT.key());
		if (value != null && value.length == Long.BYTES && !isKnown(FORMAT.read(keys))) {
			throw unknownFormat(FORMAT.read(keys));
		}
	}

	/**
	 * Marks an empty store with its format and its identity, and refuses one of another
	 * identity, or of a format that is not known.
	 */
	static void checkFormat(OrderedKeys keys, StoreIdentity identity) {
		long format = FORMAT.read(keys);
		if (isKnown(format)) {
			checkIdentity(keys, identity);
			return;
		}
		if (format != 0) {
			throw unknownFormat(format);
		}
		try (KeyCursor runs = keys.scan(Keyspace.RUNS, Keys.EMPTY, null)) {
			if (runs.first()) {
				throw new StorageException(StorageException.DAMAGED,
						"the store holds runs, but not the mark of "
								+ "its format. Restore the data from a backup. See docs/reference/errors.md#kraft-4003",
						null);
			}
		}
		try (KeyBatch batch = keys.batch()) {
			FORMAT.write(batch, identity.isSole() ? FORMAT_WITHOUT_CHANNELS : PRESENT_FORMAT);
			if (!identity.isSole()) {
				PARTITION.write(batch, ((long) identity.partition() << Integer.SIZE) | identity.partitions());
			}
			batch.write(true);
		}
	}

	private static void checkIdentity(OrderedKeys keys, StoreIdentity identity) {
		StoreIdentity found = readIdentity(keys);
		if (!found.equals(identity)) {
			throw new StorageException(StorageException.FIXED_AT_CREATION, keys + " is the store of " + found
					+ ", but expected is that of " + identity
					+ ". Nothing was changed. Set kraft.engine.partitions to the number with which the data were made; if the number is right, a store "
					+ "is in the place of another one: restore the data directory from a backup. See docs/reference/errors.md#kraft-5008",
					null);
		}
	}

	/**
	 * The identity of a store that has a format.
	 */
	static StoreIdentity readIdentity(KeyReader keys) {
		byte[] value = keys.get(Keyspace.META, PARTITION.key());
		return (value != null) ? decodeIdentity(value) : StoreIdentity.SOLE;
	}

	/**
	 * The identity in a mark of several partitions.
	 * @throws StorageException if it cannot have been written
	 */
	static StoreIdentity decodeIdentity(byte[] value) {
		long both = PARTITION.decode(value);
		int partition = (int) (both >>> Integer.SIZE);
		int partitions = (int) both;
		if (partition < 0 || partition >= partitions || partitions < 2) {
			throw new StorageException(
					StorageException.DAMAGED, "the store's mark 'PARTITION' holds partition " + partition + " of "
							+ partitions + ". Restore the data from a backup. See docs/reference/errors.md#kraft-4003",
					null);
		}
		return new StoreIdentity(partition, partitions);
	}

	private static boolean isKnown(long format) {
		return format == FORMAT_WITHOUT_CHANNELS || format == PRESENT_FORMAT;
	}

}
