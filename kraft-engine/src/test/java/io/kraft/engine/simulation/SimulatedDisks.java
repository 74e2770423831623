package io.kraft.engine.simulation;

import java.util.List;
import java.util.stream.IntStream;

import io.kraft.engine.routing.PartitionMap;

/**
 * A disk for each partition.
 */
final class SimulatedDisks {

	private final PartitionMap map;

	private final List<SimulatedDisk> disks;

	SimulatedDisks(int partitions, Faults faults) {
		this.map = new PartitionMap(partitions);
		this.disks = IntStream.range(0, partitions).mapToObj((number) -> new SimulatedDisk(faults.disk())).toList();
	}

	List<SimulatedDisk> all() {
		return this.disks;
	}

	int partitions() {
		return this.disks.size();
	}

	/** The partition of a run. */
	int partitionOf(String id) {
		return this.map.of(id);
	}

	SimulatedDisk at(int partition) {
		return this.disks.get(partition);
	}

	/** One that a number chooses. */
	SimulatedDisk chosen(int choice) {
		return at(choice % partitions());
	}

	boolean isHolding() {
		return this.disks.stream().anyMatch(SimulatedDisk::isHolding);
	}

	void release() {
		this.disks.forEach(SimulatedDisk::release);
	}

	void recover() {
		this.disks.forEach(SimulatedDisk::recover);
	}

	/**
	 * The process dies: each keeps or loses the write under way on its own.
	 * @param survives a bit for each disk
	 */
	void kill(int survives, int lost) {
		for (int partition = 0; partition < partitions(); partition++) {
			at(partition).kill((survives >> partition & 1) == 0, lost);
		}
	}

}
