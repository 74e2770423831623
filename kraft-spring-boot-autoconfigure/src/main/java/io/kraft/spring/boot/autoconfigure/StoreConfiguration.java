package io.kraft.spring.boot.autoconfigure;

import java.util.function.Supplier;

import io.kraft.engine.store.Store;
import io.kraft.engine.store.memory.MemoryMedium;
import io.kraft.engine.store.rocksdb.RocksDbOptions;
import io.kraft.engine.store.rocksdb.RocksDbStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * How the store is opened when the engine starts. A bean supplies the store instead of
 * being it, because the engine opens and closes it.
 */
@Configuration(proxyBeanMethods = false)
class StoreConfiguration {

	private static final Logger log = LoggerFactory.getLogger(StoreConfiguration.class);

	@Bean
	@ConditionalOnMissingBean(value = Store.class, parameterizedContainer = Supplier.class)
	Supplier<Store> kraftStore(KraftProperties properties) {
		KraftProperties.Storage storage = properties.storage();
		return switch (storage.type()) {
			case ROCKSDB -> () -> openRocksDb(storage);
			case MEMORY -> inMemory();
		};
	}

	private static Store openRocksDb(KraftProperties.Storage storage) {
		Store store = RocksDbStore.open(new RocksDbOptions(storage.directory(), storage.sync(),
				storage.nativeMemory().toBytes(), storage.allowSharedDirectory()));
		log.info("The journal is in {}", storage.directory().toAbsolutePath().normalize());
		if (!storage.sync()) {
			log.warn("A power failure may lose acknowledged commits (kraft.storage.sync=false)");
		}
		return store;
	}

	private static Supplier<Store> inMemory() {
		MemoryMedium medium = new MemoryMedium();
		return () -> {
			log.warn("The journal is in memory: no run survives this process (kraft.storage.type=memory)");
			return medium.open();
		};
	}

}
