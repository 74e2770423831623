package io.kraft.engine.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;

import io.kraft.engine.journal.OperationKind;
import io.kraft.engine.journal.RecordedJournal;
import io.kraft.engine.journal.RecordedOperation;
import io.kraft.engine.store.RunRow;
import io.kraft.engine.store.Store;

/**
 * The world outside of the engine: what steps do to it, what they may not have done, and
 * what it knows of the runs. Survives every kill. Thread-safe.
 */
final class World {

	/** Kinds of violations that are known, to find others behind them. */
	private static final Set<String> TOLERATED = Set.of(System.getProperty("kraft.test.tolerated", "").split(",", -1));

	private final SimulatedDisks disks;

	private final ConcurrentLinkedQueue<Violation> violations = new ConcurrentLinkedQueue<>();

	private final Map<String, List<Integer>> entries = new HashMap<>();

	private final Map<String, Integer> attempts = new HashMap<>();

	private final Map<String, Integer> retries = new HashMap<>();

	private final Set<String> terminations = new HashSet<>();

	private final Set<String> received = new HashSet<>();

	private final Map<String, String> tokens = new TreeMap<>();

	private final Map<String, Set<String>> waits = new TreeMap<>();

	private final Map<String, List<String>> entered = new HashMap<>();

	/** By queue and partition. */
	private final Map<String, Map<Integer, Integer>> inQueue = new HashMap<>();

	private final Map<Gate, CountedWork> gated = new HashMap<>();

	private int values;

	/** How often each partition was lost. */
	private final int[] lives;

	private final Set<Integer> leaving = new HashSet<>();

	/** Runs that had begun when their partition was lost, and others lived. */
	private final Set<String> begunBefore = new HashSet<>();

	private boolean gatesOpen;

	private volatile CountedWork work = new CountedWork();

	private final boolean durable;

	/**
	 * A world in which nothing has happened.
	 * @param durable whether what is acknowledged survives a kill
	 */
	World(SimulatedDisks disks, boolean durable) {
		this.disks = disks;
		this.lives = new int[disks.partitions()];
		this.durable = durable;
	}

	/** What the engine may rely on, of a partition. */
	Store store(int partition) {
		SimulatedDisk disk = this.disks.at(partition);
		return this.durable ? disk.durable() : disk.readable();
	}

	/** What the engine may rely on, of the partition of a run. */
	Store storeOf(String id) {
		return store(partitionOf(id));
	}

	int partitionOf(String id) {
		return this.disks.partitionOf(id);
	}

	int partitions() {
		return this.disks.partitions();
	}

	/** All rows of all partitions. */
	List<RunRow> rows() {
		List<RunRow> rows = new ArrayList<>();
		for (int partition = 0; partition < partitions(); partition++) {
			try (Store store = store(partition)) {
				rows.addAll(Rows.of(store));
			}
		}
		return rows;
	}

	synchronized CountedWork beginLife() {
		for (int partition = 0; partition < partitions(); partition++) {
			this.lives[partition]++;
		}
		this.leaving.clear();
		this.inQueue.clear();
		this.work = new CountedWork();
		return this.work;
	}

	/**
	 * A partition is about to be lost: what its threads do from now on counts no more.
	 */
	synchronized void leaving(int partition) {
		this.leaving.add(partition);
		this.inQueue.values().forEach((items) -> items.remove(partition));
	}

	/**
	 * A partition was lost: what it had not made durable was, too. What it had begun
	 * continues when it is taken again, whoever has got its places meanwhile.
	 */
	void died(int partition) {
		List<RunRow> rows;
		try (Store store = store(partition)) {
			rows = Rows.of(store);
		}
		synchronized (this) {
			rows.stream().filter((row) -> row.startedAt() != null).forEach((row) -> this.begunBefore.add(row.id()));
			this.leaving.remove(partition);
			this.lives[partition]++;
		}
	}

	CountedWork work() {
		return this.work;
	}

	synchronized String nextValue() {
		return "v" + this.values++;
	}

	/**
	 * A body is entered: everything that its run has done before must be durable, and the
	 * body's own record must not be.
	 * @param done names of what the run has done before on this line
	 * @return how many attempts the body has made, this one included
	 */
	int enter(Body body, List<String> done) {
		check(body, done);
		synchronized (this) {
			String attempt = body.key() + "#" + body.attempt();
			List<Integer> lives = this.entries.computeIfAbsent(attempt, (key) -> new ArrayList<>());
			boolean isRetried = this.retries.containsKey(body.runId());
			int life = this.lives[partitionOf(body.runId())];
			if (lives.contains(life) && !isRetried) {
				report("entered-twice", body + " was entered twice in one life");
			}
			if (body.atMostOnce() && !lives.isEmpty() && !isRetried && this.durable) {
				report("at-most-once", body + " was entered again");
			}
			lives.add(life);
			this.entered.computeIfAbsent(body.runId() + "\n" + body.argument(), (key) -> new ArrayList<>())
				.add(body.step());
			return this.attempts.merge(body.key(), 1, Integer::sum);
		}
	}

	private void check(Body body, List<String> done) {
		try (Store store = storeOf(body.runId())) {
			Optional<RunRow> row = store.run(body.runId());
			if (row.isEmpty()) {
				if (isTerminated(body.runId())) {
					// While it was about to enter; it may be removed since.
					return;
				}
				report("effect-without-run", body + " was entered, but its run is not durable");
				return;
			}
			RecordedJournal journal = new RecordedJournal();
			store.journal(row.get().number(), 0, journal::add);
			if (journal.started() == null || !journal.started().arguments().toString().contains(body.argument())) {
				// Its run was replaced, or continued as new, and this is what is left.
				return;
			}
			Set<String> settled = new HashSet<>();
			int intents = 0;
			for (RecordedOperation operation : journal.inOrder()) {
				if (operation.name().equals(body.step())) {
					intents = operation.intents();
				}
				if (operation.completedBy() != null) {
					settled.add(operation.name());
					if (operation.kind() == OperationKind.STEP && operation.name().equals(body.step())) {
						report("entered-again", body + " was entered, but its outcome is durable");
					}
				}
			}
			if (body.atMostOnce() && intents == 0) {
				report("commit-before-effect", body + " was entered without a durable intent");
			}
			done.stream()
				.filter((name) -> !settled.contains(name))
				.forEach((name) -> report("commit-before-effect",
						body + " was entered, but '" + name + "' before it is not durable"));
		}
	}

	/**
	 * Blocks until the gates are opened. The engine is quiescent meanwhile.
	 */
	void gate() throws InterruptedException {
		Gate gate = new Gate(new CompletableFuture<>());
		CountedWork work;
		synchronized (this) {
			if (this.gatesOpen) {
				return;
			}
			work = this.work;
			this.gated.put(gate, work);
			work.end();
		}
		try {
			gate.opened.get();
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException(ex);
		}
		finally {
			synchronized (this) {
				if (this.gated.remove(gate) != null) {
					work.begin();
				}
			}
		}
	}

	/** What blocked is in flight again before its thread is. */
	synchronized void openGates() {
		this.gatesOpen = true;
		this.gated.forEach((gate, work) -> {
			work.begin();
			gate.opened.complete(work);
		});
		this.gated.clear();
	}

	synchronized void closeGates() {
		this.gatesOpen = false;
	}

	/** Whether a body blocks, and will go on doing so. */
	synchronized boolean isGated() {
		return !this.gated.isEmpty();
	}

	/** An item of a queue is in its step. */
	synchronized int enterQueue(String queue, String id, int limit) {
		int partition = partitionOf(id);
		if (this.leaving.contains(partition) || this.begunBefore.contains(id)) {
			return -1;
		}
		Map<Integer, Integer> items = this.inQueue.computeIfAbsent(queue, (key) -> new HashMap<>());
		items.merge(partition, 1, Integer::sum);
		if (items.values().stream().mapToInt(Integer::intValue).sum() > limit) {
			report("queue-limit", "more than " + limit + " items of queue '" + queue + "' are in their step");
		}
		return this.lives[partition];
	}

	synchronized void leaveQueue(String queue, String id, int life) {
		int partition = partitionOf(id);
		if (life == this.lives[partition] && !this.leaving.contains(partition)) {
			this.inQueue.getOrDefault(queue, Map.of()).merge(partition, -1, Integer::sum);
		}
	}

	/** The names of the steps that were entered, in that order. */
	synchronized List<String> entered(String id, String argument) {
		return List.copyOf(this.entered.getOrDefault(id + "\n" + argument, List.of()));
	}

	/** An operator ends it, whatever it does. */
	synchronized void terminated(String id) {
		this.terminations.add(id);
	}

	private synchronized boolean isTerminated(String id) {
		return this.terminations.contains(id);
	}

	synchronized void retried(String id) {
		this.retries.merge(id, 1, Integer::sum);
	}

	synchronized boolean isRetried(String id) {
		return this.retries.containsKey(id);
	}

	synchronized void received(String payload) {
		this.received.add(payload);
	}

	synchronized boolean hasReceived(String payload) {
		return this.received.contains(payload);
	}

	synchronized void opened(String token, String id) {
		this.tokens.put(token, id);
	}

	/** The tokens of callbacks, and the runs that opened them. */
	synchronized Map<String, String> tokens() {
		return new TreeMap<>(this.tokens);
	}

	synchronized void waitsFor(String id, String signal) {
		this.waits.computeIfAbsent(id, (key) -> new HashSet<>()).add(signal);
	}

	synchronized Set<String> signalsOf(String id) {
		return Set.copyOf(this.waits.getOrDefault(id, Set.of()));
	}

	/** Something that must not be was found. */
	void report(String kind, String message) {
		if (!TOLERATED.contains(kind)) {
			this.violations.add(new Violation(kind, message));
		}
	}

	Optional<Violation> violation() {
		return Optional.ofNullable(this.violations.peek());
	}

	/**
	 * Where a body blocks.
	 */
	private static final class Gate {

		private final CompletableFuture<CountedWork> opened;

		Gate(CompletableFuture<CountedWork> opened) {
			this.opened = opened;
		}

	}

	/**
	 * A body of a step.
	 *
	 * @param argument tells one journal of a run from another
	 */
	record Body(String runId, String argument, String step, String key, int attempt, boolean atMostOnce) {

		@Override
		public String toString() {
			return "'" + this.step + "' of run '" + this.runId + "' (" + this.argument + "), attempt " + this.attempt;
		}

	}

}
