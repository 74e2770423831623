package io.kraft.cluster.replication;

/**
 * Is notified of what decides about the ownership of a partition. Its methods are called
 * by threads of the log, and must not block.
 */
public interface LeadershipListener {

	/** For a replica that decides nothing. */
	LeadershipListener NONE = new LeadershipListener() {
		@Override
		public void leaderReady(long term) {
		}

		@Override
		public void leaderLost() {
		}

		@Override
		public void failed(Throwable cause) {
		}
	};

	/**
	 * This node leads in a term and has applied all entries of earlier ones.
	 */
	void leaderReady(long term);

	/**
	 * This node does not lead any more; also more than once, and where it never led.
	 */
	void leaderLost();

	/**
	 * The replica takes no entries any more; also more than once.
	 */
	void failed(Throwable cause);

}
