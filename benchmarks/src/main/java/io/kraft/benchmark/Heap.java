package io.kraft.benchmark;

/**
 * The memory that objects in use need.
 */
final class Heap {

	private Heap() {
	}

	/**
	 * Bytes in use after what is garbage has been collected.
	 */
	static long usedBytes() {
		for (int i = 0; i < 3; i++) {
			System.gc();
		}
		Runtime runtime = Runtime.getRuntime();
		return runtime.totalMemory() - runtime.freeMemory();
	}

}
