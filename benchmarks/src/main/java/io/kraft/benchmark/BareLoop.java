package io.kraft.benchmark;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

import org.rocksdb.RocksDBException;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/**
 * What no engine can do without: its runs write a value of about 200 bytes as JSON and
 * wait until it is durable, 12 times. No replay, no statuses, no index, nothing read
 * back.
 */
final class BareLoop implements Loop {

	static final int COMMITS_A_RUN = 12;

	private final ObjectWriter writer = JsonMapper.shared().writerFor(Entry.class);

	private final AtomicLong runs = new AtomicLong();

	private final BareCommitter committer;

	BareLoop(Path directory, boolean sync) {
		try {
			this.committer = new BareCommitter(directory, sync);
		}
		catch (RocksDBException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void executeRun() {
		long run = this.runs.incrementAndGet();
		BareCommit commit = new BareCommit();
		for (int sequence = 0; sequence < COMMITS_A_RUN; sequence++) {
			byte[] key = ByteBuffer.allocate(12).putLong(run).putInt(sequence).array();
			byte[] value = this.writer.writeValueAsBytes(Entry.of(run, sequence));
			this.committer.commit(commit, key, value);
		}
	}

	@Override
	public void close() {
		this.committer.close();
	}

	private record Entry(String type, String workflow, long run, int sequence, String step, Item result, long at) {

		static Entry of(long run, int sequence) {
			return new Entry("step-completed", "benchmark", run, sequence, "step-" + sequence, Item.of(sequence),
					System.currentTimeMillis());
		}

	}

}
