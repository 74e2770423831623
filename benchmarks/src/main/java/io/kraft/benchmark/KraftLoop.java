package io.kraft.benchmark;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.kraft.client.StartOptions;
import io.kraft.engine.KraftEngine;
import io.kraft.engine.definition.StepDefinition;

/**
 * Kraft: its runs have some steps, of about 100 bytes each, with empty bodies. The caller
 * starts a run and waits for its result.
 */
final class KraftLoop implements Loop {

	static final int STEPS = 10;

	private static final String NAME = "benchmark";

	private final List<StepDefinition> steps = new ArrayList<>();

	private final KraftEngine engine;

	KraftLoop(Path directory, boolean sync, int steps) {
		for (int number = 1; number <= steps; number++) {
			this.steps.add(Engines.step("step-" + number));
		}
		this.engine = Engines.above(directory, sync, Engines.workflow(NAME, (arguments) -> callSteps())).build();
		this.engine.start();
	}

	private int callSteps() throws Throwable {
		int called = 0;
		for (StepDefinition step : this.steps) {
			Engines.call(this.engine, step, ++called);
		}
		return called;
	}

	@Override
	public void executeRun() {
		this.engine.client().start(NAME, StartOptions.defaults(), 1).result();
	}

	KraftEngine engine() {
		return this.engine;
	}

	@Override
	public void close() {
		this.engine.close();
	}

}
