package io.kraft.engine.store.memory;

import io.kraft.engine.store.kv.OrderedKeys;
import io.kraft.engine.store.kv.PartitionsCheckContract;

class MemoryPartitionsCheckTests extends PartitionsCheckContract {

	@Override
	protected OrderedKeys open(int partition) {
		return new MemoryKeys(new MemoryContents());
	}

}
