package io.kraft.engine.interleaving;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import io.kraft.client.IfExists;
import io.kraft.client.StartOptions;
import io.kraft.client.WorkflowClient;
import io.kraft.client.WorkflowHandle;
import io.kraft.client.WorkflowStatus;
import io.kraft.engine.store.Change;
import io.kraft.engine.store.RunFilter;
import io.kraft.engine.store.RunRow;
import io.kraft.engine.store.Store;
import io.kraft.engine.testing.InFlight;
import io.kraft.engine.testing.NthCommitStore;
import io.kraft.engine.testing.TestEngine;
import io.kraft.workflow.KraftException;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An engine with one run in a certain state, what can be done to it, and what has been
 * seen of it.
 */
final class Stage implements AutoCloseable {

	/** Of the run that it is all about. */
	static final String ID = "r";

	static final String CHILD_ID = "r.child";

	static final Duration RETENTION = Duration.ofHours(100);

	/** What a sleep takes, and a delayed start. */
	static final Duration WAIT = Duration.ofHours(1);

	/** Generous: only what never ends waits for so long. */
	static final Duration PATIENCE = Duration.ofSeconds(Long.getLong("kraft.test.patience", 10));

	private final TestEngine engine = new TestEngine();

	private final Gates gates = new Gates();

	private final SubjectWorkflow subject;

	private final List<Watch> watches = new CopyOnWriteArrayList<>();

	private final Map<Long, List<WorkflowStatus>> ends = new ConcurrentHashMap<>();

	private volatile InFlight work = new InFlight();

	/** By their partitions. */
	private final Map<Integer, NthCommitStore> stores = new ConcurrentHashMap<>();

	private final AtomicInteger commits = new AtomicInteger();

	private volatile boolean stopped;

	private int starts;

	/**
	 * An engine that has started, with the run in the state.
	 */
	Stage(RunState state) {
		this.engine.with((builder) -> builder.maxParkedWorkflows(state.parks() ? 100 : 0)
			.retention(RETENTION)
			.random(new Random(++this.starts))
			.workInFlight(() -> this.work = new InFlight()));
		this.engine.withStores((partition, store) -> {
			NthCommitStore held = new NthCommitStore(store,
					(partition == this.engine.partitionOf(ID)) ? this::applied : (changes) -> {
					});
			this.stores.put(partition, held);
			return held;
		});
		this.subject = new SubjectWorkflow(this, state == RunState.PENDING);
		this.engine.start();
		enter(state);
	}

	private void applied(List<Change> changes) {
		this.commits.incrementAndGet();
		for (Change change : changes) {
			if (change instanceof Change.RunChanged(RunRow before, RunRow after) && after.status().isTerminal()) {
				this.ends.computeIfAbsent(after.number(), (run) -> new CopyOnWriteArrayList<>()).add(after.status());
			}
		}
	}

	private void enter(RunState state) {
		StartOptions options = StartOptions.defaults().id(ID);
		if (state == RunState.PENDING) {
			client().start("subject", StartOptions.defaults().id("blocker"), "blocker");
			quiesce();
		}
		WorkflowHandle<?> run = client().start("subject", (state == RunState.SCHEDULED) ? options.delay(WAIT) : options,
				"zero");
		quiesce();
		switch (state) {
			case SCHEDULED, PENDING, IN_STEP, IN_STEP_UNPARKED -> {
			}
			case ON_SIGNAL, UNLOADED_ON_SIGNAL -> command(ID, "signal");
			case ON_TIMER, UNLOADED_ON_TIMER -> command(ID, "sleep");
			case ON_CALLBACK, UNLOADED_ON_CALLBACK -> command(ID, "callback");
			case ON_CHILD, UNLOADED_ON_CHILD -> command(ID, "child");
			case PAUSED_BY_USER -> {
				command(ID, "signal");
				quiesce();
				run.signal("other", "x");
				client().pause(ID);
			}
			case PAUSED_BY_ENGINE -> {
				this.subject.breakDown(true);
				command(ID, "signal");
				quiesce();
				this.subject.breakDown(false);
			}
			case COMPLETED -> command(ID, "end");
			case FAILED -> {
				client().signal(ID, "s", "unread", "m0");
				command(ID, "fail");
			}
			case CANCELLED -> {
				run.cancel();
				command(ID, "step");
			}
			case TERMINATED -> client().terminate(ID);
			case REMOVED -> {
				command(ID, "end");
				quiesce();
				client().delete(ID);
			}
		}
		quiesce();
		assertThat(status(ID)).as("the status in the beginning, with the runs %s", rows()).isEqualTo(state.status());
		if (state.status() != null) {
			watch("zero", run);
		}
	}

	TestEngine engine() {
		return this.engine;
	}

	Gates gates() {
		return this.gates;
	}

	InFlight work() {
		return this.work;
	}

	SubjectWorkflow subject() {
		return this.subject;
	}

	WorkflowClient client() {
		return this.engine.client();
	}

	/**
	 * What is durable of the partition of a run.
	 */
	NthCommitStore storeOf(String id) {
		return Objects.requireNonNull(this.stores.get(this.engine.partitionOf(id)));
	}

	/**
	 * What is durable of all partitions.
	 */
	Collection<? extends Store> stores() {
		return this.stores.values();
	}

	List<Watch> watches() {
		return this.watches;
	}

	/**
	 * How many commits of the partition of the run were applied.
	 */
	int commits() {
		return this.commits.get();
	}

	/**
	 * How a run of the partition of the run has ended; several if it was retried.
	 */
	List<WorkflowStatus> endsOf(long run) {
		return this.ends.getOrDefault(run, List.of());
	}

	@Nullable WorkflowStatus status(String id) {
		return storeOf(id).run(id).map(RunRow::status).orElse(null);
	}

	/**
	 * All runs.
	 */
	List<RunRow> rows() {
		return stores().stream().flatMap((store) -> rows(store).stream()).toList();
	}

	static List<RunRow> rows(Store store) {
		return store.runs(RunFilter.ALL, Long.MAX_VALUE, 100).rows();
	}

	/**
	 * Holds up a commit of the partition of the run that is still to come.
	 */
	NthCommitStore.Hold hold(Point point) {
		return storeOf(ID).hold((change) -> true, point.commit(), point.isApplied());
	}

	/**
	 * Waits until the engine has nothing in flight.
	 */
	void quiesce() {
		assertThat(this.work.awaitQuiescence(PATIENCE)).as("the engine becomes quiescent").isTrue();
	}

	void start(String label, IfExists ifExists) {
		watch(label, client().start("subject", StartOptions.defaults().id(ID).ifExists(ifExists), label));
	}

	/**
	 * Starts a run that starts the run of the id as its child.
	 */
	void startParent(String label) {
		WorkflowHandle<?> parent = client().start("parent", StartOptions.defaults().id("parent " + label), label);
		watch(label, parent);
	}

	private void watch(String label, WorkflowHandle<?> run) {
		CompletableFuture<?> result;
		try {
			result = run.resultAsync();
		}
		catch (KraftException ex) {
			result = CompletableFuture.failedFuture(ex);
		}
		this.watches.add(new Watch(label, run.id(), result));
	}

	void command(String id, String command) {
		this.gates.give(id, command);
	}

	void advance(Duration time) {
		this.engine.time().advance(time);
	}

	/**
	 * The token of the run's callback.
	 */
	String token() {
		return Objects.requireNonNull(this.subject.tokens().get(ID));
	}

	void stop() {
		this.stopped = true;
		this.engine.engine().stop();
	}

	void crash() {
		this.stopped = true;
		this.engine.crash();
	}

	/**
	 * The partition of the run is lost, and taken again; the others continue.
	 */
	void losePartition() {
		int partition = this.engine.partitionOf(ID);
		this.engine.release(partition, Duration.ZERO);
		this.engine.take(partition);
	}

	/**
	 * Starts the engine again if it has ended.
	 */
	void ensureStarted() {
		if (this.stopped) {
			this.engine.engine().stop();
			this.engine.start();
			this.stopped = false;
		}
	}

	/**
	 * Ends the engine; what waits in a step is let go before, or the engine would wait
	 * for it.
	 */
	@Override
	public void close() {
		this.gates.giveAlways("end");
		this.work.awaitQuiescence(PATIENCE);
		this.engine.close();
	}

	/**
	 * Somebody who waits for the end of a run.
	 *
	 * @param label with which the run was started that is waited for
	 */
	record Watch(String label, String id, CompletableFuture<?> result) {
	}

}
