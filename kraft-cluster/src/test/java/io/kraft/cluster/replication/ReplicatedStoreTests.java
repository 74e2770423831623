package io.kraft.cluster.replication;

import java.util.concurrent.atomic.AtomicReference;

import io.kraft.engine.store.StorageException;
import io.kraft.engine.store.Store;
import io.kraft.engine.store.StoreContract;
import io.kraft.engine.store.kv.KvStore;
import org.jspecify.annotations.Nullable;

/**
 * A store whose writes are entries of a replicated log does what every store does.
 */
class ReplicatedStoreTests extends StoreContract {

	private final SimulatedLog log = SimulatedLog.reliable();

	private final SimulatedLog.Node node = this.log.nodes().getFirst();

	private final AtomicReference<Fence> tried = new AtomicReference<>(Fence.NONE);

	private @Nullable ReplicatedKeys opened;

	ReplicatedStoreTests() {
		this.log.elect(this.node);
	}

	/**
	 * A second owner does not have to be kept out, as it ends the first. That a node has
	 * one at a time is for the host of its partitions, of which this stands in the place.
	 */
	@Override
	protected Store open(boolean sync) {
		if (this.opened != null && !this.opened.isClosed()) {
			throw new StorageException(StorageException.LOCKED, "hosted here already", null);
		}
		Fence fence = this.tried
			.updateAndGet((last) -> Fence.next(this.log.term(), ReplicaMarks.fence(this.node.medium()), last));
		this.node.propose(EntryCodec.encode(new LogEntry.Opening(fence))).toCompletableFuture().join();
		this.opened = new ReplicatedKeys(0, this.node, this.node.medium(), fence, 16 << 20);
		return KvStore.open(this.opened, sync);
	}

	@Override
	protected void crash(Store store) {
		this.opened = null;
		this.node.crash();
		this.log.elect(this.node);
	}

	@Override
	protected long size() {
		return this.node.medium().size();
	}

}
