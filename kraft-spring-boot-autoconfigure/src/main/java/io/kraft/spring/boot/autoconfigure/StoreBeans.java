package io.kraft.spring.boot.autoconfigure;

import java.util.function.IntFunction;
import java.util.function.Supplier;

import io.kraft.engine.store.Store;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * The beans that open stores: those of all partitions, or that of the only one.
 */
final class StoreBeans {

	private StoreBeans() {
	}

	/**
	 * What opens the store of a partition by its number.
	 * @param stores of any number of partitions
	 * @param store of an only partition
	 * @throws InvalidConfigurationPropertyValueException if there are several partitions,
	 * but only one store
	 */
	static IntFunction<Store> choose(ObjectProvider<IntFunction<Store>> stores, ObjectProvider<Supplier<Store>> store,
			int partitions) {
		IntFunction<Store> ofEach = stores.getIfAvailable();
		if (ofEach != null) {
			return ofEach;
		}
		if (partitions > 1) {
			throw new InvalidConfigurationPropertyValueException("kraft.engine.partitions", partitions,
					"It must be 1 where the application has a bean Supplier<Store>, which opens one store: each partition "
							+ "has a store of its own. Declare a bean IntFunction<Store> in its place, which opens that of a partition by its number.");
		}
		Supplier<Store> only = store.getObject();
		return (partition) -> only.get();
	}

}
