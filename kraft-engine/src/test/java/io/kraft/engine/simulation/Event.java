package io.kraft.engine.simulation;

/**
 * What happens to an engine, as data: its numbers are read as its kind needs them, and
 * those that choose among what is there are taken modulo how much is there.
 *
 * @param waits whether the simulation waits for quiescence before the next event
 */
record Event(Kind kind, int target, int choice, int extra, boolean waits) {

	/**
	 * What an event is, and how often it is drawn.
	 */
	enum Kind {

		START(26), ENQUEUE(5), SIGNAL(10), COMPLETE(6), FAIL_CALLBACK(2), CANCEL(4), TERMINATE(4), PAUSE(5), RESUME(5),
		RETRY(5), RESTART(2), RESTART_FROM(2), DELETE(4), READ(3), QUEUE_PAUSE(1), QUEUE_RESUME(1), SCHEDULE_PAUSE(1),
		SCHEDULE_RESUME(1), TRIGGER(1), MOVE_TO_NEXT(18), MOVE(7), OPEN_GATES(8), SLOW_DISK(8), RELEASE_DISK(8),
		FAIL_DISK(2), KILL(4), STOP(2),

		/**
		 * An operator meets runs while a commit of what has just become due is held up.
		 */
		MEETING(14),

		/**
		 * One of several partitions is lost, and taken again at once or later.
		 */
		LOSE_PARTITION(14),

		/**
		 * A partition that was lost is taken again.
		 */
		TAKE_PARTITION(14);

		private final int weight;

		Kind(int weight) {
			this.weight = weight;
		}

		/**
		 * How often it is drawn.
		 * @param partitions how many there are
		 */
		int weight(int partitions) {
			return ((this == LOSE_PARTITION || this == TAKE_PARTITION) && partitions == 1) ? 0 : this.weight;
		}

	}

}
