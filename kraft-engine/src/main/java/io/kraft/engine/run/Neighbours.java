package io.kraft.engine.run;

import java.util.Optional;

import io.kraft.client.WorkflowNotFoundException;
import io.kraft.engine.journal.Payload;
import io.kraft.engine.routing.StartedRun;
import io.kraft.engine.store.Change;
import io.kraft.engine.store.OutboxRow;
import io.kraft.engine.store.RunRow;
import io.kraft.workflow.KraftException;

/**
 * The other partitions, as the runs of one see them: what is asked of a run elsewhere is
 * a row in the outbox, in the commit that it follows from. Thread-safe.
 */
public interface Neighbours {

	/** Of a partition that is the only one. */
	Neighbours NONE = new Neighbours() {

		@Override
		public boolean isHere(String id) {
			return true;
		}

		@Override
		public int partitionOf(String id) {
			return 0;
		}

		@Override
		public Optional<RunRow> find(String id) {
			return Optional.empty();
		}

		@Override
		public Optional<KraftException> refusal(String id, String signal, Payload payload) {
			return Optional.empty();
		}

		@Override
		public boolean isOnItsWay(String id) {
			return false;
		}

		@Override
		public Change added(OutboxRow row) {
			throw new IllegalStateException("there is no other partition");
		}

		@Override
		public boolean hasRoomFor(OutboxRow row) {
			return true;
		}

		@Override
		public Runnable whenRoomFor(OutboxRow row, Runnable freed) {
			return () -> {
			};
		}

		@Override
		public void retry(StartedRun run, String workflow) {
			throw new IllegalStateException("there is no other partition");
		}

	};

	/**
	 * Whether a run with this id belongs here.
	 */
	boolean isHere(String id);

	/**
	 * The number of the partition that a run with this id belongs to.
	 */
	int partitionOf(String id);

	/**
	 * The run of an id that does not belong here, as it is durable there now.
	 */
	Optional<RunRow> find(String id);

	/**
	 * What a run elsewhere would refuse a signal with now, as one that is here would;
	 * empty if it would take it.
	 */
	Optional<KraftException> refusal(String id, String signal, Payload payload);

	/**
	 * Whether a run of this id was started from here, and the partition that it belongs
	 * to does not have it yet: what is asked of it follows behind.
	 */
	boolean isOnItsWay(String id);

	/**
	 * The change that sends a row to the partition of its run.
	 */
	Change added(OutboxRow row);

	/**
	 * Whether a row may be sent now: not if workflow code asks for it, and too many wait
	 * for its partition.
	 * @throws io.kraft.workflow.KraftException if there is no room, and this partition
	 * stops
	 */
	boolean hasRoomFor(OutboxRow row);

	/**
	 * Notifies once when there may be room for a row, or this partition stops.
	 * @param freed must not block
	 * @return ends that
	 */
	Runnable whenRoomFor(OutboxRow row, Runnable freed);

	/**
	 * Retries a child elsewhere; durable when it returns.
	 * @param run as it was found: another one that has its id meanwhile is not retried
	 * @param workflow that it is a run of
	 * @throws WorkflowNotFoundException if it was removed
	 * @throws io.kraft.client.WorkflowEndedException if it cannot be retried
	 */
	void retry(StartedRun run, String workflow);

}
