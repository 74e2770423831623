package io.kraft.engine.routing;

/**
 * A partition in the process of its caller.
 */
class LocalRunsTests extends RunServiceContract {

	@Override
	protected RunService seen(RunService local) {
		return local;
	}

}
