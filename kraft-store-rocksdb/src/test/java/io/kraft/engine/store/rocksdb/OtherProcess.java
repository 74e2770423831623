package io.kraft.engine.store.rocksdb;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

import io.kraft.engine.process.ChildProcess;
import io.kraft.engine.store.Change.EntryAppended;
import io.kraft.engine.store.Store;
import org.jspecify.annotations.Nullable;

/**
 * A second process, which opens a store, says so, and commits entries of run 1 until it
 * is killed or its input ends.
 */
final class OtherProcess implements AutoCloseable {

	private final Process process;

	private final BufferedReader output;

	private OtherProcess(Process process) {
		this.process = process;
		this.output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
	}

	/**
	 * Starts it.
	 * @param directory of the store
	 * @param temporary what it takes for the temporary directory
	 * @param commits how many commits it makes; -1 for no end
	 */
	static OtherProcess start(Path directory, Path temporary, int commits) throws IOException {
		return new OtherProcess(ChildProcess
			.of(List.of("-Xmx256m", "-Djava.io.tmpdir=" + temporary), OtherProcess.class, directory.toString(),
					Integer.toString(commits))
			.redirectError(ProcessBuilder.Redirect.INHERIT)
			.start());
	}

	/**
	 * The next line that it says, or null at its end: {@code open}, then the number of
	 * each commit that is durable.
	 */
	@Nullable String line() throws IOException {
		return this.output.readLine();
	}

	void kill() {
		this.process.destroyForcibly().onExit().join();
	}

	@Override
	public void close() throws IOException {
		this.process.getOutputStream().close();
		this.process.onExit().join();
	}

	public static void main(String... args) throws IOException {
		try (Store store = RocksDbStore.open(new RocksDbOptions(Path.of(args[0]), true))) {
			System.out.println("open");
			long epoch = store.epoch() + 1;
			store.claim(epoch);
			int commits = Integer.parseInt(args[1]);
			byte[] last = store.lastEntry(1);
			int sequence = (last != null) ? Integer.parseInt(new String(last, 0, 9, StandardCharsets.US_ASCII)) + 1 : 0;
			for (int i = 0; i != commits; i++, sequence++) {
				byte[] entry = "%09d%s".formatted(sequence, "x".repeat((sequence % 50 == 0) ? 50_000 : 100))
					.getBytes(StandardCharsets.US_ASCII);
				store.commit(epoch, List.of(new EntryAppended(1, sequence, entry)));
				System.out.println(sequence);
			}
			System.in.read();
		}
	}

}
