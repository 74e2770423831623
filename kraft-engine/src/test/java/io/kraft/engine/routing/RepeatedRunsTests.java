package io.kraft.engine.routing;

import io.kraft.engine.testing.TransportedRuns;

/**
 * A partition on another node, where the answer to the first attempt of each request gets
 * lost.
 */
class RepeatedRunsTests extends RunServiceContract {

	@Override
	protected RunService seen(RunService local) {
		return new TransportedRuns(local, true);
	}

}
