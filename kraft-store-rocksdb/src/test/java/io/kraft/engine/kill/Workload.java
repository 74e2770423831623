package io.kraft.engine.kill;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.kraft.client.WorkflowHandle;
import io.kraft.engine.KraftEngine;
import io.kraft.engine.store.rocksdb.RocksDbOptions;
import io.kraft.engine.store.rocksdb.RocksDbStore;
import io.kraft.workflow.WorkQueue;
import io.kraft.workflow.WorkflowCancelledException;
import io.kraft.workflow.WorkflowTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Workflows that use all that there is, and an engine that executes them over a
 * directory.
 */
final class Workload {

	/** What clients start; the others are children. */
	private static final List<String> STARTED = List.of("plain", "flaky", "everything", "messages", "pair", "branches",
			"family", "saga", "trip", "cancelled", "timed", "patched", "versioned", "tally", "handled", "mended",
			"repeated", "capped", "capped", "queue:mail", "queue:mail", "queue:post");

	/** What is paused now and then. */
	static final Set<Resting> RESTING = Set.of(Resting.schedule(ScheduleScenarios.RESTING),
			Resting.queue(QueueScenarios.MAIL.name()));

	private final Map<String, Scenario> scenarios;

	private final Marks marks;

	private final QueueScenarios queues;

	private final KraftEngine engine;

	Workload(Path directory, String life, int maxConcurrent, int maxParked) {
		this.marks = new Marks(directory, life);
		Steps steps = new Steps(life, new Lines(effects(directory)), this.marks, this::engine);
		this.queues = new QueueScenarios(steps, ChangeScenarios.number(life));
		List<Scenario> all = Stream
			.of(new StepScenarios(steps).all(), new MessageScenarios(steps).all(), new BranchScenarios(steps).all(),
					new UndoScenarios(steps).all(), new ChangeScenarios(steps, ChangeScenarios.generation(life)).all(),
					new OperatorScenarios(steps).all(), new AdmissionScenarios(steps).all(),
					new ScheduleScenarios(steps).all(), QueueScenarios.all())
			.flatMap(List::stream)
			.toList();
		this.scenarios = all.stream()
			.collect(Collectors.toMap(Scenario::name, Function.identity(), (one, newer) -> one));
		this.engine = KraftEngine.builder()
			.store(() -> new CountingStore(RocksDbStore.open(new RocksDbOptions(directory.resolve("data"), true)),
					this.marks))
			.shutdownGracePeriod(Duration.ZERO)
			.workflows(
					all.stream().map(Scenario::workflow).filter((one) -> !QueueScenarios.isItem(one.name())).toList())
			.schedules(ScheduleScenarios.schedules())
			.steps(List.of(this.queues.step()))
			.queues(List.of(QueueScenarios.MAIL, QueueScenarios.SMS))
			.maxConcurrentWorkflows(maxConcurrent)
			.maxParkedWorkflows(maxParked)
			.build();
	}

	/**
	 * What a client starts next.
	 */
	String choose(Random random) {
		return (random.nextBoolean() && this.queues.takesBurst()) ? WorkQueue.ITEMS + QueueScenarios.SMS.name()
				: STARTED.get(random.nextInt(STARTED.size()));
	}

	/**
	 * Starts a run, or puts an item into its queue.
	 */
	WorkflowHandle<@Nullable Object> start(String name, String id) {
		if (QueueScenarios.isItem(name)) {
			return this.queues.enqueue(this.engine.client(), name, id);
		}
		this.marks.add(Mark.Kind.ASKED, id);
		return this.engine.client()
			.start(name, AdmissionScenarios.options(name, id), scenario(name).arguments().toArray());
	}

	/**
	 * Whether a second start with the same id is no other run.
	 */
	static boolean mayStartAgain(String name, String id) {
		return QueueScenarios.isItem(name) ? QueueScenarios.hasKey(id) : !name.equals("repeated");
	}

	Marks marks() {
		return this.marks;
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
