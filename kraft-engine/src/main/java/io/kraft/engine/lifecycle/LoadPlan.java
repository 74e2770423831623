package io.kraft.engine.lifecycle;

import java.util.function.Supplier;

import io.kraft.engine.journal.Position;
import io.kraft.engine.state.RunState;
import io.kraft.engine.store.Timer;
import org.jspecify.annotations.Nullable;

/**
 * What is to happen to a run that is not in memory when something has come for it. Pure:
 * a table over the state of the run and what has come.
 */
enum LoadPlan {

	/** It is loaded, and executes. */
	LOAD,

	/** It is to wait for its turn. */
	MAKE_PENDING,

	/** It waits for its turn, which may have come while it was still leaving memory. */
	REQUEUE,

	/** It has come for nothing: the run waits for something else, or for its turn. */
	IGNORE,

	/** The timer is of a wait that is over, and is removed. */
	REMOVE_TIMER,

	/** The run does not continue, and gives its place back. */
	REST,

	/** The run has ended or is no more: what was left behind for it is cleared. */
	FORGET;

	/**
	 * What is to happen.
	 * @param state of the run; null if there is none
	 * @param isItem whether it is an item of a queue, which waits for its turn again
	 * before each attempt
	 * @param request what its inbox asks for; read only where it matters
	 */
	static LoadPlan of(@Nullable RunState state, boolean isItem, LoadRequest loadRequest, Supplier<Request> request) {
		return switch (state) {
			case null -> FORGET;
			case RunState.Ended ended -> FORGET;
			case RunState.Scheduled scheduled -> {
				if (loadRequest.timer() != null) {
					yield MAKE_PENDING;
				}
				yield (request.get() == Request.CANCEL) ? LOAD : IGNORE;
			}
			case RunState.Pending pending -> ofPending(isItem, loadRequest, request);
			case RunState.Running running -> (loadRequest.cause() == LoadRequest.Cause.RESTART) ? IGNORE : LOAD;
			case RunState.Suspended suspended -> {
				if (loadRequest.cause() == LoadRequest.Cause.TURN && isItem) {
					// It has had that turn already, and keeps no place while it waits.
					yield REST;
				}
				if (loadRequest.cause() != LoadRequest.Cause.EVENT && loadRequest.cause() != LoadRequest.Cause.LEFT) {
					yield IGNORE;
				}
				yield (isItem && request.get() == Request.NONE) ? MAKE_PENDING : LOAD;
			}
			case RunState.Paused paused -> {
				if (loadRequest.cause() != LoadRequest.Cause.RESTART) {
					yield REST;
				}
				// One that a user has paused waits for the user.
				yield paused.byUser() ? IGNORE : LOAD;
			}
		};
	}

	private static LoadPlan ofPending(boolean isItem, LoadRequest loadRequest, Supplier<Request> request) {
		if (loadRequest.cause() == LoadRequest.Cause.TURN
				|| (loadRequest.cause() == LoadRequest.Cause.EVENT && request.get() != Request.NONE)) {
			return LOAD;
		}
		if (loadRequest.cause() == LoadRequest.Cause.LEFT) {
			return (request.get() != Request.NONE) ? LOAD : REQUEUE;
		}
		Timer timer = loadRequest.timer();
		if (timer == null) {
			return IGNORE;
		}
		if (isItem) {
			return REMOVE_TIMER;
		}
		// Its deadline does not wait for its turn; the end of another wait does.
		return timer.position().equals(Position.ROOT) ? LOAD : IGNORE;
	}

	/**
	 * What a run's inbox asks for before its turn has come.
	 */
	enum Request {

		/** Nothing. */
		NONE,

		/** To be paused. */
		PAUSE,

		/** To be cancelled, or to fail, whatever else is asked for. */
		CANCEL

	}

}
