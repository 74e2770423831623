package io.kraft.engine.hosting;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.function.IntFunction;

import io.kraft.client.EngineStoppedException;
import io.kraft.engine.partition.Lease;
import io.kraft.engine.store.Store;
import io.kraft.engine.supervision.SafeLog;
import io.kraft.workflow.KraftException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Of a node that is alone: it hosts all partitions from its start to its stop. One that
 * has failed stays so until the next start, and the others continue; with the last one
 * the node has failed.
 */
public final class SoleOwnership implements Ownership {

	private static final Logger logger = LoggerFactory.getLogger(SoleOwnership.class);

	private final IntFunction<Store> stores;

	private volatile @Nullable PartitionHost host;

	/**
	 * Of all partitions of a host.
	 * @param stores opens that of a partition by its number
	 */
	public SoleOwnership(IntFunction<Store> stores) {
		this.stores = stores;
	}

	@Override
	public void start(PartitionHost host) {
		this.host = host;
		// All are opened before the first is taken: a start that is refused because of
		// one of them has changed none.
		Deque<Store> opened = new ArrayDeque<>();
		try {
			for (int number = 0; number < host.map().partitions(); number++) {
				opened.add(this.stores.apply(number));
			}
			for (int number = 0; number < host.map().partitions(); number++) {
				host.take(number, opened::remove, Lease.FOR_EVER);
			}
		}
		catch (Throwable ex) {
			opened.forEach((store) -> Cleanup.after(ex, store::close));
			throw ex;
		}
	}

	@Override
	public void failed(int partition, KraftException cause) {
		if (cause instanceof EngineStoppedException) {
			// A store that reports this was cut off on purpose.
			return;
		}
		if (failure() == null) {
			SafeLog.error(logger,
					"Partition " + partition + " stops taking work, and the others continue: " + cause.getMessage(),
					cause);
		}
		else {
			SafeLog.error(logger, "The engine stops taking work: " + cause.getMessage(), cause);
		}
	}

	@Override
	public @Nullable KraftException failure() {
		KraftException first = null;
		for (HostedPartition hosted : host().all()) {
			KraftException cause = hosted.supervision().cause();
			if (cause == null) {
				return null;
			}
			first = (first != null) ? first : cause;
		}
		return first;
	}

	@Override
	public void stop(Duration patience) {
		host().stop(patience);
	}

	private PartitionHost host() {
		return Objects.requireNonNull(this.host, "it has not started");
	}

}
