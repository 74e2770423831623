package io.kraft.engine.testing;

import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import io.kraft.client.EngineStoppedException;
import io.kraft.client.EnqueueOptions;
import io.kraft.client.StartOptions;
import io.kraft.client.WorkflowClient;
import io.kraft.client.WorkflowHandle;
import io.kraft.engine.HostAccess;
import io.kraft.engine.KraftEngine;
import io.kraft.engine.KraftEngineBuilder;
import io.kraft.engine.definition.MethodSignature;
import io.kraft.engine.definition.NamedStep;
import io.kraft.engine.definition.RetryPolicy;
import io.kraft.engine.definition.ScheduleDefinition;
import io.kraft.engine.definition.StepDefinition;
import io.kraft.engine.definition.WorkflowDefinition;
import io.kraft.engine.operation.StepBody;
import io.kraft.engine.partition.Lease;
import io.kraft.engine.routing.PartitionMap;
import io.kraft.engine.store.Store;
import io.kraft.engine.store.memory.MemoryMedium;
import io.kraft.engine.supervision.WorkInFlight;
import io.kraft.engine.timer.ManualScheduler;
import io.kraft.workflow.KraftException;
import io.kraft.workflow.WorkQueue;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

/**
 * An engine that can be crashed and started again over what survives, under a clock that
 * the test moves. Workflows and steps are lambdas.
 */
public final class TestEngine implements AutoCloseable {

	/** Looks at an engine at work, before the clock is moved all the same. */
	private static final int PATIENCE = 50;

	/** What a body that blocks costs a test that moves the clock meanwhile. */
	private static final long MOMENT = TimeUnit.MILLISECONDS.toNanos(100);

	private static final long LOOK = TimeUnit.MICROSECONDS.toNanos(200);

	/** Of each partition. */
	private final List<MemoryMedium> media = new ArrayList<>();

	private final ManualScheduler time = new ManualScheduler();

	/** Of all starts: an id that was drawn is not drawn again. */
	private final Random random = new Random(42);

	private final Map<String, WorkflowDefinition> workflows = new LinkedHashMap<>();

	private final Map<String, ScheduleDefinition> schedules = new LinkedHashMap<>();

	private final Map<String, NamedStep> steps = new LinkedHashMap<>();

	private final Map<String, WorkQueue> queues = new LinkedHashMap<>();

	private final List<Consumer<KraftEngineBuilder>> settings = new ArrayList<>();

	private volatile CountedWork work = new CountedWork();

	private BiFunction<Integer, Store, Store> wrapper = (partition, store) -> store;

	/** By the number of their partition. */
	private final Map<Integer, Store> opened = new ConcurrentHashMap<>();

	private @Nullable KraftEngine engine;

	private boolean isDamaged;

	/**
	 * An engine of as many partitions as the tests are run with.
	 */
	public TestEngine() {
		partitions(Integer.getInteger("kraft.test.partitions", 1));
	}

	/**
	 * Before the first start: of so many partitions.
	 */
	public TestEngine partitions(int partitions) {
		this.media.clear();
		for (int i = 0; i < partitions; i++) {
			this.media.add(new MemoryMedium());
		}
		return this;
	}

	/**
	 * How many partitions it has.
	 */
	public int partitions() {
		return this.media.size();
	}

	/**
	 * Leaves a test out unless it runs with one partition.
	 * @param reason why it says nothing about several
	 */
	public void assumeOnePartition(String reason) {
		assumeThat(this.media).as(reason).hasSize(1);
	}

	/**
	 * Changes the settings of the next start.
	 */
	public TestEngine with(Consumer<KraftEngineBuilder> setting) {
		this.settings.add(setting);
		return this;
	}

	/**
	 * Puts something between the engine and its store, or each of its stores, at the next
	 * start.
	 */
	public TestEngine withStore(UnaryOperator<Store> wrapper) {
		this.wrapper = (partition, store) -> wrapper.apply(store);
		return this;
	}

	/**
	 * Puts something between the engine and each of its stores, by their partitions, at
	 * the next start.
	 */
	public TestEngine withStores(BiFunction<Integer, Store, Store> wrapper) {
		this.wrapper = wrapper;
		return this;
	}

	/**
	 * Puts something between the engine and the store of a run at the next start.
	 * @param id of the run
	 */
	public TestEngine withStoreOf(String id, UnaryOperator<Store> wrapper) {
		this.wrapper = (partition, store) -> (partition == partitionOf(id)) ? wrapper.apply(store) : store;
		return this;
	}

	/**
	 * The partition of a run.
	 */
	public int partitionOf(String id) {
		return new PartitionMap(this.media.size()).of(id);
	}

	/**
	 * What the engine works with, or has worked with last, for a run.
	 * @param id of the run
	 */
	public Store storeOf(String id) {
		return Objects.requireNonNull(this.opened.get(partitionOf(id)));
	}

	/**
	 * What the engine works with, or has worked with last.
	 */
	public Collection<Store> stores() {
		return this.opened.values();
	}

	/**
	 * Defines a workflow of one string argument, or replaces it.
	 */
	public TestEngine workflow(String name, Type resultType, WorkflowCode code) {
		return workflow(WorkflowDefinition.of(name, MethodSignature.of(resultType, String.class),
				(arguments) -> code.run((String) arguments[0])));
	}

	public TestEngine workflow(WorkflowDefinition definition) {
		this.workflows.put(definition.name() + "/" + definition.version(), definition);
		return this;
	}

	/**
	 * Defines a step of one string argument that can be called by its name, or replaces
	 * it.
	 */
	public TestEngine namedStep(String name, Type resultType, WorkflowCode code) {
		StepDefinition step = StepDefinition.of(name, MethodSignature.of(resultType, String.class),
				RetryPolicy.defaults());
		return namedStep(step, code);
	}

	public TestEngine namedStep(StepDefinition step, WorkflowCode code) {
		this.steps.put(step.name(), new NamedStep(step, "a test",
				(arguments) -> call(step, (copies) -> code.run((String) copies[0]), arguments)));
		return this;
	}

	public TestEngine withoutStep(String name) {
		this.steps.remove(name);
		return this;
	}

	/**
	 * Declares a queue, or replaces it.
	 */
	public TestEngine queue(WorkQueue queue) {
		this.queues.put(queue.name(), queue);
		return this;
	}

	/**
	 * Puts a call of a named step into a queue.
	 */
	public WorkflowHandle<@Nullable Object> enqueue(String queue, String step, String argument) {
		return enqueue(queue, EnqueueOptions.defaults(), step, argument);
	}

	public WorkflowHandle<@Nullable Object> enqueue(String queue, EnqueueOptions options, String step,
			String argument) {
		NamedStep named = Objects.requireNonNull(this.steps.get(step));
		return client().enqueue(queue, options, () -> call(named, argument));
	}

	private static @Nullable Object call(NamedStep step, String argument) {
		try {
			return step.body().call(new Object[] { argument });
		}
		catch (Throwable ex) {
			throw TestEngine.<RuntimeException>sneaky(ex);
		}
	}

	/**
	 * Adds a schedule, or replaces it.
	 */
	public TestEngine schedule(ScheduleDefinition schedule) {
		this.schedules.put(schedule.name(), schedule);
		return this;
	}

	public TestEngine withoutSchedule(String name) {
		this.schedules.remove(name);
		return this;
	}

	public TestEngine withoutWorkflow(String name) {
		this.workflows.remove(name + "/1");
		return this;
	}

	public TestEngine start() {
		KraftEngineBuilder builder = KraftEngine.builder()
			.stores(this.media.size(), this::open)
			.clock(this.time)
			.scheduler(this.time)
			.random(this.random)
			.shutdownGracePeriod(Duration.ZERO)
			.workInFlight(() -> this.work = new CountedWork())
			.workflows(this.workflows.values())
			.steps(this.steps.values())
			.queues(this.queues.values())
			.schedules(this.schedules.values());
		String transport = System.getProperty("kraft.test.transport", "");
		if (!transport.isEmpty()) {
			builder.routing((routing) -> new TransportedRouting(routing, transport.equals("repeats")));
		}
		this.settings.forEach((setting) -> setting.accept(builder));
		this.engine = builder.build();
		this.engine.start();
		return this;
	}

	/**
	 * Releases one of the partitions while the others continue.
	 * @param patience zero ends it as the loss of its owner would: what was not durable
	 * is lost
	 */
	public void release(int partition, Duration patience) {
		if (patience.isZero()) {
			this.media.get(partition).crash();
		}
		HostAccess.of(engine()).release(partition, patience);
	}

	/**
	 * Takes a partition again that was released.
	 */
	public void take(int partition) {
		HostAccess.of(engine()).take(partition, () -> open(partition), Lease.FOR_EVER);
	}

	/**
	 * Why a partition takes no work any more; empty while all do. With others that live
	 * the engine has not failed.
	 */
	public Optional<KraftException> failure() {
		return HostAccess.of(engine())
			.all()
			.stream()
			.flatMap((hosted) -> Optional.ofNullable(hosted.supervision().cause()).stream())
			.findFirst();
	}

	/**
	 * Whether nothing is in flight.
	 */
	public boolean isQuiet() {
		return this.work.isNone();
	}

	private Store open(int partition) {
		Store store = this.wrapper.apply(partition, this.media.get(partition).open());
		this.opened.put(partition, store);
		return store;
	}

	/**
	 * Leaves out the check at the end, because the test has damaged what the store holds.
	 */
	public TestEngine damaged() {
		this.isDamaged = true;
		return this;
	}

	/**
	 * Ends the engine as the death of its process would.
	 */
	public TestEngine crash() {
		this.media.forEach(MemoryMedium::crash);
		engine().stop();
		return this;
	}

	public TestEngine crashAndStart() {
		return crash().start();
	}

	public KraftEngine engine() {
		return Objects.requireNonNull(this.engine);
	}

	public WorkflowClient client() {
		return engine().client();
	}

	/**
	 * What the only partition, or the first one, is stored on.
	 */
	public MemoryMedium medium() {
		return this.media.getFirst();
	}

	/**
	 * What the partition of a run is stored on.
	 * @param id of the run
	 */
	public MemoryMedium mediumOf(String id) {
		return this.media.get(partitionOf(id));
	}

	/**
	 * What a partition is stored on.
	 */
	public MemoryMedium medium(int partition) {
		return this.media.get(partition);
	}

	/**
	 * The clock. What is in flight gets a moment to schedule what a move of the clock is
	 * to make due: a run shows in its row that it waits before its timer is set.
	 */
	public ManualScheduler time() {
		settle();
		return this.time;
	}

	/**
	 * Gives what is in flight a moment to come to rest; what blocks does not.
	 */
	public void settle() {
		long end = System.nanoTime() + MOMENT;
		while (!this.work.isNone() && !Thread.currentThread().isVirtual() && System.nanoTime() < end) {
			LockSupport.parkNanos(LOOK);
		}
	}

	/**
	 * Starts a run of a workflow with one string argument.
	 */
	public WorkflowHandle<@Nullable Object> run(String name, String id, String argument) {
		return client().start(name, StartOptions.defaults().id(id), argument);
	}

	/**
	 * Waits for the end of a run, moving the clock to whatever is due next while it
	 * waits.
	 * @throws EngineStoppedException if it needs a partition that has failed, as far as
	 * can be seen: nothing else happens any more
	 */
	public @Nullable Object finish(WorkflowHandle<?> handle) {
		return finish(handle, () -> {
		});
	}

	/**
	 * As {@link #finish(WorkflowHandle)}.
	 * @param meanwhile is done again and again
	 */
	public @Nullable Object finish(WorkflowHandle<?> handle, Runnable meanwhile) {
		CompletableFuture<?> result = handle.resultAsync();
		int looks = 0;
		int looksSinceFailure = 0;
		while (true) {
			try {
				return result.get(1, TimeUnit.MILLISECONDS);
			}
			catch (TimeoutException ex) {
				meanwhile.run();
				// What executes may be about to schedule something that is due before;
				// but
				// a body that blocks may wait for its time-out.
				if (this.work.isNone() || ++looks % PATIENCE == 0) {
					if (failure().isPresent() && ++looksSinceFailure > PATIENCE) {
						throw new EngineStoppedException("a partition has failed");
					}
					moveToNextDue();
				}
			}
			catch (ExecutionException ex) {
				throw (ex.getCause() instanceof RuntimeException cause) ? cause
						: new CompletionException(ex.getCause());
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		}
	}

	/**
	 * Moves the clock to what is due next, if anything is.
	 */
	public void moveToNextDue() {
		this.time.nextDue().ifPresent((due) -> {
			Instant now = this.time.instant();
			this.time.advanceTo(due.isBefore(now) ? now : due);
		});
	}

	/**
	 * Calls a step with the default policy and no argument.
	 */
	public <T> T step(String name, Class<T> type, Callable<T> body) {
		return step(StepDefinition.of(name, MethodSignature.of(type), RetryPolicy.defaults()), body);
	}

	public <T> T step(StepDefinition step, Callable<T> body, @Nullable Object... arguments) {
		return call(step, (copies) -> body.call(), arguments);
	}

	/**
	 * Calls a step whose body sees its arguments.
	 */
	@SuppressWarnings({ "unchecked", "TypeParameterUnusedInFormals" })
	public <T> T call(StepDefinition step, StepBody body, @Nullable Object... arguments) {
		try {
			return (T) engine().calls().step(step, arguments, body);
		}
		catch (Throwable ex) {
			throw TestEngine.<RuntimeException>sneaky(ex);
		}
	}

	@SuppressWarnings("unchecked")
	private static <E extends Throwable> RuntimeException sneaky(Throwable failure) throws E {
		throw (E) failure;
	}

	/**
	 * Waits until nothing is in flight any more.
	 */
	public void awaitQuiet() {
		await().until(() -> this.work.isNone());
	}

	/**
	 * Closes the engine, and checks that whatever has happened nothing in the store
	 * contradicts anything else.
	 */
	@Override
	public void close() {
		if (this.engine != null) {
			this.engine.close();
		}
		if (this.isDamaged) {
			return;
		}
		for (MemoryMedium medium : this.media) {
			try (Store store = medium.open()) {
				StoreCheck.check(store);
			}
		}
	}

	/**
	 * What the engine has in hand.
	 */
	private static final class CountedWork implements WorkInFlight {

		private final AtomicLong count = new AtomicLong();

		@Override
		public void begin() {
			this.count.incrementAndGet();
		}

		@Override
		public void end() {
			this.count.decrementAndGet();
		}

		boolean isNone() {
			return this.count.get() == 0;
		}

	}

	/**
	 * The code of a workflow.
	 */
	@FunctionalInterface
	public interface WorkflowCode {

		@Nullable Object run(String argument) throws Exception;

	}

}
