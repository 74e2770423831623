package io.kraft.engine.hosting;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import io.kraft.client.InboxFullException;
import io.kraft.client.UnexpectedPayloadException;
import io.kraft.client.WorkflowEndedException;
import io.kraft.client.WorkflowNotFoundException;
import io.kraft.engine.channel.ChannelBarrier;
import io.kraft.engine.channel.ChannelCalls;
import io.kraft.engine.channel.Outgoing;
import io.kraft.engine.execution.Execution;
import io.kraft.engine.journal.Outcome;
import io.kraft.engine.journal.Payload;
import io.kraft.engine.routing.Call;
import io.kraft.engine.routing.Completion;
import io.kraft.engine.routing.RunService;
import io.kraft.engine.routing.RunView;
import io.kraft.engine.routing.StartCommand;
import io.kraft.engine.routing.StartedRun;
import io.kraft.engine.schedule.RunsElsewhere;
import io.kraft.engine.store.Change;
import io.kraft.engine.store.OutboxEntry;
import io.kraft.engine.store.OutboxRow;
import io.kraft.engine.store.RunRow;
import io.kraft.workflow.KraftException;
import org.jspecify.annotations.Nullable;

/**
 * The other partitions, as one of them sees them: those of its host, and through
 * {@link Elsewhere} those of other nodes. Thread-safe.
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
		Elsewhere elsewhere = elsewhere(id);
		return this.host.barrier()
			.cross(() -> (elsewhere != null) ? elsewhere.runs(partitionOf(id)).find(Call.OWN, id).map(RunView::row)
					: this.host.of(id).execution().store().run(id));
	}

	@Override
	public Optional<KraftException> refusal(String id, String signal, Payload payload) {
		try {
			this.host.barrier().cross(() -> {
				runs(id).checkTakesSignal(Call.OWN, id, signal, new Outcome.Success(payload));
				return id;
			});
			return Optional.empty();
		}
		catch (WorkflowNotFoundException | WorkflowEndedException | InboxFullException
				| UnexpectedPayloadException ex) {
			return Optional.of(ex);
		}
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
	public boolean hasRoomFor(OutboxRow row) {
		Outgoing outgoing = this.outgoing;
		return outgoing == null || outgoing.hasRoom(partitionOf(row.to()), row);
	}

	@Override
	public Runnable whenRoomFor(OutboxRow row, Runnable freed) {
		return Objects.requireNonNull(this.outgoing).whenRoom(partitionOf(row.to()), freed);
	}

	@Override
	public void retry(StartedRun run, String workflow) {
		runs(run.id()).retryChild(Call.OWN, run, workflow);
	}

	@Override
	public void start(Call call, StartCommand command) {
		runs(command.runId()).start(call, command);
	}

	@Override
	public CompletableFuture<?> arrival(String id) {
		Outgoing outgoing = this.outgoing;
		return (outgoing != null) ? outgoing.arrival(id) : CompletableFuture.completedFuture(id);
	}

	@Override
	public CompletableFuture<Completion> completion(String id) {
		ChannelBarrier barrier = this.host.barrier();
		return barrier.crossed(barrier.cross(() -> runs(id).end(Call.OWN, id)));
	}

	@Override
	public long take(int target, int source, List<OutboxEntry> rows) {
		Elsewhere elsewhere = this.host.elsewhere(target);
		return this.host.barrier()
			.cross(() -> (elsewhere != null) ? elsewhere.take(target, source, rows)
					: this.host.at(target).incoming().take(source, rows));
	}

	private RunService runs(String id) {
		Elsewhere elsewhere = elsewhere(id);
		return (elsewhere != null) ? elsewhere.runs(partitionOf(id)) : this.host.of(id).runs();
	}

	/** Null if the partition of the run is here. */
	private @Nullable Elsewhere elsewhere(String id) {
		return this.host.elsewhere(partitionOf(id));
	}

}
