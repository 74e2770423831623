package io.kraft.cluster.replication.ratis;

import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import io.kraft.cluster.replication.LeadershipListener;
import io.kraft.cluster.replication.ReplicatedKeys;
import io.kraft.engine.store.StorageException;
import io.kraft.engine.store.Store;
import io.kraft.engine.store.StoreContract;
import io.kraft.engine.store.kv.KeyBatch;
import io.kraft.engine.store.kv.KeyCursor;
import io.kraft.engine.store.kv.Keyspace;
import io.kraft.engine.store.kv.KvStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A store on three replicas does what every store does. All tests have one group, whose
 * keys each removes before it begins.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class RatisStoreTests extends StoreContract {

	private static final UUID GROUP = new UUID(3, 0);

	@TempDir
	private static Path temp;

	private static RatisCluster cluster;

	private boolean isCleared;

	private boolean isOpen;

	@BeforeAll
	static void start() {
		cluster = new RatisCluster(temp, (node, group) -> LeadershipListener.NONE).start(3);
		cluster.form(GROUP, 1, 2, 3);
	}

	@AfterAll
	static void stop() {
		cluster.close();
	}

	@Override
	protected Store open(boolean sync) {
		if (this.isOpen) {
			throw new StorageException(StorageException.LOCKED, "hosted here already", null);
		}
		ReplicatedKeys keys = open();
		if (!this.isCleared) {
			clear(keys);
			this.isCleared = true;
		}
		this.isOpen = true;
		return new ClosingStore(KvStore.open(keys, sync), () -> this.isOpen = false);
	}

	private static ReplicatedKeys open() {
		return cluster.open(cluster.awaitLeader(GROUP), GROUP);
	}

	private static void clear(ReplicatedKeys keys) {
		try (KeyBatch batch = keys.batch()) {
			for (Keyspace space : Keyspace.values()) {
				batch.deleteRange(space, new byte[0], new byte[] { (space == Keyspace.META) ? 0x7F : (byte) 0xFF });
			}
			batch.write(true);
		}
	}

	/** An owner that dies leaves nothing behind: the next one has another fence. */
	@Override
	protected void crash(Store store) {
		this.isOpen = false;
	}

	@Override
	protected long size() {
		long size = 0;
		ReplicatedKeys keys = open();
		for (Keyspace space : Keyspace.values()) {
			try (KeyCursor found = keys.scan(space, new byte[0], null)) {
				for (boolean more = found.first(); more; more = found.next()) {
					size++;
				}
			}
		}
		return size;
	}

}
