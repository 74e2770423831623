package io.kraft.benchmark;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;
import org.rocksdb.CompressionType;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * One platform thread that writes all that is queued as one batch with one fsync. The
 * queue is a stack that is taken as a whole.
 */
final class BareCommitter implements AutoCloseable {

	private static final long WRITE_BUFFER_BYTES = 64L << 20;

	private final Options options = new Options().setCreateIfMissing(true)
		.setCompressionType(CompressionType.LZ4_COMPRESSION)
		.setWriteBufferSize(WRITE_BUFFER_BYTES)
		.setMaxWriteBufferNumber(4)
		.setMaxBackgroundJobs(2)
		.setUseFsync(false);

	private final WriteOptions writing;

	private final AtomicReference<@Nullable BareCommit> queue = new AtomicReference<>();

	private final RocksDB database;

	private final Thread thread = Thread.ofPlatform().name("bare-committer").unstarted(this::run);

	private volatile boolean closed;

	private volatile boolean sleeps;

	BareCommitter(Path directory, boolean sync) throws RocksDBException {
		this.writing = new WriteOptions().setSync(sync);
		this.database = RocksDB.open(this.options, directory.toString());
		this.thread.start();
	}

	/**
	 * Writes, and returns when that is durable.
	 */
	void commit(BareCommit commit, byte[] key, byte[] value) {
		commit.begin(key, value);
		BareCommit head;
		do {
			head = this.queue.get();
			commit.next = head;
		}
		while (!this.queue.compareAndSet(head, commit));
		if (this.sleeps) {
			LockSupport.unpark(this.thread);
		}
		commit.await();
	}

	private void run() {
		while (!this.closed) {
			BareCommit newest = this.queue.getAndSet(null);
			if (newest != null) {
				write(newest);
				continue;
			}
			this.sleeps = true;
			if (this.queue.get() == null && !this.closed) {
				LockSupport.park(this);
			}
			this.sleeps = false;
		}
	}

	private void write(BareCommit newest) {
		BareCommit next = oldestFirst(newest);
		try (WriteBatch batch = new WriteBatch()) {
			for (BareCommit commit = next; commit != null; commit = commit.next) {
				batch.put(commit.key, commit.value);
			}
			this.database.write(this.writing, batch);
		}
		catch (RocksDBException ex) {
			throw new IllegalStateException(ex);
		}
		while (next != null) {
			// Read before its thread continues and reuses it.
			BareCommit commit = next;
			next = commit.next;
			commit.complete();
		}
	}

	private static @Nullable BareCommit oldestFirst(BareCommit newest) {
		BareCommit oldest = null;
		BareCommit commit = newest;
		while (commit != null) {
			BareCommit older = commit.next;
			commit.next = oldest;
			oldest = commit;
			commit = older;
		}
		return oldest;
	}

	@Override
	public void close() {
		this.closed = true;
		LockSupport.unpark(this.thread);
		try {
			this.thread.join();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
		this.database.close();
		this.writing.close();
		this.options.close();
	}

}
