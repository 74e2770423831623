package io.kraft.engine;

import java.util.function.IntFunction;

import io.kraft.engine.hosting.Ownership;
import io.kraft.engine.hosting.SoleOwnership;
import io.kraft.engine.hosting.StorePreparation;
import io.kraft.engine.store.Store;
import org.jspecify.annotations.Nullable;

/**
 * Where an engine has its stores from: it opens them itself, or an ownership that was
 * given does.
 *
 * @param stores opens that of a partition by its number; null if the ownership does
 * @param ownership that was given; null if there is none
 * @param encryption of what is written to each store
 */
record StoreSource(@Nullable IntFunction<Store> stores, @Nullable Ownership ownership, StorePreparation encryption) {

	StoreSource {
		if ((stores == null) == (ownership == null)) {
			throw new IllegalStateException((stores == null) ? "An engine needs a store: builder.store(() -> ...)"
					: "An engine has either stores or an ownership that opens them: both were given");
		}
	}

	/**
	 * Of an engine that opens its stores.
	 */
	static StoreSource of(IntFunction<Store> stores) {
		return new StoreSource(stores, null, StorePreparation.NONE);
	}

	/**
	 * Who decides which partitions are hosted from a start to its stop.
	 * @param checks of each store, decrypted
	 */
	Ownership ownership(StorePreparation checks) {
		if (this.ownership != null) {
			return this.ownership;
		}
		IntFunction<Store> stores = this.stores;
		StorePreparation all = this.encryption.then(checks);
		return new SoleOwnership((partition) -> all.open(partition, () -> open(stores, partition)));
	}

	private static Store open(@Nullable IntFunction<Store> stores, int partition) {
		if (stores == null) {
			throw new IllegalStateException("the ownership that was given opens the stores");
		}
		return stores.apply(partition);
	}

	/**
	 * What the host is to do with stores that an ownership has opened.
	 * @param checks as in {@link #ownership(StorePreparation)}
	 */
	StorePreparation preparation(StorePreparation checks) {
		return (this.ownership != null) ? this.encryption.then(checks) : StorePreparation.NONE;
	}

}
