package io.kraft.benchmark;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

import io.kraft.client.StartOptions;
import io.kraft.engine.KraftEngine;
import io.kraft.engine.definition.StepDefinition;
import io.kraft.engine.definition.WorkflowDefinition;
import io.kraft.engine.store.rocksdb.RocksDbOptions;
import io.kraft.engine.store.rocksdb.RocksDbStore;

/**
 * Kraft with several partitions: its runs have ten steps as those of {@link KraftLoop},
 * or one child that has them, whose partition need not be that of its parent.
 */
final class PartitionLoop implements Loop {

	private final List<StepDefinition> steps = IntStream.rangeClosed(1, KraftLoop.STEPS)
		.mapToObj((number) -> Engines.step("step-" + number))
		.toList();

	private final WorkflowDefinition worker = Engines.workflow("worker", (arguments) -> callSteps());

	private final WorkflowDefinition parent = Engines.workflow("parent", (arguments) -> callChild());

	private final KraftEngine engine;

	private final String started;

	/**
	 * A loop above a fresh directory.
	 * @param children whether the steps are those of a child
	 */
	PartitionLoop(Path directory, boolean sync, int partitions, boolean children) {
		this.started = (children ? this.parent : this.worker).name();
		this.engine = Engines.above(directory, sync, this.worker)
			.workflows(List.of(this.parent))
			.stores(partitions,
					(number) -> RocksDbStore.open(new RocksDbOptions(directory.resolve("partition-" + number), sync)))
			.build();
		this.engine.start();
	}

	private int callSteps() throws Throwable {
		int called = 0;
		for (StepDefinition step : this.steps) {
			Engines.call(this.engine, step, ++called);
		}
		return called;
	}

	private int callChild() throws Throwable {
		Object called = this.engine.calls().workflow(this.worker, new Object[] { 1 }, this::callSteps);
		return (called instanceof Integer steps) ? steps : 0;
	}

	@Override
	public void executeRun() {
		this.engine.client().start(this.started, StartOptions.defaults(), 1).result();
	}

	@Override
	public void close() {
		this.engine.close();
	}

}
