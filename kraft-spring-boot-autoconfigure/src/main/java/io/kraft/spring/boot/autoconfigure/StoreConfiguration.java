package io.kraft.spring.boot.autoconfigure;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;
import java.util.function.Supplier;

import io.kraft.engine.store.Store;
import io.kraft.engine.store.StoreIdentity;
import io.kraft.engine.store.memory.MemoryMedium;
import io.kraft.engine.store.rocksdb.RocksDbOptions;
import io.kraft.engine.store.rocksdb.RocksDbStores;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * How the stores of the partitions are opened when the engine starts, by their numbers. A
 * bean opens the stores instead of being one, because the engine opens and closes them.
 * One of the application's own opens them by their numbers, too, or supplies the store of
 * the only partition.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnMissingBean(value = Store.class, parameterizedContainer = { Supplier.class, IntFunction.class })
class StoreConfiguration {

	private static final Logger log = LoggerFactory.getLogger(StoreConfiguration.class);

	/**
	 * Of the only partition, for an engine of the application's own.
	 */
	@Bean
	Supplier<Store> kraftStore(@Qualifier("kraftStores") IntFunction<Store> stores, KraftProperties properties) {
		int partitions = properties.engine().partitions();
		return () -> {
			if (partitions > 1) {
				throw new IllegalStateException("There are " + partitions
						+ " partitions, and so no only store: give the engine the bean IntFunction<Store>, by KraftEngineBuilder.stores");
			}
			return stores.apply(0);
		};
	}

	@Bean
	IntFunction<Store> kraftStores(KraftProperties properties) {
		int partitions = properties.engine().partitions();
		return switch (properties.storage().type()) {
			case ROCKSDB -> rocksDb(properties.storage(), partitions);
			case MEMORY -> inMemory(partitions);
		};
	}

	private static IntFunction<Store> rocksDb(KraftProperties.Storage storage, int partitions) {
		RocksDbStores stores = new RocksDbStores(new RocksDbOptions(storage.directory(), storage.sync(),
				storage.nativeMemory().toBytes(), storage.allowSharedDirectory()), partitions);
		return (partition) -> {
			Store store = stores.apply(partition);
			if (partition == 0) {
				log.info("The journal is in {}", storage.directory().toAbsolutePath().normalize());
				if (!storage.sync()) {
					log.warn("A power failure may lose acknowledged commits (kraft.storage.sync=false)");
				}
			}
			return store;
		};
	}

	private static IntFunction<Store> inMemory(int partitions) {
		Map<Integer, MemoryMedium> media = new ConcurrentHashMap<>();
		return (partition) -> {
			if (partition == 0) {
				log.warn("The journal is in memory: no run survives this process (kraft.storage.type=memory)");
			}
			return media.computeIfAbsent(partition, (number) -> new MemoryMedium())
				.open(new StoreIdentity(partition, partitions));
		};
	}

}
