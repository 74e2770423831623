package io.kraft.engine.run;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.kraft.engine.run.WaitCondition.MessageKey;
import org.jspecify.annotations.Nullable;

/**
 * The messages that the code of a run in memory waits for now, with the types as which it
 * reads them, and the callbacks that it has opened. Thread-safe, and without locks:
 * decisions about the run look here.
 */
public final class AwaitedMessages {

	private final Map<WaitLatch, WaitCondition> waits = new ConcurrentHashMap<>();

	private final Map<MessageKey, ExpectedPayload> callbacks = new ConcurrentHashMap<>();

	void begin(WaitLatch latch, WaitCondition wait) {
		if (wait.message() != null) {
			this.waits.put(latch, wait);
		}
	}

	void end(WaitLatch latch) {
		this.waits.remove(latch);
	}

	/**
	 * A callback is open, whether or not the code waits for it yet.
	 */
	public void opened(MessageKey callback, ExpectedPayload expected) {
		this.callbacks.put(callback, expected);
	}

	/**
	 * A callback has come.
	 */
	public void closed(MessageKey callback) {
		this.callbacks.remove(callback);
	}

	/**
	 * Whether a callback is open.
	 */
	boolean isOpen(MessageKey callback) {
		return this.callbacks.containsKey(callback);
	}

	/**
	 * As what the next message is read, by one wait or by another.
	 * @return empty if that is not known, or if it is not read
	 */
	Set<ExpectedPayload> expected(MessageKey key) {
		Set<ExpectedPayload> expected = new HashSet<>();
		for (WaitCondition wait : this.waits.values()) {
			if (key.equals(wait.message())) {
				ExpectedPayload payload = wait.expected();
				if (payload == null) {
					return Set.of();
				}
				expected.add(payload);
			}
		}
		@Nullable ExpectedPayload callback = this.callbacks.get(key);
		if (callback != null) {
			expected.add(callback);
		}
		return expected;
	}

}
