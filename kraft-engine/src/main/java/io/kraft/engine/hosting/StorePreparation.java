package io.kraft.engine.hosting;

import java.util.function.Supplier;

import io.kraft.engine.store.Store;

/**
 * What is done with the store of a partition before its ownership is taken: it is
 * wrapped, or checked.
 */
@FunctionalInterface
public interface StorePreparation {

	/** Takes the store as it is. */
	StorePreparation NONE = (partition, store) -> store.get();

	/**
	 * Opens a store and prepares it. It is closed when this throws.
	 * @param partition its number
	 * @param store opens it
	 */
	Store open(int partition, Supplier<Store> store);

	/**
	 * This one, and then another one with what it returns.
	 */
	default StorePreparation then(StorePreparation next) {
		return (partition, store) -> next.open(partition, () -> open(partition, store));
	}

}
