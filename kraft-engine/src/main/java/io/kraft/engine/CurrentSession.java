package io.kraft.engine;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

import io.kraft.client.EngineStoppedException;
import io.kraft.engine.EngineHealth.State;
import io.kraft.engine.call.CallingNode;
import io.kraft.engine.channel.ChannelBarrier;
import io.kraft.engine.execution.NodeResources;
import io.kraft.engine.hosting.HostedPartition;
import io.kraft.engine.hosting.Partitions;
import io.kraft.engine.routing.PartitionMap;
import io.kraft.workflow.KraftException;
import org.jspecify.annotations.Nullable;

/**
 * The session that an engine has now, if it has one. Changed by one thread at a time;
 * read by any.
 */
final class CurrentSession implements Partitions {

	private volatile State state = State.NEW;

	/** Also after its stop, for those who ask how it was. */
	private volatile @Nullable EngineSession session;

	/** It takes work from now on. */
	void begin(EngineSession session) {
		this.session = session;
		this.state = State.RUNNING;
	}

	/** Its start has failed. */
	void forget() {
		this.state = State.STOPPED;
		this.session = null;
	}

	void markStopping() {
		if (state() == State.RUNNING) {
			this.state = State.STOPPING;
		}
	}

	void markStopped() {
		this.state = State.STOPPED;
	}

	/**
	 * Where it is, and whether it has failed meanwhile.
	 */
	State state() {
		State state = this.state;
		return (state == State.RUNNING && failure() != null) ? State.FAILED : state;
	}

	private @Nullable KraftException failure() {
		EngineSession session = this.session;
		return (session != null) ? session.failure() : null;
	}

	/**
	 * The present one, or the last one; null if there is none.
	 */
	@Nullable EngineSession find() {
		return this.session;
	}

	@Override
	public HostedPartition of(String id) {
		return get().host().of(id);
	}

	@Override
	public HostedPartition ofSchedule(String name) {
		return get().host().ofSchedule(name);
	}

	@Override
	public HostedPartition at(int number) {
		return get().host().at(number);
	}

	@Override
	public List<HostedPartition> each() {
		return get().host().each();
	}

	@Override
	public ChannelBarrier barrier() {
		return get().host().barrier();
	}

	@Override
	public Collection<HostedPartition> all() {
		return get().host().all();
	}

	@Override
	public PartitionMap map() {
		return get().host().map();
	}

	@Override
	public NodeResources node() {
		return get().host().node();
	}

	/**
	 * What calls need of this node.
	 */
	CallingNode callingNode() {
		return get().callingNode();
	}

	private EngineSession get() {
		EngineSession session = this.session;
		if (session == null) {
			throw new EngineStoppedException(
					"the engine has not started yet. In a Spring application it starts when the context is "
							+ "refreshed: do not start workflows while beans are created. See docs/reference/errors.md#kraft-3007");
		}
		if (this.state == State.STOPPED) {
			throw new EngineStoppedException("the engine has stopped. What was acknowledged is safe and continues "
					+ "after the next start. See docs/reference/errors.md#kraft-3007");
		}
		return session;
	}

	/**
	 * How the engine is now.
	 */
	EngineHealth health() {
		EngineSession session = this.session;
		if (session == null) {
			return new EngineHealth(this.state, Optional.empty(), 0, 0, 0, 0, Duration.ZERO);
		}
		return session.health(state());
	}

}
