package io.kraft.engine.run;

import io.kraft.engine.routing.Activity;
import io.kraft.engine.run.Branch.Operation;
import io.kraft.engine.store.OutboxRow;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for the code of a run until there is room for a row in the channel to another
 * partition. It is a wait in memory: nothing of the operation is recorded yet, so a run
 * that is paused, or whose process dies, asks again when it is replayed.
 */
public final class ChannelRoom {

	private static final Logger logger = LoggerFactory.getLogger(ChannelRoom.class);

	private ChannelRoom() {
	}

	/**
	 * Waits, on the thread of the run's branch, if there is no room.
	 * @param operation asks for the row, and is not recorded
	 * @return whether it has waited, so that what was looked up before may be over
	 * @throws RunUnwound if the run does not continue here
	 * @throws io.kraft.workflow.WorkflowCancelledException if the branch is cancelled
	 * while it waits
	 */
	public static boolean await(Branch branch, Operation operation, OutboxRow row) {
		if (isThere(branch, row)) {
			return false;
		}
		logger.info("Run '{}' waits for room: too many rows wait for partition {}", branch.run().id(),
				branch.run().environment().neighbours().partitionOf(row.to()));
		branch.show(Activity.waitingFor("room in the channel to another partition"));
		try {
			while (!isThere(branch, row)) {
				branch.cancellation().checkNotRequested(operation);
				awaitNext(branch, row);
			}
		}
		finally {
			branch.show(Activity.NONE);
		}
		return true;
	}

	private static void awaitNext(Branch branch, OutboxRow row) {
		WaitLatch latch = new WaitLatch();
		Runnable end = branch.run().environment().neighbours().whenRoomFor(row, latch::signal);
		try {
			// Room that came before has notified none.
			if (!isThere(branch, row)) {
				branch.run().parking().inMemory(branch, latch);
			}
		}
		finally {
			end.run();
		}
	}

	private static boolean isThere(Branch branch, OutboxRow row) {
		boolean[] isThere = { false };
		RunContinuation continuation = branch.run().continuation();
		continuation.untilStopped(() -> isThere[0] = branch.run().environment().neighbours().hasRoomFor(row));
		return isThere[0];
	}

}
