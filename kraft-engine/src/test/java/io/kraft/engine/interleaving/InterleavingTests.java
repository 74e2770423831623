package io.kraft.engine.interleaving;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.kraft.engine.reliability.Proves;
import io.kraft.engine.reliability.Tally;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every operation that touches a run against every other one, in each state of the run in
 * which both make sense, while a commit of the first is held. One cell alone:
 * {@code -Dkraft.test.cell=ON_SIGNAL/TERMINATE/BEFORE/SIGNAL}; several by a regular
 * expression.
 */
class InterleavingTests {

	private static final String CELLS = System.getProperty("kraft.test.cell", ".*");

	/** With several partitions, one cell of so many; of those that lose one, more. */
	private static final int SAMPLE = 16;

	private static final int SAMPLE_OF_LOSSES = 4;

	/** Threads that mostly wait for others. */
	private static final int PARALLEL = 4;

	@Proves(fault = "Any operation on a run meets any other one whose commit is held, before or after it is applied, in each state of the run",
			promise = "What was acknowledged holds, the outcome is one that the model allows, and the store is sound")
	@ParameterizedTest(name = "{0}")
	@EnumSource
	@Timeout(value = 30, unit = TimeUnit.MINUTES)
	void whateverComesMeanwhileNothingAcknowledgedIsLost(Operation first) throws InterruptedException {
		Queue<String> failures = new ConcurrentLinkedQueue<>();
		List<Cell> cells = Cell.of(first)
			.stream()
			.filter((cell) -> cell.toString().matches(CELLS) && isInSample(cell))
			.toList();
		Map<RunState, Integer> commits = commits(first, cells, failures);
		Queue<Cell> left = new ConcurrentLinkedQueue<>(
				cells.stream().filter((cell) -> cell.point().commit() <= commits.get(cell.state())).toList());
		AtomicInteger executed = new AtomicInteger();

		List<Thread> threads = new ArrayList<>();
		for (int i = 0; i < PARALLEL; i++) {
			threads.add(Thread.ofPlatform().start(() -> execute(left, failures, executed)));
		}
		for (Thread thread : threads) {
			thread.join();
		}

		Tally.report(executed.get(), "cells");
		assertThat(failures.stream().sorted()).as("%s of %s cells fail", failures.size(), executed).isEmpty();
	}

	private static boolean isInSample(Cell cell) {
		if (Operation.PARTITIONS == 1 || !CELLS.equals(".*")) {
			return true;
		}
		boolean isLoss = cell.first() == Operation.LOSE_PARTITION || cell.second() == Operation.LOSE_PARTITION;
		return Math.floorMod(cell.toString().hashCode(), isLoss ? SAMPLE_OF_LOSSES : SAMPLE) == 0;
	}

	/**
	 * Of each state in which the operation makes sense; where it makes none, nothing is
	 * held.
	 */
	private static Map<RunState, Integer> commits(Operation first, List<Cell> cells, Queue<String> failures) {
		Map<RunState, Integer> commits = new EnumMap<>(RunState.class);
		cells.stream().map(Cell::state).distinct().forEach((state) -> {
			try {
				commits.put(state, CellRun.commits(state, first));
			}
			catch (Throwable ex) {
				failures.add(state + "/" + first + ": " + ex.getMessage());
				commits.put(state, 0);
			}
		});
		return commits;
	}

	private static void execute(Queue<Cell> left, Queue<String> failures, AtomicInteger executed) {
		for (Cell cell = left.poll(); cell != null; cell = left.poll()) {
			try {
				if (CellRun.execute(cell)) {
					executed.incrementAndGet();
				}
			}
			catch (Throwable ex) {
				executed.incrementAndGet();
				failures.add(cell + ": " + ex.getMessage());
			}
		}
	}

}
