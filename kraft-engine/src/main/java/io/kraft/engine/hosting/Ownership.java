package io.kraft.engine.hosting;

import java.time.Duration;

import io.kraft.workflow.KraftException;
import org.jspecify.annotations.Nullable;

/**
 * Decides which partitions a node hosts, and when it has them no more: the extension
 * point by which an engine is alone, or one of many. Thread-safe.
 */
public interface Ownership {

	/**
	 * Begins to decide, for the life of the host: each start of an engine has another
	 * one, and never two at the same time. May take partitions before it returns, and at
	 * any time after that. Whatever it has taken is released when this throws.
	 */
	void start(PartitionHost host);

	/**
	 * A partition has failed: it takes no work any more, and has recorded nothing since.
	 * Called once for each, on a thread that it must not block.
	 */
	void failed(int partition, KraftException cause);

	/**
	 * Why this node takes no work at all any more; null while it does, or may again.
	 */
	@Nullable KraftException failure();

	/**
	 * Decides nothing any more, and releases what it has taken. Called also after a start
	 * that has thrown.
	 * @param patience for steps that run; zero stops immediately, as a crash would
	 */
	void stop(Duration patience);

}
