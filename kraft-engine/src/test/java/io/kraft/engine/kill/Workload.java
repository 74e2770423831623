package io.kraft.engine.kill;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.kraft.engine.KraftEngine;
import io.kraft.engine.store.rocksdb.RocksDbOptions;
import io.kraft.engine.store.rocksdb.RocksDbStore;
import io.kraft.workflow.WorkflowCancelledException;
import io.kraft.workflow.WorkflowTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Workflows that use all that there is, and an engine that executes them over a
 * directory.
 */
final class Workload {

	/** What clients start; the others are children. */
	static final List<String> STARTED = List.of("plain", "flaky", "everything", "messages", "pair", "branches",
			"family", "saga", "trip", "cancelled", "timed");

	private final Map<String, Scenario> scenarios;

	private final KraftEngine engine;

	Workload(Path directory, String life, int maxConcurrent, int maxParked) {
		Steps steps = new Steps(life, new Lines(effects(directory)), this::engine);
		this.scenarios = Stream
			.of(new StepScenarios(steps).all(), new MessageScenarios(steps).all(), new BranchScenarios(steps).all(),
					new UndoScenarios(steps).all())
			.flatMap(List::stream)
			.collect(Collectors.toMap(Scenario::name, Function.identity()));
		this.engine = KraftEngine.builder()
			.store(() -> RocksDbStore.open(new RocksDbOptions(directory.resolve("data"), true)))
			.shutdownGracePeriod(Duration.ZERO)
			.workflows(this.scenarios.values().stream().map(Scenario::workflow).toList())
			.maxConcurrentWorkflows(maxConcurrent)
			.maxParkedWorkflows(maxParked)
			.build();
	}

	/**
	 * Bodies that were entered, and ends that clients were told of.
	 */
	static Path effects(Path directory) {
		return directory.resolve("effects");
	}

	/**
	 * Starts, signals, completions and cancellations that were acknowledged.
	 */
	static Path acknowledged(Path directory) {
		return directory.resolve("acknowledged");
	}

	/**
	 * What the processes found wrong.
	 */
	static Path faults(Path directory) {
		return directory.resolve("faults");
	}

	/**
	 * How a run has ended, in a word or two.
	 */
	static String end(@Nullable Object result, @Nullable Throwable failure) {
		return switch (failure) {
			case null -> String.valueOf(result);
			case CompletionException ex -> end(null, ex.getCause());
			case WorkflowCancelledException ex -> "CANCELLED";
			case WorkflowTimeoutException ex -> "TIMED_OUT";
			default -> "FAILED " + ((failure.getCause() != null) ? failure.getCause().getMessage() : failure);
		};
	}

	Scenario scenario(String name) {
		Scenario scenario = this.scenarios.get(name);
		if (scenario == null) {
			throw new IllegalArgumentException(name);
		}
		return scenario;
	}

	/**
	 * Whether a run may end like this.
	 */
	boolean isRight(String name, String id, String end) {
		return scenario(name).rightEnd().test(id, end);
	}

	KraftEngine engine() {
		return this.engine;
	}

}
