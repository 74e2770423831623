package io.kraft.engine.hosting;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.kraft.client.IfExists;
import io.kraft.client.StartOptions;
import io.kraft.client.WorkflowHandle;
import io.kraft.client.WorkflowQuery;
import io.kraft.client.WorkflowStatus;
import io.kraft.engine.store.Store;
import io.kraft.engine.testing.TestEngine;
import io.kraft.engine.timer.ManualScheduler;
import io.kraft.workflow.KraftException;

/**
 * A seed of runs that ask something of each other, in an engine whose partitions are
 * released, abandoned, fail, and are taken again at any moment. When all are there again
 * everything ends, as if nothing had happened.
 */
final class PartitionPlay {

	static final int PARTITIONS = 3;

	private static final int EVENTS = 40;

	private static final List<String> WORKFLOWS = List.of("parent", "canceller", "listener", "fragile", "parent");

	private static final List<Duration> MOVES = List.of(Duration.ofMillis(60), Duration.ofSeconds(1),
			Duration.ofSeconds(20), Duration.ofMinutes(1), Duration.ofMinutes(11));

	/** For what is in flight, before the next event comes all the same. */
	private static final long MOMENT = TimeUnit.MILLISECONDS.toNanos(3);

	private static final long PATIENCE = TimeUnit.SECONDS.toNanos(30);

	private final Random random;

	private final PlayedWorld world = new PlayedWorld();

	private final TestEngine engine = new TestEngine().partitions(PARTITIONS);

	private final PlayedRuns runs = new PlayedRuns(this.engine, this.world);

	/** The workflows of the runs that were asked for, by their ids. */
	private final Map<String, String> started = new LinkedHashMap<>();

	private final TreeSet<Integer> absent = new TreeSet<>();

	private final List<String> story = new ArrayList<>();

	private PartitionPlay(long seed) {
		this.random = new Random(seed);
	}

	/**
	 * Plays a seed.
	 * @return what went against the promises, with the story; empty if nothing did
	 */
	static List<String> play(long seed) {
		PartitionPlay play = new PartitionPlay(seed);
		try {
			play.play();
		}
		catch (RuntimeException | AssertionError ex) {
			play.world.report("seed " + seed + ": " + ex);
		}
		List<String> violations = new ArrayList<>(play.world.violations());
		if (!violations.isEmpty()) {
			violations.add("seed " + seed + ": " + play.story);
		}
		return violations;
	}

	private void play() {
		int parked = this.random.nextBoolean() ? 0 : 10_000;
		this.engine.with((builder) -> builder.maxParkedWorkflows(parked)).start();
		try (this.engine) {
			for (int event = 0; event < EVENTS; event++) {
				event(this.random.nextInt(100));
				if (this.random.nextInt(3) > 0) {
					rest();
				}
			}
			drain();
		}
	}

	private void event(int dice) {
		int partition = this.random.nextInt(PARTITIONS);
		if (dice < 35) {
			start(WORKFLOWS.get(this.random.nextInt(WORKFLOWS.size())));
		}
		else if (dice < 60) {
			Duration move = MOVES.get(this.random.nextInt(MOVES.size()));
			this.story.add("move by " + move);
			this.engine.time().advance(move);
		}
		else if (dice < 68) {
			lose(partition, Duration.ofSeconds(20));
		}
		else if (dice < 76) {
			lose(partition, Duration.ZERO);
		}
		else if (dice < 80) {
			fail(partition);
		}
		else if (dice < 97) {
			takeOne();
		}
		else {
			this.story.add("crash");
			this.engine.crash();
			died();
			this.engine.start();
			this.absent.clear();
		}
	}

	private void died() {
		for (int partition = 0; partition < PARTITIONS; partition++) {
			this.world.died(partition);
		}
	}

	private void start(String workflow) {
		String id = workflow + "-" + this.started.size();
		boolean isThere = start(workflow, id);
		if (workflow.equals("listener")) {
			String talker = id.replace("listener", "talker");
			if (isThere) {
				start("talker", talker);
			}
			this.started.put(talker, "talker");
		}
	}

	/** A caller that gets no answer asks again, at the end. */
	private boolean start(String workflow, String id) {
		this.started.put(id, workflow);
		this.story.add("start " + id + " in " + this.engine.partitionOf(id));
		try {
			handle(workflow, id);
			return true;
		}
		catch (KraftException ex) {
			this.story.add(ex.code());
			return false;
		}
	}

	private WorkflowHandle<?> handle(String workflow, String id) {
		return this.engine.client().start(workflow, StartOptions.defaults().id(id).ifExists(IfExists.ATTACH), id);
	}

	private void lose(int partition, Duration patience) {
		if (!this.absent.contains(partition)) {
			this.story.add((patience.isZero() ? "abandon " : "release ") + partition);
			this.engine.release(partition, patience);
			this.absent.add(partition);
			if (patience.isZero()) {
				// Not before: what is entered until then is lost, too.
				this.world.died(partition);
			}
		}
	}

	/** It stays, and takes no work, until it is given up. */
	private void fail(int partition) {
		if (!this.absent.contains(partition)) {
			this.story.add("fail " + partition);
			this.engine.medium(partition).failWrites();
			rest();
			lose(partition, Duration.ZERO);
		}
	}

	private void takeOne() {
		if (!this.absent.isEmpty()) {
			int partition = List.copyOf(this.absent).get(this.random.nextInt(this.absent.size()));
			this.story.add("take " + partition);
			this.engine.take(partition);
			this.absent.remove(partition);
		}
	}

	private void rest() {
		long end = System.nanoTime() + MOMENT;
		while (!this.engine.isQuiet() && System.nanoTime() < end) {
			LockSupport.parkNanos(100_000);
		}
	}

	private void drain() {
		while (!this.absent.isEmpty()) {
			takeOne();
		}
		this.story.add("drain");
		this.started.forEach((id, workflow) -> handle(workflow, id));
		this.started.forEach((id, workflow) -> end(workflow, id));
		this.engine.awaitQuiet();
		checkSchedule();
		checkNothingIsLeft();
	}

	private void end(String workflow, String id) {
		WorkflowHandle<?> run = handle(workflow, id);
		if (workflow.equals("fragile")) {
			awaitEnd(id);
			if (run.status() == WorkflowStatus.FAILED) {
				this.runs.fix(id);
				this.engine.client().retry(id);
			}
		}
		awaitEnd(id);
		String expected = PlayedRuns.result(workflow, id);
		String found;
		try {
			found = String.valueOf(run.result());
		}
		catch (KraftException ex) {
			found = String.valueOf(ex);
		}
		if (!found.equals(expected)) {
			this.world.report("the result of '" + id + "' is " + found + ", not " + expected);
		}
	}

	private void awaitEnd(String id) {
		long end = System.nanoTime() + PATIENCE;
		while (!this.engine.client().handle(id).status().isTerminal()) {
			rest();
			this.engine.moveToNextDue();
			if (System.nanoTime() > end) {
				throw new AssertionError("run '" + id + "' does not end: " + this.engine.client().handle(id).describe()
						+ " of " + this.engine.client().list(WorkflowQuery.all().limit(100)).items());
			}
		}
	}

	/** Each fire time has one run, which has reported once. */
	private void checkSchedule() {
		Instant now = this.engine.time().instant();
		for (Instant at = ManualScheduler.START.plus(PlayedRuns.PERIOD); !at.isAfter(now); at = at
			.plus(PlayedRuns.PERIOD)) {
			String id = PlayedRuns.SCHEDULE + "@" + at;
			if (this.world.entered(id) != 1) {
				this.world.report("the schedule has no run at " + at + "; it is " + now);
			}
		}
	}

	private void checkNothingIsLeft() {
		for (Store store : this.engine.stores()) {
			store.channels().sent().forEach((target, mark) -> {
				if (mark.waiting() > 0) {
					this.world.report(mark.waiting() + " rows still wait for partition " + target);
				}
			});
			if (!store.runsWithMessages(0, 10).isEmpty()) {
				this.world.report("messages are left of the runs " + store.runsWithMessages(0, 10));
			}
		}
	}

}
