package io.kraft.benchmark;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

import io.kraft.client.StartOptions;
import io.kraft.engine.KraftEngine;
import io.kraft.engine.definition.MethodSignature;
import io.kraft.engine.definition.StepDefinition;
import io.kraft.engine.definition.WorkflowDefinition;
import io.kraft.engine.store.Store;
import io.kraft.engine.store.rocksdb.RocksDbOptions;
import io.kraft.engine.store.rocksdb.RocksDbStore;
import io.kraft.workflow.WorkflowContext;
import org.jspecify.annotations.Nullable;

/**
 * One run that executes steps in parallel branches, next to one run that executes as many
 * steps one after another: time, and what the journal holds afterwards.
 */
final class FanOut {

	private static final List<Integer> WIDTHS = List.of(100, 1000, 2000);

	private static final List<String> WORKFLOWS = List.of("sequential", "parallel");

	private final StepDefinition step = Engines.step("step");

	private final AtomicReference<@Nullable Store> store = new AtomicReference<>();

	private final Settings settings;

	private final DataDirectories directories;

	private final KraftEngine engine;

	FanOut(Settings settings, DataDirectories directories) {
		this.settings = settings;
		this.directories = directories;
		Path directory = this.directories.create("fan-out");
		this.engine = KraftEngine.builder().store(() -> {
			Store opened = RocksDbStore.open(new RocksDbOptions(directory, true));
			this.store.set(opened);
			return opened;
		})
			.workflows(
					List.of(define("sequential", this::callOneAfterAnother), define("parallel", this::callInParallel)))
			.build();
	}

	private static WorkflowDefinition define(String name, Body body) {
		return WorkflowDefinition.of(name, MethodSignature.of(int.class, int.class),
				(arguments) -> body.call((arguments[0] instanceof Integer width) ? width : 0));
	}

	void print() {
		Table.title("fan-out: one-step branches in parallel, and as many steps one after another");
		try (this.engine) {
			this.engine.start();
			for (int warmUp = 0; warmUp < 10; warmUp++) {
				WORKFLOWS.forEach((name) -> run(name, 1000));
			}
			for (int repeat = 0; repeat < this.settings.repeats(); repeat++) {
				for (int width : WIDTHS) {
					Run sequential = run("sequential", width);
					print("steps, sequential: " + width, sequential, sequential);
					print("branches, parallel: " + width, run("parallel", width), sequential);
				}
			}
		}
	}

	private static void print(String what, Run run, Run sequential) {
		Table.row(what, "%.1f ms, processor %.1f ms, %,d entries, %,d bytes; ratios: time %.2f, bytes %.2f",
				run.nanos() / 1e6, run.processorNanos() / 1e6, run.entries(), run.bytes(),
				(double) run.nanos() / sequential.nanos(), (double) run.bytes() / sequential.bytes());
	}

	private Run run(String workflow, int width) {
		long processor = ProcessorTime.nanos();
		long begin = System.nanoTime();
		var handle = this.engine.client().start(workflow, StartOptions.defaults(), width);
		handle.result();
		long nanos = System.nanoTime() - begin;
		processor = ProcessorTime.nanos() - processor;
		AtomicInteger entries = new AtomicInteger();
		AtomicLong bytes = new AtomicLong();
		Store opened = this.store.get();
		if (opened == null) {
			throw new IllegalStateException("The engine has not started");
		}
		opened.journal(opened.run(handle.id()).orElseThrow().number(), 0, (entry) -> {
			entries.incrementAndGet();
			bytes.addAndGet(entry.length);
		});
		return new Run(nanos, processor, entries.get(), bytes.get());
	}

	private int callOneAfterAnother(int width) throws Throwable {
		for (int number = 0; number < width; number++) {
			Engines.call(this.engine, this.step, number);
		}
		return width;
	}

	private int callInParallel(int width) {
		List<Callable<Integer>> codes = IntStream.range(0, width)
			.<Callable<Integer>>mapToObj((number) -> () -> call(number))
			.toList();
		return WorkflowContext.current().parallel(codes).size();
	}

	private int call(int number) throws Exception {
		try {
			Engines.call(this.engine, this.step, number);
			return number;
		}
		catch (Exception | Error ex) {
			throw ex;
		}
		catch (Throwable ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * What a run has taken, and left in its journal.
	 */
	private record Run(long nanos, long processorNanos, int entries, long bytes) {
	}

	/**
	 * The code of a workflow.
	 */
	@FunctionalInterface
	private interface Body {

		int call(int width) throws Throwable;

	}

}
