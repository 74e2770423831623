package io.kraft.benchmark;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;

import io.kraft.client.StartOptions;
import io.kraft.client.WorkflowHandle;
import io.kraft.engine.KraftEngine;
import io.kraft.engine.definition.NamedStep;
import io.kraft.engine.definition.StepDefinition;
import io.kraft.workflow.WorkQueue;
import org.jspecify.annotations.Nullable;

/**
 * An engine whose work is one step: of a workflow, or of an item of a queue.
 */
final class ItemEngine implements AutoCloseable {

	private static final String NAME = "one-step";

	private final StepDefinition step = Engines.step("step");

	private final StepDefinition holding = Engines.step("hold");

	private final CountDownLatch never = new CountDownLatch(1);

	private final KraftEngine engine;

	ItemEngine(Path directory, boolean sync, List<WorkQueue> queues) {
		this.engine = Engines.above(directory, sync, Engines.workflow(NAME, this::callStep))
			.queues(queues)
			.steps(List.of(new NamedStep(this.step, "a benchmark", this::step),
					new NamedStep(this.holding, "a benchmark", (arguments) -> hold())))
			.build();
		this.engine.start();
	}

	private int callStep(@Nullable Object[] arguments) throws Throwable {
		step(arguments);
		return 1;
	}

	private @Nullable Object step(@Nullable Object[] arguments) throws Throwable {
		return Engines.call(this.engine, this.step, (arguments[0] instanceof Integer number) ? number : 0);
	}

	private @Nullable Object hold() throws Throwable {
		return this.engine.calls().step(this.holding, new Object[] { 1 }, (copies) -> {
			this.never.await();
			return Item.of(1);
		});
	}

	void executeWorkflow() {
		this.engine.client().start(NAME, StartOptions.defaults(), 1).result();
	}

	/**
	 * Puts in an item whose step does nothing.
	 */
	WorkflowHandle<?> enqueue(String queue) {
		return this.engine.client().enqueue(queue, () -> outside(() -> Engines.call(this.engine, this.step, 1)));
	}

	/**
	 * Puts in an item that keeps its place as long as the engine runs.
	 */
	WorkflowHandle<?> enqueueHolding(String queue) {
		return this.engine.client().enqueue(queue, () -> outside(this::hold));
	}

	/** Outside of runs, a call is only noticed. */
	private static @Nullable Object outside(Call call) {
		try {
			return call.make();
		}
		catch (Throwable ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() {
		this.engine.close();
	}

	/**
	 * A call of a step.
	 */
	@FunctionalInterface
	private interface Call {

		@Nullable Object make() throws Throwable;

	}

}
