package io.kraft.engine.store.kv;

import io.kraft.engine.store.StorageException;
import io.kraft.engine.store.StoreIdentity;
import org.jspecify.annotations.Nullable;

/**
 * What a look at ordered keys says of the store over them, without opening it.
 *
 * @param identity of the store; null if none was ever opened
 * @param epoch of its last owner; 0 if it never had one
 */
public record FoundStore(@Nullable StoreIdentity identity, long epoch) {

	/**
	 * Changes nothing.
	 * @throws StorageException with {@link StorageException#UNKNOWN_FORMAT} if the keys
	 * were written in a format that this version does not know
	 */
	public static FoundStore in(KeyReader keys) {
		StoreMark.refuseUnknownFormat(keys);
		long format = StoreMark.FORMAT.read(keys);
		return new FoundStore((format != 0) ? StoreMark.readIdentity(keys) : null, StoreMark.EPOCH.read(keys));
	}

	/**
	 * Whether it had an owner, and so may hold something.
	 */
	public boolean wasOwned() {
		return this.epoch > 0;
	}

}
