package io.kraft.engine;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import io.kraft.engine.EngineHealth.State;
import io.kraft.engine.call.CallingNode;
import io.kraft.engine.client.EventHub;
import io.kraft.engine.definition.Definitions;
import io.kraft.engine.definition.ScheduleCatalog;
import io.kraft.engine.execution.NodeResources;
import io.kraft.engine.hosting.HostedPartition;
import io.kraft.engine.hosting.Ownership;
import io.kraft.engine.hosting.PartitionHost;
import io.kraft.engine.hosting.StorePreparation;
import io.kraft.engine.journal.PayloadConverter;
import io.kraft.engine.lifecycle.Clockwork;
import io.kraft.engine.partition.Partition;
import io.kraft.engine.store.StatusCounts;
import io.kraft.engine.supervision.Supervision;
import io.kraft.engine.timer.Scheduler;
import io.kraft.engine.timer.SystemScheduler;
import io.kraft.workflow.KraftException;
import org.jspecify.annotations.Nullable;

/**
 * An engine from one start to its stop: the partitions that it hosts, who decides which,
 * and what they share. Thread-safe.
 */
final class EngineSession {

	/** Of the threads that the partitions share. */
	private final Supervision supervision;

	private final @Nullable Scheduler ownScheduler;

	private final NodeResources node;

	private final CallingNode callingNode;

	private final Ownership ownership;

	private final PartitionHost host;

	private EngineSession(Supervision supervision, @Nullable Scheduler ownScheduler, NodeResources node,
			Ownership ownership, PartitionHost host) {
		this.supervision = supervision;
		this.ownScheduler = ownScheduler;
		this.node = node;
		this.callingNode = CallingNode.of(node);
		this.ownership = ownership;
		this.host = host;
	}

	/**
	 * Takes the ownership of the stores; nothing executes yet. Whatever was opened is
	 * closed when this throws, so that the next start finds it free.
	 * @param checks of each store, before its ownership is taken
	 */
	static EngineSession open(StorePreparation checks, EngineSettings settings, Definitions definitions,
			ScheduleCatalog schedules, PayloadConverter payloads, EventHub events) {
		Supervision supervision = new Supervision(settings.threads(), (failure) -> {
		});
		Scheduler given = settings.scheduler();
		Scheduler own = (given == null) ? new SystemScheduler(settings.clock(), supervision) : null;
		EngineSession session;
		try {
			Clockwork clockwork = new Clockwork(settings.clock(), Objects.requireNonNull((own != null) ? own : given),
					settings.random());
			NodeResources node = NodeResources.of(definitions, clockwork, payloads, settings.observer(),
					settings.execution(), settings.threads(), settings.work().get());
			Ownership ownership = settings.stores().ownership(checks);
			PartitionHost host = new PartitionHost(settings.map(), node, schedules, settings.firesSchedules(),
					(partition, batch) -> {
						settings.observer().committed(batch.commits(), batch.sizeBytes(), batch.nanos());
						events.committed(partition, batch.changes());
					}, ownership, settings.stores().preparation(checks));
			supervision.whenFailed(host::fail);
			session = new EngineSession(supervision, own, node, ownership, host);
		}
		catch (Throwable ex) {
			close(own, supervision);
			throw ex;
		}
		try {
			session.ownership.start(session.host);
			return session;
		}
		catch (Throwable ex) {
			session.abandon(ex);
			throw ex;
		}
	}

	/**
	 * Continues what the stores hold.
	 */
	void start() {
		this.supervision.start();
		this.host.begin();
	}

	/**
	 * Takes no work, lets steps that run finish, and closes the stores.
	 */
	void stop(Duration gracePeriod) {
		try {
			this.ownership.stop(gracePeriod);
		}
		finally {
			close(this.ownScheduler, this.supervision);
		}
	}

	private static void close(@Nullable Scheduler scheduler, Supervision supervision) {
		if (scheduler != null) {
			scheduler.close();
		}
		supervision.close();
	}

	/**
	 * Ends after a start that failed, whatever else fails then.
	 * @param cause gets what fails as suppressed
	 */
	void abandon(Throwable cause) {
		try {
			this.host.abandon(cause);
			stop(Duration.ZERO);
		}
		catch (Throwable ex) {
			cause.addSuppressed(ex);
		}
	}

	/**
	 * Why it takes no work any more; null while it does.
	 */
	@Nullable KraftException failure() {
		KraftException shared = this.supervision.cause();
		return (shared != null) ? shared : this.ownership.failure();
	}

	/**
	 * The partitions that it hosts.
	 */
	PartitionHost host() {
		return this.host;
	}

	/**
	 * What calls need of this node.
	 */
	CallingNode callingNode() {
		return this.callingNode;
	}

	/**
	 * How many runs there are, by the workflow's name and by status.
	 */
	Map<String, StatusCounts> counts() {
		Map<String, StatusCounts> all = new HashMap<>();
		this.host.all()
			.forEach((partition) -> partition.execution()
				.store()
				.counts()
				.forEach((workflow, counts) -> all.merge(workflow, counts, StatusCounts::plus)));
		return all;
	}

	/**
	 * How far it has come with the runs that were interrupted before it.
	 */
	Recovery recovery() {
		long interrupted = 0;
		long recovered = 0;
		for (HostedPartition partition : this.host.all()) {
			interrupted += partition.execution().load().interrupted();
			recovered += partition.execution().load().recovered();
		}
		return new Recovery(interrupted, recovered);
	}

	/**
	 * How many runs are in a step, its retries included, for longer than a time.
	 */
	long inStepFor(Duration time) {
		return this.host.all().stream().mapToLong((hosted) -> hosted.execution().load().inStepFor(time)).sum();
	}

	/**
	 * How it is now.
	 */
	EngineHealth health(State state) {
		long epoch = 0;
		int queued = 0;
		Duration lag = Duration.ZERO;
		for (HostedPartition hosted : this.host.all()) {
			Partition partition = hosted.partition();
			epoch = Math.max(epoch, partition.epoch());
			queued += partition.queuedCommits();
			lag = (partition.commitLag().compareTo(lag) > 0) ? partition.commitLag() : lag;
		}
		return new EngineHealth(state, Optional.ofNullable(failure()), epoch, this.node.slots().executing(),
				this.node.slots().parked(), queued, lag);
	}

}
