package io.kraft.cluster.routing;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

import io.kraft.client.CallOutcomeUnknownException;
import io.kraft.client.EngineStoppedException;
import io.kraft.client.PartitionUnavailableException;
import io.kraft.cluster.routing.RunArguments.Take;
import io.kraft.cluster.transport.Address;
import io.kraft.cluster.transport.Transport;
import io.kraft.engine.channel.ChannelCalls;
import io.kraft.engine.hosting.Elsewhere;
import io.kraft.engine.routing.PartitionMap;
import io.kraft.engine.routing.Routing;
import io.kraft.engine.routing.RunService;
import io.kraft.engine.store.OutboxEntry;
import io.kraft.engine.timer.Scheduler;

/**
 * The routing of one node, wired: it answers other nodes, and calls them. Thread-safe.
 */
public final class NodeRouting implements Elsewhere, AutoCloseable {

	private final LeaderCache leaders = new LeaderCache();

	private final PartitionCalls calls;

	private final RunServer server;

	private final ClusterRouting routing;

	/**
	 * The routing of a node, which answers from now on.
	 * @param map of the cluster
	 * @param self where this node is reached by others
	 * @param replicas where a partition may be, as the table of the cluster has it
	 * @param here the partitions that this node hosts
	 * @param settings of its calls
	 */
	public NodeRouting(PartitionMap map, Address self, IntFunction<List<Address>> replicas, ServedPartitions here,
			Transport transport, Settings settings) {
		Pauses pauses = new Pauses(settings.scheduler, settings.clock);
		PartitionAnswers answers = new PartitionAnswers(here, new EndPoll(pauses));
		this.calls = new PartitionCalls(answers, transport, this.leaders, self, replicas, pauses, settings.nanoTime,
				settings.random, settings.timeout, settings.threads);
		this.routing = new ClusterRouting(map, this.calls);
		this.server = new RunServer(answers, this.leaders, self, settings.nanoTime);
		this.server.serve(transport);
	}

	/**
	 * How callers of this node find partitions.
	 */
	public Routing routing() {
		return this.routing;
	}

	/**
	 * Where leaders were last seen.
	 */
	public LeaderCache leaders() {
		return this.leaders;
	}

	@Override
	public RunService runs(int partition) {
		return this.routing.at(partition);
	}

	/**
	 * As {@link ChannelCalls#take}: a partition that has not answered is tried again
	 * soon, and is no reason for an alarm.
	 */
	@Override
	public long take(int target, int source, List<OutboxEntry> rows) {
		try {
			return this.calls.call(target, RunMethods.TAKE, new Take(source, rows));
		}
		catch (PartitionUnavailableException | CallOutcomeUnknownException ex) {
			throw new EngineStoppedException("partition " + target
					+ " does not take rows at this moment. See docs/reference/errors.md#kraft-3007", ex);
		}
	}

	/**
	 * Calls no other node any more; calls under way end with their next attempt.
	 */
	@Override
	public void close() {
		this.calls.close();
	}

	/**
	 * How a node calls.
	 *
	 * @param scheduler by which attempts are delayed
	 * @param clock of the scheduler
	 * @param nanoTime the monotonic clock, by which the time of calls is measured
	 * @param random draws ids of requests, which no other node may draw too
	 * @param timeout of each call; more than 0
	 * @param threads a virtual thread for each task
	 */
	public record Settings(Scheduler scheduler, InstantSource clock, LongSupplier nanoTime, RandomGenerator random,
			Duration timeout, Executor threads) {

	}

}
