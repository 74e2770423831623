package io.kraft.engine.call;

import java.util.function.BooleanSupplier;

import io.kraft.client.BlockingCallException;

/**
 * Refuses calls that block on threads that must not, such as Reactor's event loop.
 */
public record BlockingGuard(BooleanSupplier isNonBlockingThread) {

	/**
	 * Throws on a thread that must not block.
	 * @param call what was called
	 * @param twin what to call instead
	 */
	public void check(String call, String twin) {
		if (this.isNonBlockingThread.getAsBoolean()) {
			throw new BlockingCallException(call + " blocks, but the thread '" + Thread.currentThread().getName()
					+ "' must not. Use " + twin + " here. See docs/reference/errors.md#kraft-3006");
		}
	}

}
