package io.kraft.benchmark;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/**
 * How fast the disk is at this moment: appends 200 bytes and syncs the data, again and
 * again for two seconds.
 */
final class FsyncProbe {

	private static final Duration TIME = Duration.ofSeconds(2);

	private static final int RECORD_BYTES = 200;

	private FsyncProbe() {
	}

	static void print(String when, DataDirectories directories) throws IOException {
		Path directory = directories.create("probe");
		Measurement syncs = measure(directory.resolve("log"));
		DataDirectories.delete(directory);
		Table.title("fsync of 200 bytes, " + when);
		Table.row("fdatasync", "%,.0f/s, p50 %.2f ms, p99 %.2f ms, max %.1f ms", syncs.perSecond(), syncs.millis(0.5),
				syncs.millis(0.99), syncs.millis(1));
	}

	private static Measurement measure(Path file) throws IOException {
		Latencies latencies = new Latencies();
		long start = System.nanoTime();
		long end = start + TIME.toNanos();
		try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
			for (long begin = start; begin < end; begin = System.nanoTime()) {
				channel.write(ByteBuffer.allocate(RECORD_BYTES));
				channel.force(false);
				latencies.add(System.nanoTime() - begin);
			}
		}
		return new Measurement(latencies.sorted(), Duration.ofNanos(System.nanoTime() - start), Duration.ZERO);
	}

}
