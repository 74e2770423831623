package io.kraft.engine.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * What a process has acknowledged and done, on a disk without faults. Each line is one
 * write, so that it is there after a kill. Thread-safe.
 */
final class Notes {

	private final Path file;

	private final FileChannel channel;

	private final ReentrantLock lock = new ReentrantLock();

	Notes(Path file) {
		this.file = file;
		try {
			this.channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * @param words without spaces, but the last one
	 */
	void add(String... words) {
		ByteBuffer bytes = ByteBuffer.wrap((String.join(" ", words) + '\n').getBytes(StandardCharsets.UTF_8));
		this.lock.lock();
		try {
			this.channel.write(bytes);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * The words of each complete line that begins with this one.
	 */
	List<List<String>> of(String kind) {
		return all().filter((words) -> words.getFirst().equals(kind)).toList();
	}

	long count(String kind) {
		return all().filter((words) -> words.getFirst().equals(kind)).count();
	}

	private Stream<List<String>> all() {
		try {
			String text = Files.readString(this.file);
			return text.substring(0, text.lastIndexOf('\n') + 1).lines().map((line) -> List.of(line.split(" ", 6)));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
