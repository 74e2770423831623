package io.kraft.engine.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

import io.kraft.client.WorkflowClient;
import io.kraft.engine.KraftEngine;
import io.kraft.engine.definition.MethodSignature;
import io.kraft.engine.definition.NamedStep;
import io.kraft.engine.definition.RetryPolicy;
import io.kraft.engine.definition.ScheduleDefinition;
import io.kraft.engine.definition.StepDefinition;
import io.kraft.engine.definition.WorkflowDefinition;
import io.kraft.engine.run.ArgumentMismatch;
import io.kraft.engine.simulation.World.Body;
import io.kraft.engine.store.Store;
import io.kraft.engine.timer.ManualScheduler;
import io.kraft.engine.timer.Scheduler;
import io.kraft.workflow.CatchUp;
import io.kraft.workflow.Overlap;
import io.kraft.workflow.StepContext;
import io.kraft.workflow.WorkQueue;
import org.jspecify.annotations.Nullable;

/**
 * The lives of an engine over its disks and one clock.
 */
final class SimulatedEngine {

	static final Duration RETENTION = Duration.ofHours(2);

	static final Duration BRIEF_RETENTION = Duration.ofMinutes(5);

	static final Map<String, Integer> QUEUE_LIMITS = Map.of("narrow", 1, "wide", 3);

	/** The name of the schedule that catches up what it has missed. */
	static final String SCHEDULE = "report";

	static final Duration PERIOD = Duration.ofMinutes(10);

	private final Plan plan;

	private final SimulatedDisks disks;

	private final World world;

	private final Faults faults;

	private final ManualScheduler time = new ManualScheduler();

	private final Random random;

	private final Map<String, WorkflowDefinition> workflows = new LinkedHashMap<>();

	private final StepDefinition item = StepDefinition.of("item", MethodSignature.of(String.class, String.class),
			RetryPolicy.defaults().withMaxAttempts(2).withInitialDelay(Duration.ofSeconds(3)));

	private @Nullable KraftEngine engine;

	SimulatedEngine(Plan plan, SimulatedDisks disks, World world, Faults faults) {
		this.plan = plan;
		this.disks = disks;
		this.world = world;
		this.faults = faults;
		this.random = new Random(plan.seed());
		Interpreter interpreter = new Interpreter(plan.programs(), this.workflows, world, this::engine);
		for (String name : Programs.WORKFLOWS) {
			this.workflows.put(name, WorkflowDefinition.of(name, MethodSignature.of(String.class, String.class),
					(arguments) -> interpreter.run((String) arguments[0])));
		}
		this.workflows.computeIfPresent("limited", (name, workflow) -> workflow.withMaxConcurrent(2));
		this.workflows.computeIfPresent("brief",
				(name, workflow) -> workflow.withTimeout(Duration.ofMinutes(1)).withRetention(BRIEF_RETENTION));
	}

	void start() {
		List<WorkflowDefinition> all = new ArrayList<>(this.workflows.values());
		all.add(WorkflowDefinition.of(SCHEDULE, MethodSignature.of(String.class), (arguments) -> "reported"));
		CountedWork work = this.world.beginLife();
		Scheduler scheduler = this.faults.scheduler(this.time);
		this.engine = KraftEngine.builder()
			.stores(this.plan.partitions(), this::open)
			.clock(this.time)
			.scheduler(scheduler)
			.random(this.random)
			.retention(RETENTION)
			.shutdownGracePeriod(Duration.ZERO)
			.maxParkedWorkflows(this.plan.maxParked())
			.maxLoadedInboxBytes(this.plan.inboxBytes())
			.argumentMismatch(ArgumentMismatch.PAUSE)
			.workInFlight(() -> work)
			.workflows(all)
			.steps(List.of(new NamedStep(this.item, "the simulation",
					(arguments) -> enter((String) Objects.requireNonNull(arguments[0])))))
			.queues(QUEUE_LIMITS.entrySet()
				.stream()
				.map((queue) -> WorkQueue.named(queue.getKey()).concurrency(queue.getValue()))
				.toList())
			.schedules(List
				.of(ScheduleDefinition.every(SCHEDULE, PERIOD).withCatchUp(CatchUp.ALL).withOverlap(Overlap.ALLOW)))
			.build();
		this.engine.start();
	}

	/** Opens the store of a partition. */
	Store open(int partition) {
		return this.faults.stores().apply(this.disks.at(partition).open(this.plan.sync()));
	}

	/** A call of the step of queue items: {@code queue:number:failures:gated}. */
	private @Nullable Object enter(String argument) throws Throwable {
		return engine().calls().step(this.item, new Object[] { argument }, (copies) -> body(argument));
	}

	@Nullable Object enqueued(String argument) {
		try {
			return enter(argument);
		}
		catch (RuntimeException | Error ex) {
			throw ex;
		}
		catch (Throwable ex) {
			throw new IllegalStateException(ex);
		}
	}

	private String body(String argument) throws InterruptedException {
		String[] parts = argument.split(":", -1);
		StepContext context = StepContext.current();
		int attempts = this.world.enter(new Body(context.workflowId(), argument, context.stepName(),
				context.idempotencyKey(), context.attempt(), false), List.of());
		int life = this.world.enterQueue(parts[0], context.workflowId(), QUEUE_LIMITS.get(parts[0]));
		try {
			if (parts[3].equals("true")) {
				this.world.gate();
			}
			if (attempts <= Integer.parseInt(parts[2])) {
				throw new IllegalStateException("item failed " + attempts);
			}
			return this.world.nextValue();
		}
		finally {
			this.world.leaveQueue(parts[0], context.workflowId(), life);
		}
	}

	KraftEngine engine() {
		return Objects.requireNonNull(this.engine);
	}

	WorkflowClient client() {
		return engine().client();
	}

	ManualScheduler time() {
		return this.time;
	}

}
