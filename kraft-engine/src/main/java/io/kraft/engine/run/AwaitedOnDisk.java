package io.kraft.engine.run;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

import io.kraft.engine.run.WaitCondition.MessageKey;
import io.kraft.engine.store.Message;
import org.jspecify.annotations.Nullable;

/**
 * For which messages runs wait that have left memory: others do not let them be loaded,
 * as each signal that a run does not wait for would have its journal replayed, however
 * long. Thread-safe.
 * <p>
 * Of a run of which nothing is known here each message may be what it waits for: after a
 * start, or where there is no room.
 */
final class AwaitedOnDisk {

	private static final int MAX_RUNS = 16_384;

	private static final int MAX_KEYS = 16;

	private final ReentrantLock lock = new ReentrantLock();

	private final Map<Long, Set<MessageKey>> awaited = new LinkedHashMap<>();

	/**
	 * A run leaves memory, and nothing can have loaded it since.
	 * @param keys all that it waits for; null if it does not wait
	 */
	void left(long run, @Nullable Set<MessageKey> keys) {
		this.lock.lock();
		try {
			this.awaited.remove(run);
			if (keys != null && keys.size() <= MAX_KEYS) {
				this.awaited.put(run, keys);
				if (this.awaited.size() > MAX_RUNS) {
					this.awaited.remove(this.awaited.keySet().iterator().next());
				}
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * A run is in memory.
	 */
	void loaded(long run) {
		left(run, null);
	}

	/**
	 * Whether the run of a signal or a completion waits on disk, and for others.
	 */
	boolean isForOthers(Message message) {
		if (message.kind() != Message.Kind.SIGNAL && message.kind() != Message.Kind.CALLBACK) {
			return false;
		}
		this.lock.lock();
		try {
			Set<MessageKey> keys = this.awaited.get(message.run());
			return keys != null && keys.stream().noneMatch((key) -> key.matches(message));
		}
		finally {
			this.lock.unlock();
		}
	}

}
