package io.kraft.benchmark;

import java.time.Duration;

/**
 * What was done within a time, and how long each took.
 *
 * @param sortedNanos shortest first; not empty
 * @param processor time of all threads of the process
 */
@SuppressWarnings("ArrayRecordComponent") // Measurements are printed, never compared.
record Measurement(long[] sortedNanos, Duration time, Duration processor) {

	double perSecond() {
		return this.sortedNanos.length * 1e9 / this.time.toNanos();
	}

	/**
	 * Processor time of one.
	 */
	double processorMicros() {
		return this.processor.toNanos() / 1e3 / this.sortedNanos.length;
	}

	/**
	 * The duration below which a share of all was.
	 * @param share from 0 to 1
	 */
	double millis(double share) {
		int index = (int) Math.min(this.sortedNanos.length - 1, Math.round(share * this.sortedNanos.length));
		return this.sortedNanos[index] / 1e6;
	}

}
