package io.kraft.engine.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;

import io.kraft.client.EnqueueOptions;
import io.kraft.client.IfExists;
import io.kraft.client.JournalQuery;
import io.kraft.client.OperationView;
import io.kraft.client.StartOptions;
import io.kraft.client.WorkflowClient;
import io.kraft.client.WorkflowHandle;
import io.kraft.client.WorkflowQuery;
import io.kraft.client.WorkflowStatus;
import io.kraft.engine.simulation.Facts.Sent;
import io.kraft.engine.simulation.Facts.Watched;
import io.kraft.engine.store.RunRow;
import io.kraft.engine.store.Store;
import org.jspecify.annotations.Nullable;

/**
 * Plays a plan against the real engine.
 */
public final class Simulation {

	private static final List<Long> MOVES = List.of(1L, 1_000L, 30_000L, 400_000L, 8_000_000L);

	private static final List<IfExists> MODES = List.copyOf(EnumSet.allOf(IfExists.class));

	private static final List<Event.Kind> MEETINGS = List.of(Event.Kind.TERMINATE, Event.Kind.TERMINATE,
			Event.Kind.CANCEL, Event.Kind.PAUSE, Event.Kind.SIGNAL, Event.Kind.RETRY, Event.Kind.DELETE,
			Event.Kind.START, Event.Kind.KILL);

	/** How long it takes until a process that has died is started again, at times. */
	private static final Duration DOWN = Duration.ofMinutes(25);

	private final Plan plan;

	private final SimulatedDisks disks;

	private final World world;

	private final Facts facts = new Facts();

	private final SimulatedEngine engine;

	private final Calls calls;

	private final Partitions partitions;

	/** Of each partition. */
	private final List<History> histories;

	private final ReentrantLock clock = new ReentrantLock();

	private final AtomicInteger nonces = new AtomicInteger();

	private final List<Step> story = new ArrayList<>();

	private int life;

	private boolean schedulePaused;

	private Simulation(Plan plan, Faults faults) {
		this.plan = plan;
		this.disks = new SimulatedDisks(plan.partitions(), faults);
		this.world = new World(this.disks, plan.sync());
		this.engine = new SimulatedEngine(plan, this.disks, this.world, faults);
		this.partitions = new Partitions(this.engine, this.disks, this.world);
		this.calls = new Calls(this.disks, this.world, this.partitions::hasOneFailed);
		this.histories = IntStream.range(0, plan.partitions())
			.mapToObj((partition) -> new History(partition, this.world, this.facts))
			.toList();
	}

	/**
	 * Plays the calm plan of a seed with some faults.
	 * @return the first violation
	 */
	public static Optional<Violation> playCalm(long seed, Faults faults) {
		return play(Plan.calm(seed), faults).violation();
	}

	/**
	 * As {@link #playCalm}, with several partitions.
	 */
	public static Optional<Violation> playCalmWithSeveral(long seed, Faults faults) {
		return play(Plan.calmOfSeveral(seed), faults).violation();
	}

	/**
	 * Plays a plan to its end, or to the first violation.
	 */
	static Outcome play(Plan plan, Faults faults) {
		Simulation simulation = new Simulation(plan, faults);
		int played = 0;
		try {
			simulation.start();
			for (Event event : plan.events()) {
				if (simulation.world.violation().isPresent()) {
					break;
				}
				simulation.play(event);
				played++;
			}
			if (simulation.world.violation().isEmpty()) {
				simulation.end();
			}
		}
		catch (RuntimeException | StackOverflowError ex) {
			simulation.world.report("exception", trace(ex));
		}
		finally {
			simulation.stop();
		}
		return new Outcome(simulation.world.violation(), played,
				simulation.story.stream().map(Step::toString).toList());
	}

	private static String trace(Throwable ex) {
		StringBuilder text = new StringBuilder(ex.toString());
		for (StackTraceElement element : ex.getStackTrace()) {
			text.append("\n      at ").append(element);
		}
		return text.toString();
	}

	private void start() {
		this.life++;
		this.engine.start();
		this.partitions.started();
		this.calls.awaitQuiet();
	}

	private void stop() {
		this.disks.release();
		this.world.openGates();
		this.disks.kill(-1, 0);
		try {
			this.engine.engine().stop();
		}
		catch (RuntimeException ex) {
			this.world.report("exception", "the engine does not stop: " + trace(ex));
		}
	}

	private void play(Event event) {
		tell(event.kind() + (event.waits() ? "" : " (and does not wait)"), null);
		switch (event.kind()) {
			case START -> start(event);
			case ENQUEUE -> enqueue(event);
			case SIGNAL -> signal(event);
			case COMPLETE, FAIL_CALLBACK -> complete(event);
			case CANCEL -> operate("cancel", event, (client, id) -> client.cancel(id));
			case TERMINATE -> terminate(event);
			case PAUSE -> operate("pause", event, (client, id) -> {
				this.facts.pausable(id);
				client.pause(id);
			});
			case RESUME -> operate("resume", event, (client, id) -> client.resume(id));
			case RETRY -> operate("retry", event, (client, id) -> {
				this.world.retried(id);
				watch(client.retry(id), null);
			});
			case RESTART -> operate("restart", event, (client, id) -> watch(client.restart(id), null));
			case RESTART_FROM -> operate("restartFrom", event, (client, id) -> {
				List<OperationView> journal = client.operations(id);
				if (!journal.isEmpty()) {
					String position = journal.get(event.choice() % journal.size()).position();
					watch(client.restartFrom(id, position), null);
				}
			});
			case DELETE -> operate("delete", event, (client, id) -> {
				this.facts.removable(id);
				client.delete(id);
			});
			case READ -> operate("read", event, (client, id) -> {
				client.list(WorkflowQuery.all().limit(20));
				client.inspect(id);
				client.journal(id, JournalQuery.all());
				client.queues();
				client.schedules();
			});
			case QUEUE_PAUSE -> queue("pause queue", event, WorkflowClient::pauseQueue);
			case QUEUE_RESUME -> queue("resume queue", event, WorkflowClient::resumeQueue);
			case SCHEDULE_PAUSE -> {
				this.schedulePaused = true;
				call("pause schedule", () -> {
					this.engine.client().pauseSchedule(SimulatedEngine.SCHEDULE);
					return "";
				});
			}
			case SCHEDULE_RESUME -> call("resume schedule", () -> {
				this.engine.client().resumeSchedule(SimulatedEngine.SCHEDULE);
				return "";
			});
			case TRIGGER ->
				call("trigger schedule", () -> this.engine.client().triggerSchedule(SimulatedEngine.SCHEDULE));
			case MOVE_TO_NEXT -> moveToNextDue();
			case MOVE -> move(this.engine.time().instant().plusMillis(MOVES.get(event.choice() % MOVES.size())));
			case OPEN_GATES -> {
				this.world.openGates();
				this.calls.awaitQuiet();
				this.world.closeGates();
			}
			case SLOW_DISK -> disk(event).slow(event.choice() % 2 == 0, event.extra() % 3);
			case MEETING -> meet(event);
			case RELEASE_DISK -> this.disks.release();
			case FAIL_DISK -> {
				disk(event).fail(event.choice() % 2 == 0);
				disk(event).release();
			}
			case LOSE_PARTITION -> tell(this.partitions.lose(event), null);
			case TAKE_PARTITION -> this.partitions.takeOne();
			case KILL -> kill(event);
			case STOP -> {
				this.disks.release();
				this.calls.awaitQuiet();
				this.engine.engine().stop();
				this.calls.awaitQuiet();
				start();
			}
		}
		if (event.waits() && this.calls.awaitQuiet()) {
			look();
		}
	}

	/** Of one of the partitions. */
	private SimulatedDisk disk(Event event) {
		return this.disks.chosen(event.choice() / 64);
	}

	private void meet(Event event) {
		disk(event).slow(event.choice() % 2 == 0, event.extra() % 4);
		moveToNextDue();
		Event.Kind kind = MEETINGS.get(event.choice() / 2 % MEETINGS.size());
		play(new Event(kind, event.target(), event.choice() / 32, event.extra(), false));
		this.calls.awaitQuiet();
		this.disks.release();
	}

	private void look() {
		if (this.partitions.hasEngineFailed()) {
			tell("the engine has failed and is started again", null);
			kill(new Event(Event.Kind.KILL, 1, 0, 0, true));
			this.calls.awaitQuiet();
		}
		List<Integer> failed = this.partitions.takeFailed();
		if (!failed.isEmpty()) {
			tell("partitions have failed and are taken again: " + failed, null);
			this.calls.awaitQuiet();
		}
		for (int partition = 0; partition < this.plan.partitions(); partition++) {
			look(partition);
		}
	}

	private void look(int partition) {
		History.Acknowledged acknowledged = this.histories.get(partition).acknowledged();
		try (Store store = this.world.store(partition)) {
			Invariants.check(store).forEach((violation) -> this.world.report(violation.kind(), violation.message()));
			if (this.world.violation().isEmpty()) {
				this.histories.get(partition).look(store, this.engine.time().instant(), acknowledged);
			}
		}
	}

	private void kill(Event event) {
		this.disks.kill(event.choice(), event.extra() % 4);
		this.engine.engine().stop();
		this.calls.awaitQuiet();
		if (!this.plan.sync()) {
			this.facts.forget();
			this.histories.forEach(History::forget);
		}
		if (event.target() % 3 == 0) {
			this.engine.time().advance(DOWN);
		}
		start();
	}

	private void start(Event event) {
		String workflow = Programs.WORKFLOWS.get(event.target() % Programs.WORKFLOWS.size());
		int program = event.extra() % Programs.COUNT;
		String id = "r" + event.choice() % Events.IDS;
		IfExists mode = MODES.get(event.target() / 8 % MODES.size());
		String nonce = "n" + this.nonces.incrementAndGet();
		StartOptions options = StartOptions.defaults().id(id).ifExists(mode).priority(event.choice() / 8 % 3);
		if (event.extra() / 8 % 6 == 0) {
			options = options.delay(Duration.ofSeconds(7));
		}
		if (event.extra() / 64 % 6 == 0) {
			options = options.timeout(Duration.ofSeconds(20));
		}
		StartOptions chosen = options;
		call("start " + workflow + " '" + id + "' " + mode + " of program " + program + ", " + nonce, () -> {
			if (mode != IfExists.ATTACH && mode != IfExists.FAIL) {
				this.facts.removable(id);
			}
			int life = this.life;
			WorkflowHandle<?> handle = this.engine.client().start(workflow, chosen, program + ":" + nonce + ":0");
			started(id, life);
			watch(handle, (mode != IfExists.ATTACH) ? nonce : null);
			return handle;
		});
	}

	private void started(String id, int life) {
		try (Store store = this.world.storeOf(id)) {
			if (store.run(id).isEmpty() && !this.facts.isRemovable(id) && this.plan.sync() && life == this.life) {
				this.world.report("start-lost", "the start of '" + id + "' was acknowledged, but is not durable");
			}
		}
	}

	private void enqueue(Event event) {
		String queue = List.of("narrow", "wide").get(event.target() % 2);
		String argument = queue + ":" + this.nonces.incrementAndGet() + ":" + event.choice() % 3 + ":"
				+ (event.extra() % 2 == 0);
		call("enqueue " + argument, () -> {
			int life = this.life;
			WorkflowHandle<?> item = this.engine.client()
				.enqueue(queue, EnqueueOptions.defaults().priority(event.extra() / 2 % 2),
						() -> this.engine.enqueued(argument));
			started(item.id(), life);
			watch(item, null);
			return item;
		});
	}

	private void signal(Event event) {
		Optional<RunRow> row = choose(event);
		if (row.isEmpty()) {
			return;
		}
		String id = row.get().id();
		String signal = List.of("go", "ok").get(event.choice() % 2);
		String payload = "s" + this.nonces.incrementAndGet();
		boolean isRepeated = event.extra() % 3 == 0;
		call("signal " + signal + " " + payload + " to '" + id + "'", () -> {
			this.engine.client().signal(id, signal, payload, payload);
			if (isRepeated) {
				this.engine.client().signal(id, signal, payload, payload);
			}
			sent(row.get(), payload);
			return id;
		});
	}

	private void sent(RunRow row, String payload) {
		if (!this.facts.isRemovable(row.id())) {
			this.facts.sent(new Sent(row.id(), row.number(), payload));
		}
	}

	private void complete(Event event) {
		List<Map.Entry<String, String>> tokens = List.copyOf(this.world.tokens().entrySet());
		if (tokens.isEmpty()) {
			return;
		}
		Map.Entry<String, String> token = tokens.get(event.target() % tokens.size());
		String payload = "c" + this.nonces.incrementAndGet();
		boolean isFirst = this.facts.completed(token.getKey());
		boolean fails = event.kind() == Event.Kind.FAIL_CALLBACK;
		call((fails ? "fail" : "complete") + " a callback of '" + token.getValue() + "' by " + payload, () -> {
			if (fails) {
				this.engine.client().fail(token.getKey(), payload);
			}
			else {
				Optional<RunRow> row = find(token.getValue());
				this.engine.client().complete(token.getKey(), payload);
				if (isFirst && row.isPresent()) {
					sent(row.get(), payload);
				}
			}
			return payload;
		});
	}

	private void terminate(Event event) {
		Optional<RunRow> row = choose(event);
		row.ifPresent((found) -> call("terminate '" + found.id() + "'", () -> {
			this.world.terminated(found.id());
			this.engine.client().terminate(found.id());
			if (!this.facts.isRemovable(found.id()) && !hasEndedOtherwise(found)) {
				this.facts.terminated(found.id(), found.number());
			}
			return found;
		}));
	}

	/** Before it was terminated: then it may be retried. */
	private boolean hasEndedOtherwise(RunRow terminated) {
		try (Store store = this.world.storeOf(terminated.id())) {
			return store.run(terminated.number())
				.map(RunRow::status)
				.filter((status) -> status.isTerminal() ? status != WorkflowStatus.TERMINATED
						: this.world.isRetried(terminated.id()))
				.isPresent();
		}
	}

	private void operate(String what, Event event, Operation operation) {
		choose(event).ifPresent((row) -> call(what + " '" + row.id() + "' (" + row.status() + ")", () -> {
			operation.call(this.engine.client(), row.id());
			return row;
		}));
	}

	private void queue(String what, Event event, Operation operation) {
		String queue = List.of("narrow", "wide").get(event.target() % 2);
		call(what + " " + queue, () -> {
			operation.call(this.engine.client(), queue);
			return queue;
		});
	}

	private void watch(WorkflowHandle<?> handle, @Nullable String nonce) {
		this.facts.watch(new Watched(handle.id(), nonce, handle.resultAsync(), this.life));
	}

	private void moveToNextDue() {
		this.engine.time().nextDue().ifPresent(this::move);
	}

	private void move(Instant target) {
		call("move the clock to " + target, () -> {
			this.clock.lock();
			try {
				Instant now = this.engine.time().instant();
				this.engine.time().advanceTo(target.isBefore(now) ? now : target);
				return target;
			}
			finally {
				this.clock.unlock();
			}
		});
		this.calls.awaitQuiet();
	}

	/** The runs of the schedule are many, and chosen seldom. */
	private Optional<RunRow> choose(Event event) {
		List<RunRow> rows = this.world.rows()
			.stream()
			.filter((row) -> event.extra() % 20 == 0 || !row.name().equals(SimulatedEngine.SCHEDULE))
			.toList();
		return rows.isEmpty() ? Optional.empty() : Optional.of(rows.get(event.target() % rows.size()));
	}

	private Optional<RunRow> find(String id) {
		try (Store store = this.world.storeOf(id)) {
			return store.run(id);
		}
	}

	private void call(String what, Callable<?> call) {
		tell(what, this.calls.make(what, call));
	}

	private void tell(String what, @Nullable CompletableFuture<String> outcome) {
		this.story.add(new Step(what, this.engine.time().instant(), outcome));
	}

	private void end() {
		tell("the end: everything is let go", null);
		this.partitions.takeAll();
		Drain drain = new Drain(this.disks, this.engine, this.world, this.facts, this.calls, this::look);
		if (!drain.settle()) {
			return;
		}
		if (!this.schedulePaused && this.plan.sync()) {
			Endings.schedule(scheduled(), this.engine.time().instant(), this.world, this.facts::isRemovable);
		}
		drain.finish();
		if (this.world.violation().isEmpty()) {
			new Endings(this.plan, this.world, this.engine, this.facts).check();
		}
	}

	private Set<String> scheduled() {
		Set<String> ids = new TreeSet<>();
		this.histories.forEach((history) -> ids.addAll(history.scheduled()));
		return ids;
	}

	/**
	 * How a plan was played.
	 *
	 * @param played how many events
	 */
	record Outcome(Optional<Violation> violation, int played, List<String> story) {
	}

	private record Step(String what, Instant at, @Nullable CompletableFuture<String> outcome) {

		@Override
		public String toString() {
			String end = (this.outcome == null) ? "" : " -> " + this.outcome.getNow("has not returned");
			return this.at.toString().substring(8) + " " + this.what + end;
		}

	}

	/**
	 * Something that is done to a run or a queue.
	 */
	private interface Operation {

		void call(WorkflowClient client, String name) throws Exception;

	}

}
