package io.kraft.benchmark;

import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import io.kraft.client.StartOptions;
import io.kraft.client.WorkflowHandle;
import io.kraft.client.WorkflowQuery;
import io.kraft.client.WorkflowStatus;
import io.kraft.engine.KraftEngine;
import io.kraft.engine.definition.StepDefinition;
import org.jspecify.annotations.Nullable;

/**
 * How long it takes to resume runs that were executing when the process died: each has
 * five steps in its journal, was in its sixth, and ends with it.
 */
final class InterruptedRuns {

	private static final String NAME = "interrupted";

	private static final int RECORDED_STEPS = 5;

	private final StepDefinition step = Engines.step("step");

	private final Settings settings;

	private final DataDirectories directories;

	private final AtomicInteger interrupted = new AtomicInteger();

	private volatile boolean crashed;

	private volatile @Nullable KraftEngine engine;

	InterruptedRuns(Settings settings, DataDirectories directories) {
		this.settings = settings;
		this.directories = directories;
	}

	void print() {
		int runs = this.settings.interruptedRuns();
		Table.title(String.format(Locale.ROOT, "recovery of %,d interrupted runs", runs));
		for (int repeat = 0; repeat < this.settings.repeats(); repeat++) {
			Path directory = this.directories.create("recovery");
			interrupt(directory, runs);
			recover(directory, runs);
			DataDirectories.delete(directory);
		}
	}

	private void interrupt(Path directory, int runs) {
		this.crashed = false;
		this.interrupted.set(0);
		KraftEngine engine = start(directory, false);
		for (int number = 0; number < runs; number++) {
			engine.client().start(NAME, StartOptions.defaults().id("run-" + number), number);
		}
		while (this.interrupted.get() < runs) {
			pause();
		}
		this.crashed = true;
		engine.close();
		// A process that has died leaves no threads; here they are still ending.
		while (engine.health().executingRuns() > 0) {
			pause();
		}
	}

	private void recover(Path directory, int runs) {
		long begin = System.nanoTime();
		try (KraftEngine engine = start(directory, true)) {
			long started = System.nanoTime();
			WorkflowHandle<?> first = engine.client().handle("run-0");
			first.result();
			long firstEnded = System.nanoTime();
			WorkflowQuery executing = WorkflowQuery.all().status(WorkflowStatus.RUNNING).limit(1);
			while (!engine.client().list(executing).items().isEmpty()) {
				pause();
			}
			long allEnded = System.nanoTime();
			Table.row("after the start",
					"ready after %.0f ms, first run ended after %.0f ms, all after %.0f ms (%,.0f runs/s)",
					(started - begin) / 1e6, (firstEnded - begin) / 1e6, (allEnded - begin) / 1e6,
					runs * 1e9 / (allEnded - started));
		}
	}

	private KraftEngine start(Path directory, boolean sync) {
		KraftEngine started = Engines.above(directory, sync, Engines.workflow(NAME, (arguments) -> callSteps()))
			.maxConcurrentWorkflows(Math.max(10_000, sync ? 0 : this.settings.interruptedRuns()))
			.build();
		this.engine = started;
		started.start();
		return started;
	}

	private int callSteps() throws Throwable {
		KraftEngine engine = this.engine;
		if (engine == null) {
			throw new IllegalStateException("The engine has not started");
		}
		for (int number = 1; number <= RECORDED_STEPS; number++) {
			Engines.call(engine, this.step, number);
		}
		engine.calls().step(this.step, new Object[] { 0 }, (copies) -> blockUntilCrash());
		return RECORDED_STEPS;
	}

	private Item blockUntilCrash() throws InterruptedException {
		if (!this.crashed) {
			this.interrupted.incrementAndGet();
			new CountDownLatch(1).await();
		}
		return Item.of(0);
	}

	private static void pause() {
		try {
			Thread.sleep(2);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
