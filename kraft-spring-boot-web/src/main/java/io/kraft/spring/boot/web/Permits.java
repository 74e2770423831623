package io.kraft.spring.boot.web;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Bounds what is open concurrently: in total, and of each caller, so that one leaves room
 * for others. Thread-safe.
 */
final class Permits {

	private final Limit total;

	private final Limit ofCaller;

	private final Map<String, Integer> open = new HashMap<>();

	private int sum;

	Permits(Limit total, Limit ofCaller) {
		this.total = total;
		this.ofCaller = ofCaller;
	}

	/**
	 * Lets one more in.
	 * @throws RequestRefusedException if a limit is reached
	 */
	synchronized Permit take(Caller caller) {
		String key = caller.key();
		int own = this.open.getOrDefault(key, 0);
		if (this.sum >= this.total.most()) {
			throw RequestRefusedException.busy(this.total.property());
		}
		if (own >= this.ofCaller.most()) {
			throw RequestRefusedException.busy(this.ofCaller.property());
		}
		this.open.put(key, own + 1);
		this.sum++;
		AtomicBoolean held = new AtomicBoolean(true);
		return () -> {
			if (held.getAndSet(false)) {
				giveBack(key);
			}
		};
	}

	private synchronized void giveBack(String key) {
		this.open.computeIfPresent(key, (caller, own) -> (own > 1) ? own - 1 : null);
		this.sum--;
	}

	/**
	 * How many are held.
	 */
	synchronized int held() {
		return this.sum;
	}

	/**
	 * A bound, and the property that sets it.
	 */
	record Limit(int most, String property) {
	}

}
