package io.kraft.client;

import org.jspecify.annotations.Nullable;

/**
 * The operation of a run whose failure is, or has brought about, the failure of the run.
 *
 * @param position path of the operation, as {@link OperationView#position()}
 * @param kind as {@link OperationView#kind()}
 * @param name of the step, the side effect, the signal or the child's workflow; of the
 * wait for a callback, the position of the callback
 * @param attempts how many were made, at least 1
 * @param childId id of the child run that failed; null unless the operation is a child
 * @since 0.1.0
 */
public record FailedOperation(String position, String kind, String name, int attempts, @Nullable String childId) {

	/**
	 * An operation that is not a child.
	 */
	public FailedOperation(String position, String kind, String name, int attempts) {
		this(position, kind, name, attempts, null);
	}

}
