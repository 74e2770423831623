package io.kraft.engine.simulation;

import java.util.List;

/**
 * How a disk does something else than it was told: nothing, or a fault that a test has
 * planted. Called by one thread at a time.
 */
public interface DiskFault {

	/** Does what it is told. */
	DiskFault NONE = (contents, writes) -> writes;

	/**
	 * What is written in place of a batch.
	 * @param contents before the batch
	 */
	List<Write> rewrite(Contents contents, List<Write> writes);

	/**
	 * Whether a write that asked for it is made durable.
	 */
	default boolean syncs() {
		return true;
	}

}
