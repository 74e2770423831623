package io.kraft.benchmark;

import java.util.Arrays;
import java.util.List;

/**
 * Durations in nanoseconds that one thread collects.
 */
final class Latencies {

	private long[] nanos = new long[1024];

	private int count;

	void add(long nanos) {
		if (this.count == this.nanos.length) {
			this.nanos = Arrays.copyOf(this.nanos, 2 * this.count);
		}
		this.nanos[this.count++] = nanos;
	}

	long[] sorted() {
		return sorted(List.of(this));
	}

	/**
	 * All of several, shortest first.
	 */
	static long[] sorted(List<Latencies> all) {
		long[] sorted = new long[all.stream().mapToInt((latencies) -> latencies.count).sum()];
		int at = 0;
		for (Latencies latencies : all) {
			System.arraycopy(latencies.nanos, 0, sorted, at, latencies.count);
			at += latencies.count;
		}
		Arrays.sort(sorted);
		return sorted;
	}

}
