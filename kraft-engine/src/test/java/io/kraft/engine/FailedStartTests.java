package io.kraft.engine;

import io.kraft.engine.store.Store;
import io.kraft.engine.store.memory.MemoryMedium;

class FailedStartTests extends FailedStartContract {

	private final MemoryMedium medium = new MemoryMedium();

	@Override
	protected Store open() {
		return this.medium.open();
	}

}
