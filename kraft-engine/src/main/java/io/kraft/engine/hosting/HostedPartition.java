package io.kraft.engine.hosting;

import java.time.Duration;

import io.kraft.engine.channel.Incoming;
import io.kraft.engine.channel.Outgoing;
import io.kraft.engine.definition.ScheduleCatalog;
import io.kraft.engine.execution.Execution;
import io.kraft.engine.execution.NodeResources;
import io.kraft.engine.partition.Lease;
import io.kraft.engine.partition.Partition;
import io.kraft.engine.routing.RunService;
import io.kraft.engine.schedule.Schedules;
import io.kraft.engine.store.StatusCounts;
import io.kraft.engine.store.Store;
import io.kraft.engine.supervision.Supervision;
import io.kraft.workflow.KraftException;
import org.jspecify.annotations.Nullable;

/**
 * A partition that this node owns: its commits, the execution of its runs, and the
 * schedules whose home it is. Its threads are its own, and what fails in it fails no
 * other. Thread-safe.
 */
public final class HostedPartition {

	private final Partition partition;

	private final Execution execution;

	private final Schedules schedules;

	private final RunService runs;

	private final boolean hasNeighbours;

	private final Outgoing outgoing;

	private final Incoming incoming;

	private final StatusCounts found;

	private HostedPartition(Partition partition, Execution execution, Schedules schedules, Outgoing outgoing,
			boolean hasNeighbours) {
		this.partition = partition;
		this.execution = execution;
		this.schedules = schedules;
		this.runs = new LocalRuns(execution, schedules);
		this.outgoing = outgoing;
		this.hasNeighbours = hasNeighbours;
		this.incoming = new Incoming(execution);
		this.found = partition.store().counts().values().stream().reduce(StatusCounts.NONE, StatusCounts::plus);
	}

	/**
	 * Takes the ownership of a store; nothing executes yet. Whatever was opened is closed
	 * when this throws, so that the next attempt finds it free.
	 * @param catalog schedules, of which it fires those whose home it is
	 */
	static HostedPartition open(int number, Store store, Lease lease, PartitionHost host, ScheduleCatalog catalog,
			PartitionListener listener) {
		NodeResources node = host.node();
		Supervision supervision = new Supervision(node.threads(), "-" + number, (failure) -> {
		});
		Partition partition = null;
		try {
			CommitListeners listeners = new CommitListeners();
			partition = Partition.open(number, host.map().partitions(), store, lease, listeners, supervision,
					node.work());
			LocalNeighbours neighbours = new LocalNeighbours(number, host);
			Execution execution = new Execution(partition, node, neighbours);
			Outgoing outgoing = neighbours.connect(execution);
			if (!host.map().isSole()) {
				// First: what it does must not depend on what others throw.
				listeners.add((batch) -> outgoing.committed(batch.changes()));
			}
			listeners.add((batch) -> listener.committed(number, batch));
			listeners.add((batch) -> execution.completions().committed(batch.changes()));
			Schedules schedules = new Schedules(catalog, (name) -> host.map().ofSchedule(name) == number, execution,
					neighbours, supervision::fail);
			supervision.whenFailed((cause) -> schedules.stop());
			supervision.whenFailed((cause) -> outgoing.stop());
			return new HostedPartition(partition, execution, schedules, outgoing, !host.map().isSole());
		}
		catch (Throwable ex) {
			Cleanup.after(ex, (partition != null) ? partition::close : store::close, supervision::close,
					() -> node.limits().leave(number));
			throw ex;
		}
	}

	/**
	 * Continues what the store holds.
	 * @param takenOver whether the engine runs already
	 */
	void start(boolean firesSchedules, boolean takenOver) {
		supervision().start();
		if (this.hasNeighbours) {
			this.outgoing.start();
		}
		this.execution.start();
		if (firesSchedules) {
			this.schedules.start(takenOver);
		}
	}

	/**
	 * Takes no work, lets steps that run finish within the patience, and closes the
	 * store.
	 * @param patience zero stops immediately, as a crash would
	 */
	void stop(Duration patience) {
		this.schedules.stop();
		this.outgoing.stop();
		this.execution.stop(patience);
		supervision().close();
	}

	/**
	 * Ends after a start that failed, whatever else fails then.
	 * @param cause gets what fails as suppressed
	 */
	void abandon(Throwable cause) {
		Cleanup.after(cause, this.schedules::stop, this.outgoing::stop, () -> this.execution.stop(Duration.ZERO),
				supervision()::close);
	}

	/**
	 * Which one of the partitions it is, from 0 on.
	 */
	public int number() {
		return this.partition.number();
	}

	/**
	 * Its store and its commits.
	 */
	public Partition partition() {
		return this.partition;
	}

	/**
	 * What executes its runs.
	 */
	public Execution execution() {
		return this.execution;
	}

	/**
	 * What callers reach of it.
	 */
	public RunService runs() {
		return this.runs;
	}

	/**
	 * Takes what other partitions ask of it.
	 */
	public Incoming incoming() {
		return this.incoming;
	}

	/**
	 * Why its channel to another partition stands still until an operator acts; null if
	 * it does not.
	 */
	public @Nullable KraftException alarm(int target) {
		return this.outgoing.alarm(target);
	}

	/**
	 * The schedules whose home it is.
	 */
	public Schedules schedules() {
		return this.schedules;
	}

	/**
	 * Watches its threads.
	 */
	public Supervision supervision() {
		return this.partition.supervision();
	}

	/**
	 * How many runs there were when it was taken.
	 */
	public StatusCounts found() {
		return this.found;
	}

}
