package io.kraft.engine.store.memory;

import io.kraft.engine.store.kv.CheckContract;
import io.kraft.engine.store.kv.OrderedKeys;

class MemoryCheckTests extends CheckContract {

	@Override
	protected OrderedKeys open() {
		return new MemoryKeys(new MemoryContents());
	}

}
