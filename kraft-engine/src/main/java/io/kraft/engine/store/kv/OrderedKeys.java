package io.kraft.engine.store.kv;

import java.nio.file.Path;
import java.time.Duration;

/**
 * The SPI that a medium implements to carry a {@link KvStore}: ordered keys with atomic
 * batches. Any thread reads; one at a time writes.
 * <p>
 * Every method, and those of what it returns, throws
 * {@link io.kraft.engine.store.StorageException} if the medium fails or is closed, never
 * anything worse: a read that meets a close ends in it, too.
 */
public interface OrderedKeys extends KeyReader, AutoCloseable {

	/**
	 * The keys as they are now, whatever is written from here on. To be closed soon, by
	 * the thread that took it, before that thread writes: it holds space, or a lock.
	 */
	KeySnapshot snapshot();

	/**
	 * An empty batch.
	 */
	KeyBatch batch();

	/**
	 * Copies all that is written, as {@link io.kraft.engine.store.Store#backup} describes
	 * it.
	 */
	long backup(Path target, Duration timeout);

	/**
	 * Makes durable what was written without sync, waits for the reads that are under
	 * way, and releases the medium. A second call has no effect.
	 */
	@Override
	void close();

	/**
	 * Keys at a point in time.
	 */
	interface KeySnapshot extends KeyReader, AutoCloseable {

		@Override
		void close();

	}

}
