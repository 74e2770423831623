package io.kraft.engine.simulation;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

import io.kraft.engine.EngineHealth;
import io.kraft.engine.HostAccess;
import io.kraft.engine.hosting.HostedPartition;
import io.kraft.engine.partition.Lease;

/**
 * Partitions that an engine loses and takes again while the others continue.
 */
final class Partitions {

	/** For what is in a step when a partition is released: none of them sees its end. */
	private static final Duration PATIENCE = Duration.ofMillis(3);

	private final SimulatedEngine engine;

	private final SimulatedDisks disks;

	private final World world;

	private final TreeSet<Integer> absent = new TreeSet<>();

	private final Map<Integer, Long> epochs = new HashMap<>();

	Partitions(SimulatedEngine engine, SimulatedDisks disks, World world) {
		this.engine = engine;
		this.disks = disks;
		this.world = world;
	}

	/** The process has been started, with all of them. */
	void started() {
		this.absent.clear();
		for (int partition = 0; partition < this.disks.partitions(); partition++) {
			checkEpoch(partition);
		}
	}

	private void checkEpoch(int partition) {
		this.engine.engine().partition(partition).ifPresent((taken) -> {
			Long before = this.epochs.put(partition, taken.epoch());
			if (before != null && taken.epoch() <= before) {
				this.world.report("epoch-reused", "epoch " + taken.epoch() + " follows epoch " + before);
			}
		});
	}

	/**
	 * Releases one with some patience, without any, or as if its disk was lost.
	 * @return what was done to it; empty if it is not there
	 */
	String lose(Event event) {
		int partition = event.target() % this.disks.partitions();
		if (this.absent.contains(partition)) {
			return "";
		}
		String how = switch (event.choice() % 3) {
			case 0 -> release(partition, PATIENCE);
			case 1 -> release(partition, Duration.ZERO);
			default -> crash(partition, event.choice() / 3 % 2 == 0);
		};
		if (event.choice() / 6 % 2 == 0) {
			take(partition);
			return how + ", and taken again";
		}
		return how;
	}

	private String release(int partition, Duration patience) {
		this.disks.at(partition).release();
		leave(partition, patience);
		return "partition " + partition + (patience.isZero() ? " is abandoned" : " is released");
	}

	/** Its owner dies, as others see it. */
	private String crash(int partition, boolean survives) {
		this.disks.at(partition).kill(survives, 0);
		leave(partition, Duration.ZERO);
		return "partition " + partition + " crashes";
	}

	private void leave(int partition, Duration patience) {
		this.world.leaving(partition);
		HostAccess.of(this.engine.engine()).release(partition, patience);
		this.world.died(partition);
		this.absent.add(partition);
	}

	/** Those that have failed are given up, and taken again. */
	List<Integer> takeFailed() {
		List<Integer> failed = failed();
		for (int partition : failed) {
			crash(partition, true);
			take(partition);
		}
		return failed;
	}

	/** Takes the first one that is not there. */
	void takeOne() {
		if (!this.absent.isEmpty()) {
			take(this.absent.first());
		}
	}

	void takeAll() {
		List.copyOf(this.absent).forEach(this::take);
	}

	private void take(int partition) {
		HostAccess.of(this.engine.engine()).take(partition, () -> this.engine.open(partition), Lease.FOR_EVER);
		this.absent.remove(partition);
		checkEpoch(partition);
	}

	boolean hasEngineFailed() {
		return this.engine.engine().health().state() != EngineHealth.State.RUNNING;
	}

	boolean hasOneFailed() {
		return hasEngineFailed() || !failed().isEmpty();
	}

	private List<Integer> failed() {
		return HostAccess.of(this.engine.engine())
			.all()
			.stream()
			.filter((hosted) -> hosted.supervision().cause() != null)
			.map(HostedPartition::number)
			.toList();
	}

}
