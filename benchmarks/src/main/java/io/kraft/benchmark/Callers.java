package io.kraft.benchmark;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Virtual threads that each execute one run after another.
 */
record Callers(int count) {

	/**
	 * Lets them call for some time, half a second of which is not counted, because the
	 * callers begin one after another.
	 */
	Measurement call(Loop loop, Duration time) {
		long countedFrom = System.nanoTime() + Duration.ofMillis(500).toNanos();
		long countedTo = countedFrom + time.toNanos();
		List<Future<Latencies>> calling = new ArrayList<>();
		List<Latencies> all = new ArrayList<>();
		Duration processor;
		try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			for (int caller = 0; caller < this.count; caller++) {
				calling.add(threads.submit(() -> call(loop, countedFrom, countedTo)));
			}
			processor = processorTime(countedFrom, countedTo);
			for (Future<Latencies> caller : calling) {
				all.add(caller.get());
			}
		}
		catch (InterruptedException | ExecutionException ex) {
			throw new IllegalStateException(ex);
		}
		return new Measurement(Latencies.sorted(all), time, processor);
	}

	private static Duration processorTime(long from, long to) throws InterruptedException {
		TimeUnit.NANOSECONDS.sleep(from - System.nanoTime());
		long before = ProcessorTime.nanos();
		TimeUnit.NANOSECONDS.sleep(to - System.nanoTime());
		return Duration.ofNanos(ProcessorTime.nanos() - before);
	}

	/**
	 * Lets them call until so many runs have ended.
	 */
	void finish(Loop loop, int runs) {
		AtomicInteger left = new AtomicInteger(runs);
		try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			for (int caller = 0; caller < this.count; caller++) {
				threads.execute(() -> {
					while (left.getAndDecrement() > 0) {
						loop.executeRun();
					}
				});
			}
		}
	}

	private static Latencies call(Loop loop, long countedFrom, long countedTo) {
		Latencies latencies = new Latencies();
		long begin = System.nanoTime();
		while (begin - countedTo < 0) {
			loop.executeRun();
			long end = System.nanoTime();
			if (end - countedFrom >= 0 && end - countedTo < 0) {
				latencies.add(end - begin);
			}
			begin = end;
		}
		return latencies;
	}

}
