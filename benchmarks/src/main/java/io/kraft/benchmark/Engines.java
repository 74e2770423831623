package io.kraft.benchmark;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import io.kraft.engine.KraftEngine;
import io.kraft.engine.KraftEngineBuilder;
import io.kraft.engine.definition.MethodSignature;
import io.kraft.engine.definition.RetryPolicy;
import io.kraft.engine.definition.StepDefinition;
import io.kraft.engine.definition.WorkflowDefinition;
import io.kraft.engine.store.rocksdb.RocksDbOptions;
import io.kraft.engine.store.rocksdb.RocksDbStore;
import org.jspecify.annotations.Nullable;

/**
 * Engines and definitions as applications have them.
 */
final class Engines {

	private Engines() {
	}

	/**
	 * An engine above RocksDB, to be built and started. It stops immediately, as a crash
	 * would.
	 */
	static KraftEngineBuilder above(Path directory, boolean sync, WorkflowDefinition workflow) {
		return KraftEngine.builder()
			.store(() -> RocksDbStore.open(new RocksDbOptions(directory, sync)))
			.workflows(List.of(workflow))
			.shutdownGracePeriod(Duration.ZERO);
	}

	/**
	 * A workflow of one argument, a number.
	 */
	static WorkflowDefinition workflow(String name, WorkflowDefinition.Body body) {
		return WorkflowDefinition.of(name, MethodSignature.of(int.class, int.class), body);
	}

	/**
	 * A step of one argument, a number.
	 */
	static StepDefinition step(String name) {
		return StepDefinition.of(name, MethodSignature.of(Item.class, int.class), RetryPolicy.defaults());
	}

	/**
	 * Calls a step whose body does nothing but to return a value.
	 */
	static @Nullable Object call(KraftEngine engine, StepDefinition step, int number) throws Throwable {
		return engine.calls().step(step, new Object[] { number }, (copies) -> Item.of(number));
	}

}
