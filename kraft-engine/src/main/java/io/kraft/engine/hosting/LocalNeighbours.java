package io.kraft.engine.hosting;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import io.kraft.engine.channel.ChannelCalls;
import io.kraft.engine.channel.ChannelBarrier;
import io.kraft.engine.channel.Outgoing;
import io.kraft.engine.execution.Execution;
import io.kraft.engine.journal.Outcome;
import io.kraft.engine.journal.Payload;
import io.kraft.engine.routing.Call;
import io.kraft.engine.routing.Completion;
import io.kraft.engine.routing.StartCommand;
import io.kraft.engine.schedule.RunsElsewhere;
import io.kraft.engine.store.Change;
import io.kraft.engine.store.OutboxEntry;
import io.kraft.engine.store.OutboxRow;
import io.kraft.engine.store.RunRow;
import io.kraft.workflow.KraftException;
import org.jspecify.annotations.Nullable;

/**
 * The other partitions of a host, as one of them sees them. Thread-safe.
 */
final class LocalNeighbours implements RunsElsewhere, ChannelCalls {

	private final int number;

	private final PartitionHost host;

	private volatile @Nullable Outgoing outgoing;

	LocalNeighbours(int number, PartitionHost host) {
		this.number = number;
		this.host = host;
	}

	/**
	 * Of an execution that has not begun.
	 */
	Outgoing connect(Execution execution) {
		Outgoing outgoing = new Outgoing(execution, this);
		this.outgoing = outgoing;
		return outgoing;
	}

	@Override
	public boolean isHere(String id) {
		return partitionOf(id) == this.number;
	}

	@Override
	public int partitionOf(String id) {
		return this.host.map().of(id);
	}

	@Override
	public Optional<RunRow> find(String id) {
		return this.host.barrier().cross(() -> this.host.of(id).execution().store().run(id));
	}

	@Override
	public Optional<KraftException> refusal(String id, String signal, Payload payload) {
		return this.host.barrier()
			.cross(() -> this.host.of(id).execution().delivery().refusal(id, signal, new Outcome.Success(payload)));
	}

	@Override
	public boolean isOnItsWay(String id) {
		Outgoing outgoing = this.outgoing;
		return outgoing != null && outgoing.isStarting(id);
	}

	@Override
	public Change added(OutboxRow row) {
		return new Change.OutboxAdded(partitionOf(row.to()), row);
	}

	@Override
	public void awaitRoomFor(OutboxRow row) {
		Outgoing outgoing = this.outgoing;
		if (outgoing != null) {
			outgoing.awaitRoom(partitionOf(row.to()), row);
		}
	}

	@Override
	public void retry(String id) {
		this.host.of(id).execution().revival().retryChild(id);
	}

	@Override
	public void start(Call call, StartCommand command) {
		this.host.of(command.runId()).runs().start(call, command);
	}

	@Override
	public CompletableFuture<?> arrival(String id) {
		Outgoing outgoing = this.outgoing;
		return (outgoing != null) ? outgoing.arrival(id) : CompletableFuture.completedFuture(id);
	}

	@Override
	public CompletableFuture<Completion> completion(String id) {
		ChannelBarrier barrier = this.host.barrier();
		return barrier.crossed(barrier.cross(() -> this.host.of(id).execution().completions().of(id)));
	}

	@Override
	public long take(int target, int source, List<OutboxEntry> rows) {
		return this.host.barrier().cross(() -> this.host.at(target).incoming().take(source, rows));
	}

}
